package dev.unroll.benchmarks;

import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Gru;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.Recurrent;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The networks of a {@link Work}, of our layers and of Deeplearning4j's. */
final class Graphs {
  private Graphs() {}

  static ComputationGraph ours(Work work) {
    GraphBuilder graph = builder(InputType.recurrent(work.tagger() ? 1 : Work.CHARACTERS));
    if (work.tagger()) {
      graph.addLayer(
          "words",
          new WordEmbedding.Builder().nIn(Work.WORDS).nOut(Work.DIMENSIONS).build(),
          "input");
      graph.addLayer("top", new Bidirectional(layer(work)), "words");
    } else {
      String below = "input";
      for (int i = 1; i < work.layers(); i++) {
        graph.addLayer("layer" + i, layer(work), below);
        below = "layer" + i;
      }
      graph.addLayer("top", layer(work), below);
    }
    graph.addLayer("output", new SequenceSoftmax.Builder().nOut(work.classes()).build(), "top");
    return built(graph);
  }

  /** PyTorch's GRU resets after the product with the state, so ours does here. */
  private static Recurrent layer(Work work) {
    return work.gru()
        ? new Gru.Builder().resetAfter(true).nOut(work.hidden()).build()
        : new Lstm.Builder().nOut(work.hidden()).build();
  }

  /** Deeplearning4j has no GRU. */
  static ComputationGraph stock(Work work) {
    GraphBuilder graph = builder(null);
    if (work.tagger()) {
      // Told the type of the input, it would take the number of steps for that of words.
      graph.addLayer(
          "words",
          new EmbeddingSequenceLayer.Builder()
              .nIn(Work.WORDS)
              .nOut(Work.DIMENSIONS)
              .inputLength(work.steps())
              .outputDataFormat(RNNFormat.NCW)
              .build(),
          "input");
      graph.addLayer(
          "top",
          new org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional(
              stock(Work.DIMENSIONS, work.hidden())),
          "words");
    } else {
      String below = "input";
      for (int i = 1; i < work.layers(); i++) {
        int inputs = i == 1 ? Work.CHARACTERS : work.hidden();
        graph.addLayer("layer" + i, stock(inputs, work.hidden()), below);
        below = "layer" + i;
      }
      graph.addLayer("top", stock(work.hidden(), work.hidden()), below);
    }
    graph.addLayer(
        "output",
        new RnnOutputLayer.Builder(LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .nIn(work.tagger() ? 2 * work.hidden() : work.hidden())
            .nOut(work.classes())
            .dataFormat(RNNFormat.NCW)
            .build(),
        "top");
    return built(graph);
  }

  private static LSTM stock(int inputs, int hidden) {
    return new LSTM.Builder()
        .nIn(inputs)
        .nOut(hidden)
        .activation(Activation.TANH)
        .dataFormat(RNNFormat.NCW)
        .build();
  }

  private static GraphBuilder builder(InputType input) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-3))
            .graphBuilder()
            .addInputs("input");
    return input == null ? graph : graph.setInputTypes(input);
  }

  private static ComputationGraph built(GraphBuilder graph) {
    ComputationGraph network = new ComputationGraph(graph.setOutputs("output").build());
    network.init();
    return network;
  }
}
