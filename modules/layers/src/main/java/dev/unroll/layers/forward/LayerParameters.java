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
}
