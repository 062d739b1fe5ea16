package dev.unroll.layers.memory;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads masks into arrays on the heap, in the order of {@link TimeMajor}. */
public final class Masks {

  private Masks() {}

  /**
   * Reads one number per time step.
   *
   * @param steps {@code [batch, time]} of any type, or null
   * @return element {@code t * batch + b} belongs to step {@code t} of example {@code b}; null if
   *     {@code steps} is null
   */
  public static float[] timeMajor(INDArray steps, long batch, long time) {
    if (steps == null) {
      return null;
    }
    if (steps.rank() != 2 || steps.size(0) != batch || steps.size(1) != time) {
      throw new IllegalArgumentException(
          "expected a mask [" + batch + ", " + time + "], got " + Arrays.toString(steps.shape()));
    }
    float[] values = new float[Math.toIntExact(batch * time)];
    INDArray floats = steps.castTo(DataType.FLOAT);
    if ((batch - 1) * (long) floats.stride(0) + (time - 1) * floats.stride(1) >= values.length) {
      floats = floats.dup('c'); // a part of a larger array
    }
    // By hand: an operation of ND4J costs more than all these numbers.
    float[] inMemory = new float[values.length];
    NativeMemory.read(floats, inMemory, inMemory.length);
    int ofExample = floats.stride(0);
    int ofStep = floats.stride(1);
    for (int t = 0, i = 0; t < time; t++) {
      for (int b = 0; b < batch; b++, i++) {
        values[i] = inMemory[b * ofExample + t * ofStep];
      }
    }
    return values;
  }
}
