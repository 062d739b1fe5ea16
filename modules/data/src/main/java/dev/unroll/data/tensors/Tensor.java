package dev.unroll.data.tensors;

import java.util.List;

/**
 * An array of numbers.
 *
 * @param shape how many there are along each axis; empty for a single number
 * @param values row after row, the last axis fastest; not to be changed
 */
public record Tensor(List<Integer> shape, float[] values) {
  /** Refuses a shape of another number of values. */
  public Tensor {
    shape = List.copyOf(shape);
    long count = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (count != values.length) {
      throw new IllegalArgumentException(shape + " of " + values.length + " values");
    }
  }
}
