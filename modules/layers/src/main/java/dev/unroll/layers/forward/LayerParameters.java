package dev.unroll.layers.forward;

import org.bytedeco.javacpp.FloatPointer;

/** The parameters of one layer, by the layer's own names for them. */
@FunctionalInterface
public interface LayerParameters {
  /**
   * Where a parameter lies; keeps the memory.
   *
   * @param shape what it must have
   * @throws IllegalArgumentException if there is none of that name, or it has another shape
   */
  FloatPointer get(String key, long... shape);

  /** A copy of the values of a parameter, in the order in which they lie. */
  default double[] doubles(String key, long... shape) {
    FloatPointer from = get(key, shape);
    float[] values = new float[Math.toIntExact(from.capacity())];
    from.get(values);
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
