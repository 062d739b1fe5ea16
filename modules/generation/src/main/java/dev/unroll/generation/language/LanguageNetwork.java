package dev.unroll.generation.language;

import dev.unroll.data.NetworkConfig;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.output.AdaptiveSoftmax;
import dev.unroll.training.Networks;
import dev.unroll.training.RecurrentStack;
import java.util.List;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.WeightInit;

/**
 * The network of a language model, many to many:
 *
 * <pre>
 *   symbols     [batch, 1, time]           ids
 *   embedding   [batch, dimensions, time]  a vector a symbol
 *   recurrent   [batch, hidden, time]      one or more layers, from the past to the future
 *   output      [batch, symbols, time]     softmax over the next symbol, full or adaptive
 * </pre>
 *
 * @param network the recurrent layers, in one direction
 * @param dimensions of a symbol's vector
 * @param tied whether symbols are read and predicted with the same vectors
 * @param embeddingDropout probability with which a symbol's vector loses a value in training
 * @param window steps through which errors are carried back
 * @param seed of the initial parameters and of dropout
 * @param cutoffs where the tails of an {@link AdaptiveSoftmax} begin; none for a full softmax.
 *     Symbols are numbered by falling frequency then, but for the last, which ends lines and is the
 *     most frequent
 */
public record LanguageNetwork(
    NetworkConfig network,
    int dimensions,
    boolean tied,
    double embeddingDropout,
    int window,
    long seed,
    List<Integer> cutoffs) {
  /** The name of the layer that has a vector for each symbol. */
  public static final String EMBEDDING = "embedding";

  /** The name of the layer that predicts. */
  public static final String OUTPUT = "output";

  /** Refuses an adaptive softmax that is tied. */
  public LanguageNetwork {
    cutoffs = List.copyOf(cutoffs);
    if (tied && !cutoffs.isEmpty()) {
      throw new IllegalArgumentException("an adaptive softmax is not tied to an embedding");
    }
  }

  /** With a full softmax. */
  public LanguageNetwork(
      NetworkConfig network,
      int dimensions,
      boolean tied,
      double embeddingDropout,
      int window,
      long seed) {
    this(network, dimensions, tied, embeddingDropout, window, seed, List.of());
  }

  /** What the network will be for so many symbols, with nothing allocated yet. */
  public ComputationGraphConfiguration configuration(int symbols) {
    var graph =
        Networks.seeded(seed)
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
    IDropout dropout = RecurrentStack.dropout(network.dropout(), seed, 0);
    graph.addLayer(OUTPUT, output(symbols, cutoffs, tied ? EMBEDDING : null, dropout), top);
    return graph.setOutputs(OUTPUT).build();
  }

  /** The layer that predicts; {@code tiedTo} is null for one with weights of its own. */
  static Layer output(int symbols, List<Integer> cutoffs, String tiedTo, IDropout dropout) {
    return cutoffs.isEmpty()
        ? new SequenceSoftmax.Builder().nOut(symbols).tiedTo(tiedTo).dropOut(dropout).build()
        : new AdaptiveSoftmax.Builder()
            .nOut(symbols)
            .cutoffs(cutoffs.stream().mapToInt(Integer::intValue).toArray())
            .frequent(symbols - 1)
            .dropOut(dropout)
            .build();
  }
}
