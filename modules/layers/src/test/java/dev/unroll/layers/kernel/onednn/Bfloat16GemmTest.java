package dev.unroll.layers.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.layers.kernel.Kernels;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products against those of rounded matrices, added up in double precision. */
class Bfloat16GemmTest {
  private final Random random = new Random(5);

  @BeforeEach
  void needsAProcessorThatMultipliesBfloat16() {
    assumeTrue(Kernels.available().contains(Bfloat16Kernel.NAME));
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, 1, 1, 1, 0, false",
    "false, false, 17, 33, 65, 0, false",
    "false, true, 64, 40, 9, 0, true",
    "true, false, 31, 16, 128, 7, true",
    "true, true, 5, 70, 3, 2, false"
  })
  void isThatOfTheRoundedMatrices(
      boolean transposedA, boolean transposedB, int m, int n, int k, int gap, boolean add) {
    int aStride = (transposedA ? m : k) + gap;
    int bStride = (transposedB ? k : n) + gap;
    float[] a = values((transposedA ? k : m) * aStride);
    float[] b = values((transposedB ? n : k) * bStride);
    float[] before = values(m * n);
    try (FloatPointer memoryA = new FloatPointer(a);
        FloatPointer memoryB = new FloatPointer(b);
        FloatPointer memoryC = new FloatPointer(before)) {
      Bfloat16Gemm.multiply(
          transposedA, transposedB, m, n, k, memoryA, aStride, memoryB, bStride, add, memoryC);

      float[] c = new float[m * n];
      memoryC.get(c);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = add ? before[i * n + j] : 0;
          for (int l = 0; l < k; l++) {
            sum +=
                (double) rounded(a[transposedA ? l * aStride + i : i * aStride + l])
                    * rounded(b[transposedB ? j * bStride + l : l * bStride + j]);
          }
          assertThat((double) c[i * n + j]).as(i + ", " + j).isCloseTo(sum, within(1e-5));
        }
      }
    }
  }

  @Test
  void theOracleRoundsToTheNearest() {
    assertThat(rounded(1f)).isEqualTo(1f);
    assertThat(rounded(1f + 0x1p-9f)).isEqualTo(1f);
    assertThat(rounded(1f + 0x1.8p-8f)).isEqualTo(1f + 0x1p-7f);
    assertThat(rounded(-3.14159f)).isEqualTo(-3.140625f);
  }

  private float[] values(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  /** To the upper half of the float, ties to the even one. */
  private static float rounded(float value) {
    int bits = Float.floatToRawIntBits(value);
    int up = 0x7fff + (bits >>> 16 & 1);
    return Float.intBitsToFloat(bits + up & 0xffff0000);
  }
}
