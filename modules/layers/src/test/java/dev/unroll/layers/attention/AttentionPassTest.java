package dev.unroll.layers.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.Networks;
import dev.unroll.layers.memory.Parallel;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The equations against brute force, and the fast pass against the equations. */
class AttentionPassTest {
  private static final int THREADS = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(THREADS);
  }

  @ParameterizedTest
  @CsvSource({
    "DOT, 3, 4, 5, none, none",
    "DOT, 2, 3, 4, trailing, holes",
    "GENERAL, 3, 4, 5, holes, leading",
    "GENERAL, 3, 2, 3, empty row, trailing",
    "GENERAL, 1, 1, 1, none, none",
    "ADDITIVE, 3, 4, 5, leading, holes",
    "ADDITIVE, 2, 1, 6, none, empty row",
    "ADDITIVE, 2, 6, 1, trailing, empty row",
  })
  void isWhatTheEquationsSay(
      Score score, int batch, int t, int s, String stateMask, String sourceMask) {
    Case data = Case.random(score, batch, t, s, stateMask, sourceMask, 3);
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      Map<String, INDArray> results = data.by(AttentionPass.of(data.shape(), type));
      double tolerance = type == DataType.DOUBLE ? 1e-12 : 1e-5;
      for (int b = 0; b < batch; b++) {
        for (int i = 0; i < t; i++) {
          check(data, b, i, results, tolerance);
        }
      }
    }
  }

  /** One step, from the definitions, value by value. */
  private static void check(
      Case data, int b, int t, Map<String, INDArray> results, double tolerance) {
    AttentionShape shape = data.shape();
    boolean there = data.stateMask() == null || data.stateMask().getDouble(b, t) != 0;
    int steps = (int) data.source().size(2);
    double[] weights = new double[steps];
    double sum = 0;
    for (int s = 0; s < steps; s++) {
      boolean visible = data.sourceMask() == null || data.sourceMask().getDouble(b, s) != 0;
      weights[s] = there && visible ? Math.exp(score(data, b, t, s)) : 0;
      sum += weights[s];
    }
    for (int s = 0; s < steps; s++) {
      double expected = sum == 0 ? 0 : weights[s] / sum;
      double actual = results.get("alignment").getDouble(b, t, s);
      assertThat(actual).as("weight %d %d %d", b, t, s).isCloseTo(expected, within(tolerance));
      assertThat(actual == 0).isEqualTo(expected == 0);
      weights[s] = expected;
    }
    for (int o = 0; o < shape.outputs(); o++) {
      double z = 0;
      for (int i = 0; i < shape.source(); i++) {
        double context = 0;
        for (int s = 0; s < steps; s++) {
          context += weights[s] * data.source().getDouble(b, i, s);
        }
        z += context * data.parameters().get("Wc").getDouble(i, o);
      }
      for (int i = 0; i < shape.queries(); i++) {
        z +=
            data.states().getDouble(b, i, t)
                * data.parameters().get("Wc").getDouble(shape.source() + i, o);
      }
      assertThat(results.get("out").getDouble(b, o, t))
          .as("output %d %d %d", b, o, t)
          .isCloseTo(there ? Math.tanh(z) : 0, within(tolerance));
    }
  }

  private static double score(Case data, int b, int t, int s) {
    Map<String, INDArray> p = data.parameters();
    double sum = 0;
    switch (data.shape().score()) {
      case DOT -> {
        for (int i = 0; i < data.shape().queries(); i++) {
          sum += data.states().getDouble(b, i, t) * data.source().getDouble(b, i, s);
        }
      }
      case GENERAL -> {
        for (int i = 0; i < data.shape().queries(); i++) {
          for (int j = 0; j < data.shape().source(); j++) {
            sum +=
                data.states().getDouble(b, i, t)
                    * p.get("Wk").getDouble(j, i)
                    * data.source().getDouble(b, j, s);
          }
        }
      }
      case ADDITIVE -> {
        for (int unit = 0; unit < data.shape().hidden(); unit++) {
          double z = 0;
          for (int i = 0; i < data.shape().queries(); i++) {
            z += data.states().getDouble(b, i, t) * p.get("Wq").getDouble(i, unit);
          }
          for (int j = 0; j < data.shape().source(); j++) {
            z += data.source().getDouble(b, j, s) * p.get("Wk").getDouble(j, unit);
          }
          sum += p.get("v").getDouble(unit, 0) * Math.tanh(z);
        }
      }
    }
    return sum;
  }

  /** Sizes that are cut into several parts, with the memory of another batch before. */
  @ParameterizedTest
  @EnumSource
  void floatsAgreeWithDoubles(Score score) {
    Random random = new Random(5);
    int queries = score == Score.DOT ? 140 : 150;
    AttentionShape shape =
        new AttentionShape(score, queries, 140, score == Score.ADDITIVE ? 37 : 0, 129);
    AttentionPass pass = AttentionPass.of(shape, DataType.FLOAT);
    for (int[] size : new int[][] {{5, 60, 70}, {3, 9, 4}, {1, 1, 1}}) {
      Case data =
          Case.random(
              shape,
              size[0],
              size[1],
              size[2],
              Networks.mask("holes", size[0], size[1], random),
              Networks.mask("trailing", size[0], size[2], random),
              random);
      Map<String, INDArray> expected = data.by(AttentionPass.of(shape, DataType.DOUBLE));
      data.by(pass)
          .forEach(
              (name, result) ->
                  Networks.assertEquals(
                      result, expected.get(name), 2e-5, name + " of " + size[1] + " steps"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNumberOfThreadsChangesNoBit(Score score) {
    Case data = Case.random(score, 7, 80, 30, "trailing", "trailing", 8);
    Parallel.threads(1);
    Map<String, INDArray> one = data.by(AttentionPass.of(data.shape(), DataType.FLOAT));
    Parallel.threads(3);
    Map<String, INDArray> three = data.by(AttentionPass.of(data.shape(), DataType.FLOAT));
    assertThat(three).isEqualTo(one);
  }

  /** Neither the padding's length nor what stands in it changes an answer. */
  @ParameterizedTest
  @EnumSource
  void paddingIsNotLookedAt(Score score) {
    Case data = Case.random(score, 2, 3, 4, "none", "none", 9);
    INDArray stateMask = Nd4j.create(new float[][] {{1, 1, 0}, {1, 1, 0}});
    INDArray sourceMask = Nd4j.create(new float[][] {{1, 1, 0, 1}, {0, 1, 1, 0}});
    Case plain = data.masked(stateMask, sourceMask, 0);
    Case wild = data.masked(stateMask, sourceMask, 1e30);
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      Map<String, INDArray> expected = plain.by(AttentionPass.of(data.shape(), type));
      wild.by(AttentionPass.of(data.shape(), type))
          .forEach((name, result) -> assertThat(result).as(name).isEqualTo(expected.get(name)));
      for (int i = 0; i < data.shape().queries(); i++) {
        assertThat(expected.get("dStates").getDouble(0, i, 2)).isZero();
      }
      for (int i = 0; i < data.shape().source(); i++) {
        assertThat(expected.get("dSource").getDouble(0, i, 2)).isZero();
      }
    }
  }

  /** Scores far beyond what the exponential can hold. */
  @Test
  void largeScoresAreNoOverflow() {
    Case data = Case.random(Score.DOT, 1, 2, 3, "none", "none", 2);
    data.states().muli(1e4);
    INDArray weights = data.by(AttentionPass.of(data.shape(), DataType.FLOAT)).get("alignment");
    INDArray expected = data.by(AttentionPass.of(data.shape(), DataType.DOUBLE)).get("alignment");
    Networks.assertEquals(weights, expected, 1e-6, "weights");
    assertThat(weights.sum(2).toDoubleVector()).containsOnly(1);
  }
}
