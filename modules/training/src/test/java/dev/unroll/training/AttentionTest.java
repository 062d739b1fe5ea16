package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Gru;
import dev.unroll.layers.InitialState;
import dev.unroll.layers.LastState;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.attention.Attention;
import dev.unroll.layers.attention.AttentionLayer;
import dev.unroll.layers.attention.AttentionSource;
import dev.unroll.layers.attention.InputFeeding;
import dev.unroll.layers.attention.Score;
import dev.unroll.layers.kernel.Cell;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * Says eight random symbols backwards, which is too much for the one state of a small encoder, and
 * easy for a decoder that may look back.
 */
class AttentionTest {
  private static final int SYMBOLS = 8;
  private static final int LENGTH = 8;
  private static final int BATCH = 24;
  private static final int UNITS = 20;
  private static final int STEPS = 300;

  /** Random symbols cost that much, each. */
  private static final double CHANCE = Math.log(SYMBOLS);

  private static final double LEARNT = CHANCE / 10;

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(Score.class)
  void learnsToReverse(Score score) {
    ComputationGraph network = network(score);
    assertThat(lossAfterTraining(network)).isLessThan(LEARNT);

    MultiDataSet unseen = batch(new Random(99));
    network.output(
        false, unseen.getFeatures(), unseen.getFeaturesMaskArrays(), unseen.getLabelsMaskArrays());
    INDArray alignment = ((AttentionLayer) network.getLayer("attention")).alignment();
    int right = 0;
    for (int b = 0; b < BATCH; b++) {
      for (int t = 0; t < LENGTH; t++) {
        right += alignment.getDouble(b, t, LENGTH - 1 - t) > 0.5 ? 1 : 0;
      }
    }
    assertThat(right).as("steps that look where they should").isGreaterThan(BATCH * LENGTH / 2);
  }

  @Tag("slow")
  @Test
  void learnsWithInputFeeding() {
    GraphBuilder graph =
        encoder()
            .addVertex("look", new AttentionSource(), "target", "encoder", "bridge")
            .addLayer(
                "decoder",
                new InputFeeding.Builder(Cell.GRU, Score.GENERAL)
                    .units(2 * UNITS)
                    .nSource(2 * UNITS)
                    .nOut(2 * UNITS)
                    .build(),
                "look");
    assertThat(lossAfterTraining(end(graph, "decoder"))).isLessThan(LEARNT);
  }

  @Tag("slow")
  @Test
  void withoutLookingBackItDoesNot() {
    assertThat(lossAfterTraining(network(null))).isGreaterThan(1.5 * LEARNT);
  }

  private static double lossAfterTraining(ComputationGraph network) {
    Random random = new Random(1);
    Optimizer optimizer = new Optimizer(network, OptimizerConfig.adam().withClip(5));
    for (int step = 0; step < STEPS; step++) {
      GradientStep.compute(network, batch(random));
      optimizer.step(0.01, BATCH);
    }
    return network.score(batch(random), false) / LENGTH;
  }

  private static ComputationGraph network(Score score) {
    GraphBuilder graph =
        encoder()
            .addVertex("begin", new InitialState(), "target", "bridge")
            .addLayer("decoder", new Gru.Builder().nOut(2 * UNITS).build(), "begin");
    if (score == null) {
      return end(graph, "decoder");
    }
    graph
        .addVertex("look", new AttentionSource(), "decoder", "encoder")
        .addLayer(
            "attention",
            new Attention.Builder(score).nSource(2 * UNITS).nOut(2 * UNITS).build(),
            "look");
    return end(graph, "attention");
  }

  private static GraphBuilder encoder() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new NoOp())
        .graphBuilder()
        .addInputs("sources", "targets")
        .setInputTypes(InputType.recurrent(1), InputType.recurrent(1))
        .addLayer("source", embedding(), "sources")
        .addLayer("encoder", new Bidirectional(new Gru.Builder().nOut(UNITS).build()), "source")
        .addVertex("meaning", LastState.hidden(), "encoder")
        .addLayer(
            "bridge",
            new DenseLayer.Builder().nOut(2 * UNITS).activation(Activation.TANH).build(),
            "meaning")
        .addLayer("target", embedding(), "targets");
  }

  private static ComputationGraph end(GraphBuilder graph, String top) {
    graph
        .addLayer("out", new SequenceSoftmax.Builder().nOut(SYMBOLS).build(), top)
        .setOutputs("out");
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }

  private static WordEmbedding embedding() {
    return new WordEmbedding.Builder().nIn(SYMBOLS + 1).nOut(16).build();
  }

  /** The decoder reads a start, and then what it should have said before. */
  private static MultiDataSet batch(Random random) {
    float[] sources = new float[BATCH * LENGTH];
    float[] targets = new float[BATCH * LENGTH];
    float[] labels = new float[BATCH * LENGTH];
    for (int b = 0; b < BATCH; b++) {
      int before = SYMBOLS;
      for (int t = 0; t < LENGTH; t++) {
        int symbol = random.nextInt(SYMBOLS);
        sources[b * LENGTH + LENGTH - 1 - t] = symbol;
        labels[b * LENGTH + t] = symbol;
        targets[b * LENGTH + t] = before;
        before = symbol;
      }
    }
    INDArray mask = Nd4j.ones(BATCH, LENGTH);
    return new MultiDataSet(
        new INDArray[] {sequences(sources), sequences(targets)},
        new INDArray[] {sequences(labels)},
        new INDArray[] {mask, mask},
        new INDArray[] {mask});
  }

  private static INDArray sequences(float[] symbols) {
    return Nd4j.createFromArray(symbols).reshape(BATCH, 1, LENGTH);
  }
}
