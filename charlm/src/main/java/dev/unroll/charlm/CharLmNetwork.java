package dev.unroll.charlm;

import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.training.Networks;
import dev.unroll.training.RecurrentStack;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;

/**
 * The network, many to many:
 *
 * <pre>
 *   symbols     [batch, 1, time]           ids
 *   embedding   [batch, dimensions, time]  a vector a symbol
 *   recurrent   [batch, hidden, time]      one or more layers, from the past to the future
 *   output      [batch, symbols, time]     softmax over the next symbol
 * </pre>
 */
final class CharLmNetwork {
  static final String EMBEDDING = "embedding";
  static final String OUTPUT = "output";

  private CharLmNetwork() {}

  /** The network of {@code config}, initialised from its seed. */
  static ComputationGraph build(CharLmConfig config, int symbols) {
    return Networks.of(configuration(config, symbols));
  }

  /** What the network will be, with nothing allocated yet. */
  static ComputationGraphConfiguration configuration(CharLmConfig config, int symbols) {
    long seed = config.training().seed();
    var graph =
        new NeuralNetConfiguration.Builder()
            // Deeplearning4j takes 0 for "no seed".
            .seed(seed == 0 ? Long.MIN_VALUE : seed)
            .weightInit(WeightInit.XAVIER)
            .graphBuilder()
            .backpropType(BackpropType.TruncatedBPTT)
            .tBPTTForwardLength(config.window())
            .tBPTTBackwardLength(config.window())
            .addInputs("symbols")
            .setInputTypes(InputType.recurrent(1));
    graph.addLayer(
        EMBEDDING,
        new WordEmbedding.Builder().nIn(symbols).nOut(config.dimensions()).build(),
        "symbols");
    String top =
        RecurrentStack.add(graph, EMBEDDING, config.network(), config.embeddingDropout(), seed);
    graph.addLayer(
        OUTPUT,
        new SequenceSoftmax.Builder()
            .nOut(symbols)
            .tiedTo(config.tied() ? EMBEDDING : null)
            .dropOut(RecurrentStack.dropout(config.network().dropout(), seed, 0))
            .build(),
        top);
    return graph.setOutputs(OUTPUT).build();
  }
}
