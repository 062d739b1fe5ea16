package dev.unroll.layers.cuda;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Numbers {@code [steps, rows, width]}, read from the memory of a device or to be written to it.
 */
record VectorsDouble(double[] values, int rows, int width) {

  static VectorsDouble zeros(Cudnn.Rows rows, int width) {
    int count = rows.lengths().length;
    return new VectorsDouble(new double[rows.steps() * count * width], count, width);
  }

  static VectorsDouble read(
      FakeMemory memory, long address, Cudnn.Rows rows, int width, DataType type) {
    int count = rows.lengths().length;
    return new VectorsDouble(
        memory.numbers(address, rows.steps() * count * width, type), count, width);
  }

  private int at(int t, int row) {
    return (t * rows + row) * width;
  }

  double[] get(int t, int row) {
    return get(t, row, 0, width);
  }

  double[] get(int t, int row, int from, int count) {
    return Arrays.copyOfRange(values, at(t, row) + from, at(t, row) + from + count);
  }

  void set(int t, int row, int from, double[] vector) {
    System.arraycopy(vector, 0, values, at(t, row) + from, vector.length);
  }

  void add(int t, int row, double[] vector) {
    for (int i = 0; i < vector.length; i++) {
      values[at(t, row) + i] += vector[i];
    }
  }
}
