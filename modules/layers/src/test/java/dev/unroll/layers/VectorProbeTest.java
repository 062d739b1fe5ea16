package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import java.util.Random;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Of three texts of 4, 2 and no words. */
class VectorProbeTest {
  private static final int TEXTS = 3;
  private static final int TIME = 4;
  private static final int WIDTH = 5;

  private final Random random = new Random(3);

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void addsToWordsInTrainingAlone(DataType type) {
    ComputationGraph network = network(type);
    MultiDataSet batch = batch(type);
    INDArray before = vectors(network, batch, true);
    VectorProbe probe = probe(network);
    float[] added = values();
    probe.perturb(added);
    assertThat(vectors(network, batch, false)).isEqualTo(before);
    INDArray after = vectors(network, batch, true);
    for (int b = 0; b < TEXTS; b++) {
      for (int t = 0; t < TIME; t++) {
        boolean word = batch.getFeaturesMaskArray(0).getDouble(b, t) == 1;
        assertThat(probe.isWord(t * TEXTS + b)).isEqualTo(word);
        for (int i = 0; i < WIDTH; i++) {
          double expected =
              word ? before.getDouble(b, i, t) + added[(t * TEXTS + b) * WIDTH + i] : 0;
          assertThat(after.getDouble(b, i, t)).isCloseTo(expected, within(1e-6));
        }
      }
    }
    assertThat(probe.norm())
        .isCloseTo(before.norm2Number().doubleValue() / Math.sqrt(6), within(1e-5));
    assertThat(probe.texts()).isEqualTo(TEXTS);
    assertThat(probe.steps()).isEqualTo(TEXTS * TIME);
    probe.perturb(null);
    assertThat(vectors(network, batch, true)).isEqualTo(before);
  }

  @Test
  void derivativesAgreeWithFiniteDifferences() {
    ComputationGraph network = network(DataType.DOUBLE);
    MultiDataSet batch = batch(DataType.DOUBLE);
    VectorProbe probe = probe(network);
    float[] at = values();
    probe.perturb(at);
    Chain.compute(network, batch);
    float[] derivatives = probe.derivatives().clone();
    for (int direction = 0; direction < 5; direction++) {
      float[] above = at.clone();
      float[] below = at.clone();
      double expected = 0;
      for (int i = 0; i < at.length; i++) {
        float step = (float) (1e-3 * random.nextGaussian());
        above[i] += step;
        below[i] -= step;
        expected += derivatives[i] * ((double) above[i] - below[i]);
      }
      probe.perturb(above);
      double rise = network.score(batch, true);
      probe.perturb(below);
      rise -= network.score(batch, true);
      assertThat(TEXTS * rise).isCloseTo(expected, within(1e-5 * Math.abs(expected) + 1e-9));
    }
  }

  @Test
  void derivativesAreZeroOnPadding() {
    ComputationGraph network = network(DataType.FLOAT);
    VectorProbe probe = probe(network);
    Chain.compute(network, batch(DataType.FLOAT));
    for (int place = 0; place < TEXTS * TIME; place++) {
      double sum = 0;
      for (int i = 0; i < WIDTH; i++) {
        sum += Math.abs(probe.derivatives()[place * WIDTH + i]);
      }
      assertThat(sum > 0).as("at %d", place).isEqualTo(probe.isWord(place));
    }
  }

  @Test
  void gradientsOfThePerturbedLossAgreeWithFiniteDifferences() {
    ComputationGraph network = network(DataType.DOUBLE);
    probe(network).perturb(values());
    Chain.assertAgreesWithFiniteDifferences(network, batch(DataType.DOUBLE), 1e-5);
  }

  @Test
  void refusesAPerturbationOfAnotherSize() {
    ComputationGraph network = network(DataType.FLOAT);
    probe(network).perturb(new float[7]);
    assertThatThrownBy(() -> Chain.compute(network, batch(DataType.FLOAT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a perturbation of 7 values does not fit vectors [3, 5, 4]");
  }

  private static INDArray vectors(ComputationGraph network, MultiDataSet batch, boolean training) {
    network.setLayerMaskArrays(batch.getFeaturesMaskArrays(), null);
    return network.feedForward(batch.getFeatures(), training, true).get("0");
  }

  private float[] values() {
    float[] values = new float[TEXTS * TIME * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.3 * random.nextGaussian());
    }
    return values;
  }

  private static VectorProbe probe(ComputationGraph network) {
    return ((WordEmbeddingLayer) network.getLayer("0")).probe();
  }

  private static ComputationGraph network(DataType type) {
    return Chain.of(
        type,
        InputType.recurrent(1),
        new WordEmbedding.Builder().nIn(9).nOut(WIDTH).build(),
        new Lstm.Builder().nOut(4).build(),
        new SequencePooling.Builder(Summary.MEAN).build(),
        new OutputLayer.Builder().nOut(2).build());
  }

  private MultiDataSet batch(DataType type) {
    INDArray mask =
        Nd4j.createFromArray(new float[][] {{1, 1, 1, 1}, {1, 1, 0, 0}, {0, 0, 0, 0}}).castTo(type);
    return Chain.batch(
        Chain.ids(type, random, TEXTS, TIME, 9), mask, Chain.classes(type, random, TEXTS, 2), null);
  }
}
