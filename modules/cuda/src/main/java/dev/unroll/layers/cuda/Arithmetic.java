package dev.unroll.layers.cuda;

/** What cuDNN rounds factors to in layers of floats; sums are floats in any case. */
public enum Arithmetic {
  /** 24 bits: not at all. */
  FLOAT("floats"),

  /** 11 bits, on the tensor cores of compute capability 8.0 and newer. */
  TF32("TF32");

  /** System property that chooses {@link #TF32}: {@code true} or {@code false}. */
  static final String PROPERTY = "unroll.cuda.tf32";

  private final String words;

  Arithmetic(String words) {
    this.words = words;
  }

  /**
   * What {@link #PROPERTY} says; floats unless it is set, though PyTorch takes TF32 unless told
   * otherwise.
   *
   * @throws IllegalStateException if it says neither
   */
  static Arithmetic chosen() {
    String value = System.getProperty(PROPERTY, "false");
    return switch (value) {
      case "true" -> TF32;
      case "false" -> FLOAT;
      default ->
          throw new IllegalStateException(
              "%s must be true or false, got %s".formatted(PROPERTY, value));
    };
  }

  /** For people. */
  @Override
  public String toString() {
    return words;
  }
}
