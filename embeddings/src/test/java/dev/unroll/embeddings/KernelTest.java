package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel against the definition, in double. */
class KernelTest {
  private static final int ROWS = 9;

  static Stream<Kernel> kernels() {
    return Stream.of(new PlainKernel(), Kernel.simd());
  }

  private static float[] random(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void testsRunWithTheVectorApi() {
    assertThat(Kernel.simdAvailable()).isTrue();
    assertThat(Kernel.best().getClass().getSimpleName()).isEqualTo("SimdKernel");
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aStrideIsTheLeastMultipleOfTheLanes(Kernel kernel) {
    assertThat(kernel.stride(1)).isEqualTo(kernel.lanes());
    assertThat(kernel.stride(kernel.lanes())).isEqualTo(kernel.lanes());
    assertThat(kernel.stride(kernel.lanes() + 1)).isEqualTo(2 * kernel.lanes());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void dotsAreSumsOfProducts(Kernel kernel) {
    int length = kernel.stride(37);
    float[] x = random(3 * length, 1);
    float[] matrix = random(ROWS * length, 2);
    int[] rows = {
      8 * length, 0, 3 * length, 3 * length, 5 * length, 1 * length, 7 * length, length
    };
    for (int n = 0; n <= rows.length; n++) {
      float[] scores = new float[rows.length];
      kernel.dots(x, length, length, matrix, rows, n, scores);
      for (int i = 0; i < rows.length; i++) {
        double expected = 0;
        for (int d = 0; i < n && d < length; d++) {
          expected += (double) x[length + d] * matrix[rows[i] + d];
        }
        assertThat((double) scores[i]).isEqualTo(expected, within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void anUpdateTakesRowsOneBehindTheOther(Kernel kernel) {
    int length = kernel.stride(21);
    float[] x = random(2 * length, 3);
    int[] rows = {2 * length, 0, 2 * length, 4 * length, 4 * length}; // some of them twice
    float[] g = random(rows.length, 4);
    for (int n = 0; n <= rows.length; n++) {
      float[] matrix = random(ROWS * length, 5);
      float[] error = random(length, 6);
      double[] expectedMatrix = doubles(matrix);
      double[] expectedError = doubles(error);
      for (int i = 0; i < n; i++) {
        for (int d = 0; d < length; d++) {
          expectedError[d] += g[i] * expectedMatrix[rows[i] + d];
          expectedMatrix[rows[i] + d] += g[i] * x[length + d];
        }
      }
      kernel.update(x, length, length, matrix, rows, n, g, error);
      assertClose(matrix, expectedMatrix);
      assertClose(error, expectedError);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aWindowIsAProductOfMatricesAndOneStep(Kernel kernel) {
    int length = kernel.stride(21);
    int[] vectors = {2 * length, 0, 4 * length};
    int[] rows = {2, 0, 5, 4, 4, 8, 1, 7}; // one of them twice
    Arrays.setAll(rows, j -> rows[j] * length);
    for (int m = 0; m <= vectors.length; m++) {
      for (int n = 1; n <= rows.length; n++) {
        float[] x = random(ROWS * length, 3);
        float[] matrix = random(ROWS * length, 5);
        float[] g = random(vectors.length * rows.length, 4);
        float[] scores = new float[g.length];
        kernel.windowDots(x, vectors, m, length, matrix, rows, n, scores);
        double[] oldX = doubles(x);
        double[] oldMatrix = doubles(matrix);
        double[] newX = doubles(x);
        double[] newMatrix = doubles(matrix);
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            double score = 0;
            for (int d = 0; d < length; d++) {
              score += oldX[vectors[i] + d] * oldMatrix[rows[j] + d];
              newX[vectors[i] + d] += g[i * n + j] * oldMatrix[rows[j] + d];
              newMatrix[rows[j] + d] += g[i * n + j] * oldX[vectors[i] + d];
            }
            assertThat((double) scores[i * n + j]).isEqualTo(score, within(1e-4));
          }
        }
        kernel.windowUpdate(
            x, vectors, m, length, matrix, rows, n, g, new float[vectors.length * length]);
        assertClose(x, newX);
        assertClose(matrix, newMatrix);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void addScalesAndTouchesNothingElse(Kernel kernel) {
    int length = kernel.stride(10);
    float[] from = random(3 * length, 7);
    float[] to = random(3 * length, 8);
    double[] expected = doubles(to);
    for (int d = 0; d < length; d++) {
      expected[length + d] += 0.25 * from[2 * length + d];
    }
    kernel.add(0.25f, from, 2 * length, to, length, length);
    assertClose(to, expected);
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  private static void assertClose(float[] actual, double[] expected) {
    assertThat(doubles(actual)).containsExactly(expected, within(1e-4));
  }
}
