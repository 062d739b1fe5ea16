package dev.unroll.sentiment;

import dev.unroll.layers.WordEmbedding;
import dev.unroll.training.Networks;
import dev.unroll.training.RecurrentStack;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The network, many to one:
 *
 * <pre>
 *   words       [batch, 1, time]           ids
 *   embedding   [batch, dimensions, time]  a vector a word
 *   recurrent   [batch, width, time]       one or more layers, one or both directions
 *   pooling     [batch, width or twice it] over the steps that are words
 *   output      [batch, labels]            softmax
 * </pre>
 */
final class SentimentNetwork {
  static final String EMBEDDING = "embedding";
  static final String OUTPUT = "output";

  private SentimentNetwork() {}

  /** The network of {@code config}, initialised from its seed. */
  static ComputationGraph build(SentimentConfig config, int words, int labels) {
    return Networks.of(configuration(config, words, labels));
  }

  /** What the network will be, with nothing allocated yet. */
  static ComputationGraphConfiguration configuration(
      SentimentConfig config, int words, int labels) {
    return graph(config, words, labels).setOutputs(OUTPUT).build();
  }

  /** The same, without saying yet what its outputs are. */
  static GraphBuilder graph(SentimentConfig config, int words, int labels) {
    long seed = config.training().seed();
    var graph =
        Networks.seeded(seed)
            .weightInit(WeightInit.XAVIER)
            .graphBuilder()
            .addInputs("words")
            .setInputTypes(InputType.recurrent(1));
    graph.addLayer(
        EMBEDDING,
        new WordEmbedding.Builder()
            .nIn(words)
            .nOut(config.dimensions())
            .frozen(config.freezeVectors())
            .build(),
        "words");
    String top =
        RecurrentStack.add(graph, EMBEDDING, config.network(), config.embeddingDropout(), seed);
    graph.addLayer("pooling", config.pooling().layer(), top);
    graph.addLayer(
        OUTPUT,
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(labels)
            .activation(Activation.SOFTMAX)
            .dropOut(RecurrentStack.dropout(config.network().dropout(), seed, 0))
            .build(),
        "pooling");
    return graph;
  }
}
