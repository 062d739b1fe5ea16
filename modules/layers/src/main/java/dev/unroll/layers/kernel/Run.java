package dev.unroll.layers.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A stretch of valid steps of an example that nothing masked interrupts: one row for a kernel.
 *
 * <p>A masked step has no output and forgets the state, as in Deeplearning4j. So what lies before
 * it and what lies behind it are two sequences that know nothing of each other, and every mask,
 * with leading padding, trailing padding or holes, is a list of runs:
 *
 * <pre>
 *   mask of example 0   1 1 1 1 0 0      (0, 0, 4)
 *   mask of example 1   0 1 1 0 1 1      (1, 1, 2) (1, 4, 2)
 *   mask of example 2   0 0 0 0 0 0      none
 * </pre>
 *
 * @param example index in the batch
 * @param start its first step
 * @param length number of steps, at least one
 */
public record Run(int example, int start, int length) {

  /** The step after the last one. */
  public int end() {
    return start + length;
  }

  /** One run an example, from the first step to the last. */
  public static List<Run> whole(int batch, int steps) {
    List<Run> runs = new ArrayList<>(batch);
    for (int b = 0; b < batch; b++) {
      runs.add(new Run(b, 0, steps));
    }
    return runs;
  }

  /**
   * The runs of a mask.
   *
   * @param mask {@code [batch, steps]} of any type, or null if every step is valid
   */
  public static List<Run> of(INDArray mask, int batch, int steps) {
    if (mask == null) {
      return whole(batch, steps);
    }
    if (mask.length() != (long) batch * steps) {
      throw new IllegalArgumentException(
          "expected a mask [%d, %d], got %s"
              .formatted(batch, steps, Arrays.toString(mask.shape())));
    }
    return of(mask.castTo(DataType.FLOAT).dup('c').data().asFloat(), batch, steps);
  }

  /**
   * The runs of a mask.
   *
   * @param mask {@code [batch, steps]} row after row; zero where nothing is to be read
   */
  public static List<Run> of(float[] mask, int batch, int steps) {
    List<Run> runs = new ArrayList<>(batch);
    for (int b = 0; b < batch; b++) {
      int start = 0;
      for (int t = 0; t <= steps; t++) {
        if (t == steps || mask[b * steps + t] == 0) {
          if (t > start) {
            runs.add(new Run(b, start, t - start));
          }
          start = t + 1;
        }
      }
    }
    return runs;
  }

  /**
   * The same of a mask whose element {@code t * batch + b} belongs to step {@code t} of example
   * {@code b}; null if every step is valid.
   */
  public static List<Run> ofTimeMajor(float[] mask, int batch, int steps) {
    if (mask == null) {
      return whole(batch, steps);
    }
    float[] rows = new float[batch * steps];
    for (int i = 0; i < rows.length; i++) {
      rows[i % batch * steps + i / batch] = mask[i];
    }
    return of(rows, batch, steps);
  }

  /** Whether there are runs of different lengths. */
  static boolean differInLength(List<Run> runs) {
    return runs.stream().anyMatch(run -> run.length != runs.get(0).length);
  }

  /** The longest first, so that those still running at a step are the first rows of a part. */
  static List<Run> longestFirst(List<Run> runs) {
    List<Run> sorted = new ArrayList<>(runs);
    sorted.sort(Comparator.comparingInt(Run::length).reversed());
    return sorted;
  }
}
