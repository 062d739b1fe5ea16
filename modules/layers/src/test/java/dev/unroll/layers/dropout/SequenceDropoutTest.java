package dev.unroll.layers.dropout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.Chain;
import dev.unroll.layers.SimpleRnn;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.memory.TimeMajor;
import dev.unroll.layers.pooling.SequencePooling;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class SequenceDropoutTest {
  private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

  @Test
  void dropsTheShareItShouldAndKeepsTheMean() {
    INDArray mask = mask(new SequenceDropout(0.3, 1), 40, 50, 60, 7);
    double dropped = mask.eq(0).castTo(DataType.DOUBLE).meanNumber().doubleValue();
    int draws = 40 * 50 * 60;
    double fiveSigma = 5 * Math.sqrt(0.3 * 0.7 / draws);
    assertThat(dropped).isCloseTo(0.3, within(fiveSigma));
    assertThat(mask.maxNumber().doubleValue()).isCloseTo(1 / 0.7, within(1e-6));
    assertThat(mask.meanNumber().doubleValue()).isCloseTo(1, within(fiveSigma / 0.7));
  }

  @Test
  void elementsAreIndependentOfTheirNeighboursAndOfOtherIterations() {
    SequenceDropout dropout = new SequenceDropout(0.5, 1);
    INDArray now = mask(dropout, 64, 32, 30, 3).sub(1);
    INDArray later = mask(dropout, 64, 32, 30, 4).sub(1);
    INDArray other = mask(new SequenceDropout(0.5, 2), 64, 32, 30, 3).sub(1);
    double fiveSigma = 5 / Math.sqrt(64 * 32 * 30);
    assertThat(now.mul(later).meanNumber().doubleValue()).isCloseTo(0, within(fiveSigma));
    assertThat(now.mul(other).meanNumber().doubleValue()).isCloseTo(0, within(fiveSigma));
    float[] flat = now.permute(2, 0, 1).dup('c').reshape(-1).toFloatVector();
    for (int lag : new int[] {1, 2, 16, 32, 1024, 2048, 16_384}) {
      double product = 0;
      for (int i = lag; i < flat.length; i++) {
        product += flat[i] * flat[i - lag];
      }
      double sigma = Math.sqrt(flat.length - lag);
      assertThat(product / sigma).as("lag " + lag).isCloseTo(0, within(5.0));
    }
  }

  @Test
  void sameMaskForEveryLayoutTypeAndPass() {
    SequenceDropout dropout = new SequenceDropout(0.4, 9);
    INDArray expected = mask(dropout, 70, 31, 43, 5);
    for (char order : new char[] {'c', 'f'}) {
      for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
        INDArray ones = Nd4j.ones(DataType.FLOAT, 70, 31, 43).castTo(type).dup(order);
        INDArray forward = dropout.applyDropout(ones, null, 5, 0, NONE);
        assertThat(ones.minNumber().doubleValue()).isEqualTo(1);
        assertThat(forward.castTo(DataType.FLOAT)).isEqualTo(expected);
        INDArray backward = dropout.clone().backprop(ones, ones, 5, 99);
        assertThat(backward).isSameAs(ones);
        assertThat(ones.castTo(DataType.FLOAT)).isEqualTo(expected);
      }
    }
  }

  @Test
  void worksWithoutTime() {
    SequenceDropout dropout = new SequenceDropout(0.5, 1);
    INDArray ones = Nd4j.ones(DataType.FLOAT, 8, 9);
    INDArray expected = mask(dropout, 8, 9, 1, 2).reshape(8, 9);
    assertThat(dropout.applyDropout(ones, null, 2, 0, NONE)).isEqualTo(expected);
    assertThat(dropout.applyDropout(ones.dup('f'), null, 2, 0, NONE)).isEqualTo(expected);
  }

  @Test
  void rateZeroChangesNothing() {
    assertThat(mask(new SequenceDropout(0, 1), 5, 5, 5, 1).minNumber().doubleValue()).isEqualTo(1);
  }

  /** The masks stay while the iteration does, so that finite differences see a fixed network. */
  @Test
  void agreesWithFiniteDifferences() {
    ComputationGraph network = network(DataType.DOUBLE, new SequenceDropout(0.4, 3));
    Random random = new Random(1);
    INDArray ids = Chain.ids(DataType.DOUBLE, random, 3, 5, 8);
    INDArray labels = Chain.classes(DataType.DOUBLE, random, 3, 2);
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      assertThat(
              GradientCheckUtil.checkGradients(
                  new GradientCheckUtil.GraphConfig()
                      .net(network)
                      .inputs(new INDArray[] {ids})
                      .labels(new INDArray[] {labels})
                      .epsilon(1e-6)
                      .maxRelError(1e-5)
                      .minAbsoluteError(1e-9)
                      .callEachIter(graph -> {})
                      .exitOnFirstError(true)))
          .isTrue();
    } finally {
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }
  }

  @Test
  void survivesSavingAndDropsOnInTheSameWay() throws IOException {
    ComputationGraph network = network(DataType.FLOAT, new SequenceDropout(0.5, 77));
    network.getConfiguration().setIterationCount(12);
    ComputationGraph loaded = Chain.saveAndLoad(network);
    assertThat(loaded.getConfiguration()).isEqualTo(network.getConfiguration());
    Random random = new Random(1);
    INDArray ids = Chain.ids(DataType.FLOAT, random, 3, 5, 8);
    MultiDataSet batch = Chain.batch(ids, null, Chain.classes(DataType.FLOAT, random, 3, 2), null);
    Chain.compute(network, batch);
    Chain.compute(loaded, batch);
    assertThat(loaded.getFlattenedGradients()).isEqualTo(network.getFlattenedGradients());
    loaded.getConfiguration().setIterationCount(13);
    Chain.compute(loaded, batch);
    assertThat(loaded.getFlattenedGradients()).isNotEqualTo(network.getFlattenedGradients());
  }

  @Test
  void refusesOtherRates() {
    assertThatThrownBy(() -> new SequenceDropout(1, 0))
        .hasMessage("dropout must be in [0, 1), got 1.0");
    assertThatThrownBy(() -> new SequenceDropout(Double.NaN, 0)).hasMessageEndingWith("NaN");
  }

  private static INDArray mask(SequenceDropout dropout, int batch, int features, int time, int it) {
    INDArray ones = TimeMajor.createDetached(DataType.FLOAT, batch, features, time).assign(1);
    return dropout.applyDropout(ones, null, it, 0, NONE);
  }

  private static ComputationGraph network(DataType type, SequenceDropout dropout) {
    return Chain.of(
        type,
        InputType.recurrent(1),
        new WordEmbedding.Builder().nIn(8).nOut(4).build(),
        new SimpleRnn.Builder().nOut(5).dropOut(dropout).build(),
        new SequencePooling.Builder(SequencePooling.Summary.MEAN).build(),
        new OutputLayer.Builder().nOut(2).build());
  }
}
