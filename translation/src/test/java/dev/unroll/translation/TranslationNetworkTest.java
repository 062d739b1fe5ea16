package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.UserError;
import dev.unroll.training.Networks;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class TranslationNetworkTest {
  private static final int SOURCES = 6;
  private static final int TARGETS = 5;
  private static final double EPSILON = 1e-6;

  private final Random random = new Random(3);

  static TranslationConfig config(String... settings) {
    Map<String, String> overrides =
        new HashMap<>(
            Map.of(
                "dimensions", "2",
                "hidden", "2",
                "dropout", "0",
                "embedding-dropout", "0",
                "label-smoothing", "0.2",
                "words", "whole"));
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    return TranslationConfig.with(overrides);
  }

  @ParameterizedTest
  @CsvSource({
    "lstm, general, 1, false, false, false",
    "lstm, additive, 2, true, false, true",
    "lstm, none, 1, true, false, true",
    "gru, dot, 2, false, false, true",
    "gru, general, 1, true, false, false",
    "rnn, none, 2, false, false, false",
    "lstm, general, 1, false, true, false",
    "lstm, additive, 2, true, true, true",
    "gru, dot, 1, true, true, false",
    "rnn, additive, 2, false, true, true"
  })
  void gradientsAreThoseOfTheLoss(
      String cell, String attention, int layers, boolean tied, boolean feeding, boolean joint) {
    TranslationConfig config =
        config(
            "cell",
            cell,
            "attention",
            attention,
            "layers",
            Integer.toString(layers),
            "tied",
            Boolean.toString(tied),
            "input-feeding",
            Boolean.toString(feeding),
            "joint",
            Boolean.toString(joint));
    int sources = joint ? TARGETS : SOURCES;
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      ComputationGraph network =
          Networks.of(TranslationNetwork.configuration(config, sources, TARGETS, DataType.DOUBLE));
      // Of the first sentence three symbols are there, of the second all, and so on.
      INDArray sourceMask = mask(4, 3, 4, 1);
      INDArray targetMask = mask(3, 2, 1, 3);
      assertAgreesWithFiniteDifferences(
          network,
          new MultiDataSet(
              new INDArray[] {ids(3, 4, sources), ids(3, 3, TARGETS)},
              new INDArray[] {ids(3, 3, TARGETS)},
              new INDArray[] {sourceMask, targetMask},
              new INDArray[] {targetMask}));
    } finally {
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }
  }

  /** Each array of parameters along a random direction (Goodfellow et al. 2016, 11.5). */
  private void assertAgreesWithFiniteDifferences(ComputationGraph network, MultiDataSet batch) {
    network.setInputs(batch.getFeatures());
    network.setLabels(batch.getLabels());
    network.setLayerMaskArrays(batch.getFeaturesMaskArrays(), batch.getLabelsMaskArrays());
    network.computeGradientAndScore();
    Map<String, INDArray> gradients = new HashMap<>();
    // The loss is a mean of the sentences; Deeplearning4j divides the gradient when it updates.
    network
        .gradient()
        .gradientForVariable()
        .forEach((name, sum) -> gradients.put(name, sum.div(batch.getLabels(0).size(0))));
    assertThat(gradients).containsOnlyKeys(network.paramTable().keySet());
    gradients.forEach(
        (name, gradient) -> {
          double[] steps = random.doubles(gradient.length(), -1, 1).toArray();
          INDArray direction = Nd4j.createFromArray(steps).reshape(gradient.shape());
          INDArray values = network.getParam(name);
          INDArray before = values.dup();
          double[] scores = new double[2];
          for (int sign = 0; sign < 2; sign++) {
            values.assign(before).addi(direction.mul(sign == 0 ? EPSILON : -EPSILON));
            scores[sign] = network.score(batch, true);
          }
          values.assign(before);
          double expected = (scores[0] - scores[1]) / (2 * EPSILON);
          assertThat(gradient.mul(direction).sumNumber().doubleValue())
              .as("derivative by %s", name)
              .isCloseTo(expected, within(Math.max(1e-9, 1e-5 * Math.abs(expected))));
        });
  }

  private INDArray ids(int batch, int time, int bound) {
    return Nd4j.createFromArray(random.ints((long) batch * time, 0, bound).toArray())
        .castTo(DataType.DOUBLE)
        .reshape(batch, 1, time);
  }

  private static INDArray mask(int time, int... lengths) {
    INDArray mask = Nd4j.zeros(DataType.DOUBLE, lengths.length, time);
    for (int i = 0; i < lengths.length; i++) {
      for (int t = 0; t < lengths[i]; t++) {
        mask.putScalar(i, t, 1);
      }
    }
    return mask;
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    assertThatThrownBy(
            () -> TranslationNetwork.configuration(config("hidden", "5"), SOURCES, TARGETS))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("must be even")
        .hasMessageContaining("got 5");
    TranslationConfig fed = config("input-feeding", "true", "attention", "none");
    assertThatThrownBy(() -> TranslationNetwork.configuration(fed, SOURCES, TARGETS))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "input-feeding feeds what attention saw, and attention is none; take dot,"
                + " general or additive");
  }

  @Test
  void aStateWithoutAttentionIsProjectedToATiedOutput() {
    TranslationConfig tied =
        config("tied", "true", "attention", "none", "hidden", "6", "dimensions", "4");
    ComputationGraph network =
        Networks.of(TranslationNetwork.configuration(tied, SOURCES, TARGETS));
    assertThat(network.getParam("projection_W").shape()).containsExactly(6, 4);
    assertThat(network.paramTable()).doesNotContainKey("output_W");
  }

  @Test
  void aJointTableIsThereOnce() {
    for (String tied : new String[] {"false", "true"}) {
      ComputationGraph network =
          Networks.of(
              TranslationNetwork.configuration(
                  config("joint", "true", "tied", tied), TARGETS, TARGETS));
      assertThat(network.paramTable().keySet())
          .contains("target_W", "output_b")
          .doesNotContain("source_W");
      assertThat(network.paramTable().containsKey("output_W")).isEqualTo(tied.equals("false"));
    }
  }
}
