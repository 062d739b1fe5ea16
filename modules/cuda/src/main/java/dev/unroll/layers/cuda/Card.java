package dev.unroll.layers.cuda;

/**
 * A GPU as CUDA describes it.
 *
 * @param capability compute capability, the generation: 90 for 9.0
 * @param bus where it is plugged in, as {@code nvidia-smi} lists it too
 */
record Card(String name, int capability, String bus) {

  /** For people. */
  @Override
  public String toString() {
    return "%s at %s, compute capability %s".formatted(name, bus, generation(capability));
  }

  /** 9.0 for 90. */
  static String generation(int capability) {
    return capability / 10 + "." + capability % 10;
  }
}
