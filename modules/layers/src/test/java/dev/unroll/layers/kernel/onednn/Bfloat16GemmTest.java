package dev.unroll.layers.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.layers.kernel.Kernels;
import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Gemm.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
          transposedA, transposedB, m, n, k, memoryA, aStride, memoryB, bStride, add, memoryC, n);

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

  /** Every product of {@link Gemm}, narrow and in floats: between columns that stay as they are. */
  @Test
  void otherLayersMultiplySoToo() {
    int m = 40;
    int n = 300;
    int k = 200;
    float[] values = values(400 * 400);
    float[] to = values(400 * 400);
    List<float[]> results = new ArrayList<>();
    for (Gemm.Products products : Arrays.asList(null, new Bfloat16Kernel().products())) {
      Gemm.use(products);
      try (FloatPointer memory = new FloatPointer(values);
          FloatPointer target = new FloatPointer(to)) {
        Matrix a = new Matrix(memory, 3, 400);
        Matrix b = new Matrix(memory, 60_000, 320);
        Matrix c = new Matrix(target, 50, 400);
        Gemm.multiply(m, n, k, a, b, c);
        Gemm.addProduct(m, n, k, a, b, c.fromRow(m));
        Gemm.multiplyTransposedLeft(m, n, k, a, b, c.fromRow(2 * m));
        Gemm.addProductTransposedLeft(m, n, k, a, b, c.fromRow(3 * m));
        Gemm.multiplyTransposedRight(m, n, k, a, memory, c.fromRow(4 * m));
        Gemm.multiplyTransposedRight(m, n, k, a, b, c.fromRow(5 * m));
        Gemm.addProductTransposedRight(m, n, k, a, b, c.fromRow(6 * m));
        float[] result = new float[to.length];
        target.get(result);
        results.add(result);
      } finally {
        Gemm.use(null);
      }
    }
    int different = 0;
    for (int i = 0; i < to.length; i++) {
      float expected = results.get(0)[i];
      different += results.get(1)[i] == expected ? 0 : 1;
      // 200 products of numbers below 1, each rounded by 2⁻⁸ at most.
      assertThat(results.get(1)[i]).as("at %d", i).isCloseTo(expected, within(0.2f));
    }
    assertThat(different).isBetween(7 * m * n * 9 / 10, 7 * m * n);
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
