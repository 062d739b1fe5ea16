package dev.unroll.layers.kernel;

import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.TimeMajor;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some adjacent features of a batch of sequences that lies time-major in memory.
 *
 * @param base address of the first of these features in the first step of the first example
 * @param batch number of examples
 * @param steps number of time steps
 * @param stride features from one example to the next
 * @param width number of features looked at
 * @param bytes bytes of a value
 * @param memory what has to last as long, as the memory at {@code base} is its own
 */
public record Sequences(
    long base, int batch, int steps, int stride, int width, int bytes, Object memory) {

  /**
   * All features of an array.
   *
   * @param array {@code [batch, features, time]}, see {@link TimeMajor}
   */
  public static Sequences of(INDArray array) {
    if (!TimeMajor.is(array)) {
      throw new IllegalArgumentException("array does not lie time-major");
    }
    int features = (int) array.size(1);
    return new Sequences(
        NativeMemory.address(array),
        (int) array.size(0),
        (int) array.size(2),
        features,
        features,
        array.dataType().width(),
        array);
  }

  /**
   * A batch of vectors, looked at as sequences of one step.
   *
   * @param array {@code [batch, features]}, each vector dense
   */
  public static Sequences ofVectors(INDArray array) {
    if (array.rank() != 2 || (array.size(1) > 1 && array.stride(1) != 1)) {
      throw new IllegalArgumentException(
          "expected vectors [batch, features] that lie row after row, got "
              + array.shapeInfoToString().replace('\n', ' '));
    }
    int features = (int) array.size(1);
    return new Sequences(
        NativeMemory.address(array),
        (int) array.size(0),
        1,
        array.size(0) == 1 ? features : array.stride(0),
        features,
        array.dataType().width(),
        array);
  }

  /** The features {@code from} to {@code from + count} of these. */
  public Sequences features(int from, int count) {
    return new Sequences(base + (long) from * bytes, batch, steps, stride, count, bytes, memory);
  }

  /** Where the features of a step of an example begin. */
  long address(int example, int step) {
    return base + ((long) step * batch + example) * stride * bytes;
  }

  /** Whether the features of neighbouring examples touch. */
  boolean isDense() {
    return width == stride;
  }
}
