package dev.unroll.layers.memory;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/** Adds numbers up in native memory. */
public final class Sums {

  private Sums() {}

  /** Adds {@code length} values of {@code from} to those of {@code to}. */
  public static void add(Pointer from, Pointer to, DataType type, int length) {
    if (type == DataType.DOUBLE) {
      double[] terms = new double[length];
      double[] sums = new double[length];
      new DoublePointer(from).get(terms);
      new DoublePointer(to).get(sums);
      for (int i = 0; i < length; i++) {
        sums[i] += terms[i];
      }
      new DoublePointer(to).put(sums);
    } else {
      float[] terms = new float[length];
      float[] sums = new float[length];
      new FloatPointer(from).get(terms);
      new FloatPointer(to).get(sums);
      for (int i = 0; i < length; i++) {
        sums[i] += terms[i];
      }
      new FloatPointer(to).put(sums);
    }
  }
}
