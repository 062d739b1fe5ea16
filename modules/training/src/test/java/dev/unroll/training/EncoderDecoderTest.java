package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.InitialState;
import dev.unroll.layers.LastState;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Learns to say random symbols backwards, which only the state of the encoder can tell. */
class EncoderDecoderTest {
  private static final int SYMBOLS = 4;
  private static final int BATCH = 32;
  private static final int LONGEST = 4;

  private final Random random = new Random(1);

  @Tag("slow")
  @Test
  void learnsToReverse() {
    ComputationGraph network = network();
    Optimizer optimizer = new Optimizer(network, OptimizerConfig.adam().withClip(5));
    for (int step = 0; step < 250; step++) {
      GradientStep.compute(network, batch());
      optimizer.step(0.01, BATCH);
    }

    MultiDataSet unseen = batch();
    double symbols = unseen.getLabelsMaskArray(0).sumNumber().doubleValue();
    double loss = network.score(unseen, false) * BATCH / symbols;
    // Without the source every symbol costs log(4), whatever came before it.
    assertThat(loss).isLessThan(Math.log(SYMBOLS) / 4);
  }

  private static ComputationGraph network() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new NoOp())
                .graphBuilder()
                .addInputs("sources", "targets")
                .setInputTypes(InputType.recurrent(1), InputType.recurrent(1))
                .addLayer("source", embedding(), "sources")
                .addLayer("encoder", new Lstm.Builder().nOut(32).build(), "source")
                .addVertex("meaning", LastState.hiddenAndMemory(), "encoder")
                .addLayer("target", embedding(), "targets")
                .addVertex("begin", new InitialState(), "target", "meaning")
                .addLayer("decoder", new Lstm.Builder().nOut(32).build(), "begin")
                .addLayer("out", new SequenceSoftmax.Builder().nOut(SYMBOLS).build(), "decoder")
                .setOutputs("out")
                .build());
    network.init();
    return network;
  }

  private static WordEmbedding embedding() {
    return new WordEmbedding.Builder().nIn(SYMBOLS + 1).nOut(8).build();
  }

  /** The decoder reads a start, number 4, and then what it should have said before. */
  private MultiDataSet batch() {
    INDArray sources = Nd4j.zeros(BATCH, 1, LONGEST);
    INDArray targets = Nd4j.zeros(BATCH, 1, LONGEST);
    INDArray labels = Nd4j.zeros(BATCH, 1, LONGEST);
    INDArray mask = Nd4j.zeros(BATCH, LONGEST);
    for (int b = 0; b < BATCH; b++) {
      int length = 1 + random.nextInt(LONGEST);
      int before = SYMBOLS;
      for (int t = 0; t < length; t++) {
        int symbol = random.nextInt(SYMBOLS);
        sources.putScalar(b, 0, length - 1 - t, symbol);
        labels.putScalar(b, 0, t, symbol);
        targets.putScalar(b, 0, t, before);
        mask.putScalar(b, t, 1);
        before = symbol;
      }
    }
    return new MultiDataSet(
        new INDArray[] {sources, targets},
        new INDArray[] {labels},
        new INDArray[] {mask, mask},
        new INDArray[] {mask});
  }
}
