package dev.unroll.generation.language;

import dev.unroll.data.NetworkConfig;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.training.RecurrentStack;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.weights.WeightInit;

/**
 * The network of a language model, many to many:
 *
 * <pre>
 *   symbols     [batch, 1, time]           ids
 *   embedding   [batch, dimensions, time]  a vector a symbol
 *   recurrent   [batch, hidden, time]      one or more layers, from the past to the future
 *   output      [batch, symbols, time]     softmax over the next symbol
 * </pre>
 *
 * @param network the recurrent layers, in one direction
 * @param dimensions of a symbol's vector
 * @param tied whether symbols are read and predicted with the same vectors
 * @param embeddingDropout probability with which a symbol's vector loses a value in training
 * @param window steps through which errors are carried back
 * @param seed of the initial parameters and of dropout
 */
public record LanguageNetwork(
    NetworkConfig network,
    int dimensions,
    boolean tied,
    double embeddingDropout,
    int window,
    long seed) {
  /** The name of the layer that has a vector for each symbol. */
  public static final String EMBEDDING = "embedding";

  /** The name of the layer that predicts. */
  public static final String OUTPUT = "output";

  /** What the network will be for so many symbols, with nothing allocated yet. */
  public ComputationGraphConfiguration configuration(int symbols) {
    var graph =
        new NeuralNetConfiguration.Builder()
            // Deeplearning4j takes 0 for "no seed".
            .seed(seed == 0 ? Long.MIN_VALUE : seed)
            .weightInit(WeightInit.XAVIER)
            .graphBuilder()
            .backpropType(BackpropType.TruncatedBPTT)
            .tBPTTForwardLength(window)
            .tBPTTBackwardLength(window)
            .addInputs("symbols")
            .setInputTypes(InputType.recurrent(1));
    graph.addLayer(
        EMBEDDING, new WordEmbedding.Builder().nIn(symbols).nOut(dimensions).build(), "symbols");
    String top = RecurrentStack.add(graph, EMBEDDING, network, embeddingDropout, seed);
    graph.addLayer(
        OUTPUT,
        new SequenceSoftmax.Builder()
            .nOut(symbols)
            .tiedTo(tied ? EMBEDDING : null)
            .dropOut(RecurrentStack.dropout(network.dropout(), seed, 0))
            .build(),
        top);
    return graph.setOutputs(OUTPUT).build();
  }
}
