package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

class GradientStepTest {
  private final INDArray ids = Nd4j.createFromArray(1f, 2, 3, 4, 5, 6).reshape(2, 1, 3);
  private final INDArray labels = Nd4j.createFromArray(1f, 0, 0, 1).reshape(2, 2);
  private final INDArray mask = Nd4j.createFromArray(1f, 1, 1, 1, 0, 0).reshape(2, 3);

  @Test
  void givesTheLossAndLeavesTheGradient() {
    ComputationGraph network = network();
    MultiDataSet batch = batch(mask);
    double expected = network.score(batch, true);
    INDArray before = network.params().dup();

    double loss = GradientStep.compute(network, batch);

    assertThat(loss).isCloseTo(expected, within(1e-7));
    assertThat(network.params()).isEqualTo(before);
    assertThat(network.getFlattenedGradients().amaxNumber().doubleValue()).isPositive();
    assertThat(network.getConfiguration().getIterationCount()).isEqualTo(1);
  }

  @Test
  void theLossAloneIsTheSameAndChangesNothing() {
    ComputationGraph network = network();
    INDArray before = network.params().dup();
    double loss = GradientStep.loss(network, batch(mask));

    assertThat(network.params()).isEqualTo(before);
    assertThat(network.getConfiguration().getIterationCount()).isZero();
    assertThat(GradientStep.compute(network, batch(mask))).isCloseTo(loss, within(1e-7));
    INDArray gradient = network.getFlattenedGradients().dup();
    ComputationGraph other = network();
    GradientStep.compute(other, batch(mask));
    assertThat(gradient).isEqualTo(other.getFlattenedGradients());
  }

  @Test
  void forgetsTheMask() {
    ComputationGraph network = network();
    GradientStep.compute(network, batch(mask));
    assertThat(GradientStep.compute(network, batch(null)))
        .isCloseTo(network.score(batch(null), true), within(1e-7))
        .isNotCloseTo(network.score(batch(mask), true), within(1e-4));
  }

  @Test
  void leavesTheNumberOfThreadsAsItWas() {
    NativeOps openMp = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int before = openMp.ompGetMaxThreads();
    openMp.setOmpNumThreads(2);
    try {
      GradientStep.compute(network(), batch(null));
      assertThat(openMp.ompGetMaxThreads()).isEqualTo(2);
    } finally {
      openMp.setOmpNumThreads(before);
    }
  }

  private MultiDataSet batch(INDArray steps) {
    return new MultiDataSet(
        new INDArray[] {ids},
        new INDArray[] {labels},
        steps == null ? null : new INDArray[] {steps},
        null);
  }

  private static ComputationGraph network() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new NoOp())
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.recurrent(1))
                .addLayer("words", new WordEmbedding.Builder().nIn(9).nOut(4).build(), "in")
                .addLayer("pool", new SequencePooling.Builder(Summary.MAX).build(), "words")
                .addLayer("out", new OutputLayer.Builder().nOut(2).build(), "pool")
                .setOutputs("out")
                .build());
    network.init();
    return network;
  }
}
