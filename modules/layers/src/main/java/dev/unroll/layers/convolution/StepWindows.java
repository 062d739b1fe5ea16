package dev.unroll.layers.convolution;

import dev.unroll.layers.memory.NativeMemory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The windows that a {@link SequenceConvolution} sees, each laid out as a row, so that the
 * convolution is one product of matrices; and the way back, on which steps gather what was said of
 * all the windows that saw them.
 *
 * @param batch the number of sequences
 * @param features values a step
 * @param time steps of the longest sequence
 * @param mask whether there is a step, time-major as {@link dev.unroll.layers.memory.Masks} gives
 *     it; null if all are there
 * @param window steps of a window
 * @param stride steps between the beginnings of two windows
 */
record StepWindows(int batch, int features, int time, float[] mask, int window, int stride) {
  /** How many windows a sequence has. */
  int count() {
    return (time + stride - 1) / stride;
  }

  /** The step at place {@code place} of a window; it may lie outside of the sequence. */
  private int step(int number, int place) {
    return number * stride + place - (window - stride) / 2;
  }

  private boolean isThere(int step, int example) {
    return step >= 0 && step < time && (mask == null || mask[step * batch + example] != 0);
  }

  /** Whether one of the steps that a window stands for is there; time-major. */
  float[] present() {
    if (mask == null) {
      return null;
    }
    float[] present = new float[count() * batch];
    for (int number = 0; number < count(); number++) {
      for (int example = 0; example < batch; example++) {
        for (int step = number * stride; step < (number + 1) * stride; step++) {
          present[number * batch + example] += isThere(step, example) ? 1 : 0;
        }
        present[number * batch + example] = Math.min(1, present[number * batch + example]);
      }
    }
    return present;
  }

  /**
   * The windows as rows.
   *
   * @param steps {@code [batch, features, time]}, time-major
   * @return {@code [count x batch, window x features]}; what is not there is 0
   */
  INDArray rows(INDArray steps) {
    int length = Math.multiplyExact(count() * batch, window * features);
    boolean single = steps.dataType() == DataType.FLOAT;
    Object from = single ? floats(steps) : doubles(steps);
    Object to = single ? new float[length] : new double[length];
    forEach((step, row) -> System.arraycopy(from, step, to, row, features));
    INDArray rows =
        single ? Nd4j.createFromArray((float[]) to) : Nd4j.createFromArray((double[]) to);
    return rows.reshape('c', (long) count() * batch, (long) window * features);
  }

  /** The same of single precision in an array. */
  float[] rows(float[] steps) {
    float[] rows = new float[Math.multiplyExact(count() * batch, window * features)];
    forEach((step, row) -> System.arraycopy(steps, step, rows, row, features));
    return rows;
  }

  /**
   * Adds up, for every step, what belongs to it in the rows of all windows.
   *
   * @param rows as {@link #rows} lays them out
   * @param steps {@code [batch, features, time]}, time-major; overwritten
   */
  void gather(INDArray rows, INDArray steps) {
    int length = Math.toIntExact(steps.length());
    if (steps.dataType() == DataType.FLOAT) {
      float[] from = floats(rows);
      float[] sums = new float[length];
      forEach(
          (step, row) -> {
            for (int f = 0; f < features; f++) {
              sums[step + f] += from[row + f];
            }
          });
      NativeMemory.write(sums, steps, length);
    } else {
      double[] from = doubles(rows);
      double[] sums = new double[length];
      forEach(
          (step, row) -> {
            for (int f = 0; f < features; f++) {
              sums[step + f] += from[row + f];
            }
          });
      NativeMemory.doubles(steps).put(sums, 0, length);
    }
  }

  /** Where the values of a step begin, and where they lie in the row of a window that sees it. */
  @FunctionalInterface
  private interface Pair {
    void accept(int step, int row);
  }

  private void forEach(Pair pair) {
    for (int number = 0; number < count(); number++) {
      for (int example = 0; example < batch; example++) {
        int row = (number * batch + example) * window * features;
        for (int place = 0; place < window; place++) {
          int step = step(number, place);
          if (isThere(step, example)) {
            pair.accept((step * batch + example) * features, row + place * features);
          }
        }
      }
    }
  }

  private static float[] floats(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    NativeMemory.read(array, values, values.length);
    return values;
  }

  private static double[] doubles(INDArray array) {
    double[] values = new double[Math.toIntExact(array.length())];
    NativeMemory.doubles(array).get(values, 0, values.length);
    return values;
  }
}
