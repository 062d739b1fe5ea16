package dev.unroll.layers.attention;

import dev.unroll.layers.forward.Steps;
import dev.unroll.layers.memory.Masks;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Which steps of the sequences of a batch are there. */
final class ValidSteps {
  private final int batch;
  private final int steps;

  /** In the order of {@link Masks#timeMajor}; null if all are there. */
  private final float[] mask;

  /** By example: the step after the last that is there. */
  private final int[] ends;

  /**
   * Reads a mask.
   *
   * @param mask {@code [batch, steps]}, 0 where a step is missing; null if none is
   */
  ValidSteps(INDArray mask, long batch, long steps) {
    this(Masks.timeMajor(mask, batch, steps), Math.toIntExact(batch), Math.toIntExact(steps));
  }

  /** The steps that are there of a batch in a forward pass alone. */
  static ValidSteps of(Steps steps) {
    return new ValidSteps(steps.mask(), steps.batch(), steps.time());
  }

  private ValidSteps(float[] timeMajor, int batch, int steps) {
    this.batch = batch;
    this.steps = steps;
    this.mask = timeMajor;
    ends = new int[batch];
    for (int example = 0; example < batch; example++) {
      int end = steps;
      while (end > 0 && !has(example, end - 1)) {
        end--;
      }
      ends[example] = end;
    }
  }

  int batch() {
    return batch;
  }

  int steps() {
    return steps;
  }

  /** The number of steps of all examples, missing or not: rows of a time-major array. */
  int rows() {
    return batch * steps;
  }

  boolean has(int example, int step) {
    return hasRow(step * batch + example);
  }

  /** The same by the row of a time-major array. */
  boolean hasRow(int row) {
    return mask == null || mask[row] != 0;
  }

  /** The step after the last that an example has; 0 if it has none. */
  int end(int example) {
    return ends[example];
  }
}
