package dev.unroll.layers;

/**
 * Stands in for a vertex of a network that {@link Stepper} reads with and cannot compute itself,
 * such as attention over what an encoder has said.
 */
public interface StepFunction {

  /** Some sequences begin. */
  default void begin(int sequences) {}

  /**
   * What the vertex gives for one step of each sequence.
   *
   * @param below what the vertex reads, {@code [sequences, features]}, one after the other
   * @return {@code [sequences, features]}, one after the other
   */
  float[] read(float[] below, int sequences);

  /** Number {@code i} goes on from what {@code parents[i]} was. */
  default void select(int[] parents) {}
}
