package dev.unroll.layers.pooling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaximaTest {
  private static final float[] EDGES = {
    0,
    -0f,
    1,
    -1,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY
  };

  @Test
  void largestAndFirstStepsAreThoseOfComparingFloats() {
    Random random = new Random(1);
    int features = 333;
    Maxima maxima = new Maxima(features);
    float[] largest = new float[features];
    int[] first = new int[features];
    for (int t = 5; t < 25; t++) {
      int[] bits = new int[features];
      for (int f = 0; f < features; f++) {
        float value =
            random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : random.nextFloat() - 0.5f;
        bits[f] = Float.floatToRawIntBits(value);
        if (t == 5 || Float.compare(value, largest[f]) > 0) {
          largest[f] = value;
          first[f] = t;
        }
      }
      maxima.take(bits, t);
    }
    float[] values = new float[features + 1];
    int[] steps = new int[features + 1];
    maxima.values(values, 1);
    maxima.steps(steps, 1);
    assertArrayEquals(largest, Arrays.copyOfRange(values, 1, features + 1));
    assertArrayEquals(first, Arrays.copyOfRange(steps, 1, features + 1));
  }
}
