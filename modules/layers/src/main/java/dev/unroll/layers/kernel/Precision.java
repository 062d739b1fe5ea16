package dev.unroll.layers.kernel;

import java.util.Locale;

/**
 * What the numbers that a layer multiplies are rounded to; parameters, states, gradients and sums
 * are floats in any case, and a model is the same file.
 */
public enum Precision {
  /** 24 bits: not at all. */
  FLOAT,

  /** 8 bits, faster where the processor has instructions for it. */
  BFLOAT16;

  /**
   * System property that chooses, for all networks of type float whose kernel nobody {@link
   * Kernels#use named}: {@code float} unless it is set; {@code bfloat16}; or {@code auto}, which is
   * the latter where the processor has it.
   */
  public static final String PROPERTY = "unroll.precision";

  /** The name of the kernel that computes in {@link #BFLOAT16}. */
  public static final String BFLOAT16_KERNEL = "onednn-bfloat16";

  /**
   * What layers compute in that have not computed yet.
   *
   * @throws IllegalArgumentException if that is bfloat16 and this machine cannot, or if the
   *     property is neither of these; the message says so in one line
   */
  public static Precision chosen() {
    String name = System.getProperty(PROPERTY, "float").toLowerCase(Locale.ROOT);
    boolean available = Kernels.available().contains(BFLOAT16_KERNEL);
    return switch (name) {
      case "float" -> FLOAT;
      case "auto" -> available ? BFLOAT16 : FLOAT;
      case "bfloat16" -> {
        if (!available) {
          throw new IllegalArgumentException(
              "precision bfloat16 is not to be had: "
                  + Kernels.failure(BFLOAT16_KERNEL)
                  + "; take float, or auto");
        }
        yield BFLOAT16;
      }
      default ->
          throw new IllegalArgumentException(
              "precision must be float, bfloat16 or auto, got " + name);
    };
  }

  /** As {@link #PROPERTY} has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
