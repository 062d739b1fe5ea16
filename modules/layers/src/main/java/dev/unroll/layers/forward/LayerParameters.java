package dev.unroll.layers.forward;

import org.bytedeco.javacpp.FloatPointer;

/**
 * The parameters of one layer, by the layer's own names for them.
 *
 * @param table those of its network
 * @param layer its name
 */
public record LayerParameters(ParameterTable table, String layer) {
  /**
   * Where a parameter lies; keeps the memory.
   *
   * @param shape what it must have
   * @throws IllegalArgumentException if there is none of that name, or it has another shape
   */
  public FloatPointer get(String key, long... shape) {
    return table.values(layer + "_" + key, shape);
  }

  /** Those of another layer of the same network. */
  public LayerParameters of(String other) {
    return new LayerParameters(table, other);
  }

  /** A copy of the values of a parameter, in the order in which they lie. */
  public double[] doubles(String key, long... shape) {
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
