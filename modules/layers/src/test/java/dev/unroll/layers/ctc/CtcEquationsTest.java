package dev.unroll.layers.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.unroll.layers.attention.Golden;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Loss and gradient, in double and in float, against all alignments and against PyTorch. */
class CtcEquationsTest {
  private final Random random = new Random(3);

  @Test
  void sumOverAllAlignments() {
    int[][] all = {{}, {1}, {1, 2}, {2, 2}, {1, 2, 1}, {1, 1, 2}, {2, 1, 2, 1, 2}};
    for (int[] labels : all) {
      for (int steps = Math.max(1, CtcLabels.leastSteps(labels)); steps <= 6; steps++) {
        float[][] logs = Alignments.random(random, steps, 3, 1.5);
        Alignments alignments = new Alignments(logs);
        double p = alignments.probability(labels);
        double[][] gradient = new double[steps][3];

        double loss = new ReferenceCtc(doubles(logs), labels).gradient(gradient);

        assertThat(loss).isCloseTo(-Math.log(p), offset(1e-6));
        assertThat(new ReferenceCtc(doubles(logs), labels).loss()).isEqualTo(loss);
        assertThat(CtcLoss.of(logs, labels)).isCloseTo(-Math.log(p), offset(1e-5));
        for (int t = 0; t < steps; t++) {
          for (int k = 0; k < 3; k++) {
            double share = alignments.probability(labels, t, k) / p;
            assertThat(gradient[t][k]).isCloseTo(Math.exp(logs[t][k]) - share, offset(1e-6));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unequal", "narrow", "improbable"})
  void agreeWithPyTorch(String file) throws IOException {
    Map<String, INDArray> golden = Golden.read("ctc/" + file);
    INDArray z = golden.get("z");
    int batch = (int) z.size(1);
    int classes = (int) z.size(2);
    int[] steps = golden.get("steps").toIntVector();
    int[][] labels = new int[batch][];
    int[][] rows = new int[batch][];
    float[] logs = new float[(int) z.length()];
    float[] delta = new float[logs.length];
    for (int b = 0; b < batch; b++) {
      int example = b;
      labels[b] =
          IntStream.of(golden.get("labels").getRow(b).toIntVector()).filter(k -> k > 0).toArray();
      rows[b] = IntStream.range(0, steps[b]).map(t -> t * batch + example).toArray();
      double[][] own = new double[steps[b]][];
      for (int t = 0; t < steps[b]; t++) {
        own[t] = logSoftmax(z, t, b);
        for (int k = 0; k < classes; k++) {
          logs[rows[b][t] * classes + k] = (float) own[t][k];
          delta[rows[b][t] * classes + k] = (float) Math.exp(own[t][k]);
        }
      }
      double[][] gradient = new double[steps[b]][classes];
      double expected = golden.get("loss").getDouble(b);
      double loss = new ReferenceCtc(own, labels[b]).gradient(gradient);
      assertThat(loss).isCloseTo(expected, offset(1e-9 * (1 + expected)));
      for (int t = 0; t < steps[b]; t++) {
        for (int k = 0; k < classes; k++) {
          double derivative = golden.get("d_z").getDouble(t, b, k);
          assertThat(gradient[t][k]).isCloseTo(derivative, offset(1e-9));
        }
      }
    }

    double[] losses = new FloatCtc(logs, classes, rows, labels).gradient(delta);

    for (int b = 0; b < batch; b++) {
      double expected = golden.get("loss").getDouble(b);
      assertThat(losses[b]).isCloseTo(expected, offset(1e-5 * (1 + expected)));
      for (int t = 0; t < steps[b]; t++) {
        for (int k = 0; k < classes; k++) {
          double derivative = golden.get("d_z").getDouble(t, b, k);
          assertThat(delta[rows[b][t] * classes + k]).isCloseTo((float) derivative, offset(2e-5f));
        }
      }
    }
  }

  private static double[] logSoftmax(INDArray z, int t, int b) {
    double[] row =
        IntStream.range(0, (int) z.size(2)).mapToDouble(k -> z.getDouble(t, b, k)).toArray();
    double most = IntStream.range(0, row.length).mapToDouble(k -> row[k]).max().orElseThrow();
    double sum = 0;
    for (double value : row) {
      sum += Math.exp(value - most);
    }
    double log = most + Math.log(sum);
    return IntStream.range(0, row.length).mapToDouble(k -> row[k] - log).toArray();
  }

  /** Hundreds of steps, many lengths side by side, rows in between that are no steps. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 8})
  void floatsAgreeWithDoubles(double spread) {
    int batch = 7;
    int classes = 12;
    int time = 400;
    float[] logs = new float[batch * time * classes];
    int[][] rows = new int[batch][];
    int[][] labels = new int[batch][];
    for (int b = 0; b < batch; b++) {
      int example = b;
      rows[b] =
          IntStream.range(0, b == 2 ? 0 : time - 50 * b)
              .filter(t -> example != 3 || t % 5 != 0)
              .map(t -> t * batch + example)
              .toArray();
      labels[b] = random.ints(b == 2 || b == 5 ? 0 : 60 - 8 * b, 1, classes).toArray();
      for (int row : rows[b]) {
        System.arraycopy(
            Alignments.random(random, 1, classes, spread)[0], 0, logs, row * classes, classes);
      }
    }
    float[] delta = new float[logs.length];
    for (int[] of : rows) {
      for (int row : of) {
        for (int i = row * classes; i < (row + 1) * classes; i++) {
          delta[i] = (float) Math.exp(logs[i]);
        }
      }
    }
    double[] losses = new FloatCtc(logs, classes, rows, labels).losses();
    assertThat(new FloatCtc(logs, classes, rows, labels).gradient(delta)).isEqualTo(losses);
    for (int b = 0; b < batch; b++) {
      double[][] own = new double[rows[b].length][classes];
      for (int t = 0; t < own.length; t++) {
        for (int k = 0; k < classes; k++) {
          own[t][k] = logs[rows[b][t] * classes + k];
        }
      }
      double[][] gradient = new double[own.length][classes];
      double loss = new ReferenceCtc(own, labels[b]).gradient(gradient);
      assertThat(losses[b]).isCloseTo(loss, offset(1e-6 * (1 + loss)));
      double worst = 0;
      for (int t = 0; t < own.length; t++) {
        for (int k = 0; k < classes; k++) {
          worst = Math.max(worst, Math.abs(gradient[t][k] - delta[rows[b][t] * classes + k]));
        }
      }
      assertThat(worst).as("example %d", b).isLessThan(1e-4);
    }
  }

  private static double[][] doubles(float[][] logs) {
    double[][] doubles = new double[logs.length][];
    for (int t = 0; t < logs.length; t++) {
      float[] step = logs[t];
      doubles[t] = IntStream.range(0, step.length).mapToDouble(k -> step[k]).toArray();
    }
    return doubles;
  }
}
