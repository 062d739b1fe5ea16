package dev.unroll.onnx;

import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Recurrent;
import dev.unroll.layers.characters.CharacterConvolution;
import dev.unroll.layers.output.AdaptiveSoftmax;
import dev.unroll.layers.pooling.SequencePooling;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The layers of a network, each as operators of ONNX with the parameters that it has in the
 * network. Sequences are {@code [time, batch, features]}. A layer is known by its name in the
 * network, whose layer of that name has to be of the kind that a method adds ({@link
 * ClassCastException}).
 */
public final class NetworkNodes {
  private final OnnxGraph graph;
  private final ComputationGraph network;

  /** Layers of {@code network}, to be added to {@code graph}. */
  public NetworkNodes(OnnxGraph graph, ComputationGraph network) {
    this.graph = graph;
    this.network = network;
  }

  private <L extends Layer> L layer(String name, Class<L> type) {
    return type.cast(network.getLayer(name).conf().getLayer());
  }

  private INDArray parameter(String layer, String key) {
    return network.getLayer(layer).getParam(key);
  }

  /**
   * A {@link dev.unroll.layers.WordEmbedding}.
   *
   * @param numbers of words, of any shape
   * @return the same shape, and the dimensions behind it
   */
  public String embedding(String layer, String numbers) {
    return graph.node("Gather", weights(layer), numbers).output();
  }

  /** The parameters {@code W}, added once: layers may share them. */
  private String weights(String layer) {
    String name = layer + ".W";
    return graph.has(name) ? name : graph.parameter(name, parameter(layer, "W"));
  }

  /**
   * A {@link Recurrent} layer, also a {@link Bidirectional} one.
   *
   * @param x {@code [time, batch, in]}
   * @param counts {@link Sequences#stepCounts}
   * @return {@code [time, batch, directions * hidden]}; zeros behind the end of a sequence
   */
  public String recurrent(String layer, String x, String counts) {
    Recurrent recurrent = layer(layer, Recurrent.class);
    String y = operator(layer, x, counts, List.of()).get(0);
    long directions = recurrent instanceof Bidirectional ? 2 : 1;
    // The operator puts the directions before the batch.
    String byExample = graph.node("Transpose", y).withAll("perm", 0, 2, 1, 3).output();
    String shape = graph.constant(0, 0, directions * recurrent.getNOut());
    return graph.node("Reshape", byExample, shape).output();
  }

  /**
   * A {@link Recurrent} layer of one direction that begins in given states, and hands on its last.
   *
   * @param x {@code [time, batch, in]}
   * @return {@code [time, batch, hidden]}
   */
  public String recurrent(String layer, String x, CarriedStates states) {
    List<String> outputs = operator(layer, x, "", states.next());
    states.handOn(outputs.subList(1, outputs.size()));
    return graph.node("Squeeze", outputs.get(0), graph.constant(1)).output();
  }

  private List<String> operator(String layer, String x, String counts, List<String> states) {
    return new RecurrentNodes(
            graph, layer, layer(layer, Recurrent.class), key -> parameter(layer, key))
        .add(x, counts, states);
  }

  /**
   * A {@link SequencePooling}.
   *
   * @param x {@code [time, batch, features]}
   * @return {@code [batch, summaries * features]}
   */
  public String pooling(String layer, String x, Sequences sequences) {
    return new PoolingNodes(graph, sequences, x).add(layer(layer, SequencePooling.class));
  }

  /**
   * A linear layer: {@code x W + b}.
   *
   * @param x {@code [..., in]}
   * @return {@code [..., out]}
   */
  public String linear(String layer, String x) {
    return affine(layer, x, weights(layer), "b");
  }

  /**
   * The same with the transposed table of an embedding, {@code [out, in]}, for weights.
   *
   * @param layer which has {@code b}
   * @param x {@code [..., in]}
   * @return {@code [..., out]}
   */
  public String tied(String layer, String x, String embedding) {
    return affine(layer, x, graph.node("Transpose", weights(embedding)).output(), "b");
  }

  private String affine(String layer, String x, String weights, String biasKey) {
    String product = graph.node("MatMul", x, weights).output();
    float[] values = parameter(layer, biasKey).dup('c').data().asFloat();
    String bias = graph.parameter(layer + "." + biasKey, values, values.length);
    return graph.node("Add", product, bias).output();
  }

  private String matrix(String layer, String key) {
    return graph.parameter(layer + "." + key, parameter(layer, key));
  }

  /**
   * An {@link AdaptiveSoftmax}: the head, of which the last classes are the tails, and what is
   * within each of these (E. Grave et al., <i>Efficient softmax approximation for GPUs</i>, ICML
   * 2017).
   *
   * @param x {@code [..., in]}
   * @return natural logarithms of the probabilities, {@code [..., classes]}
   */
  public String adaptiveLogSoftmax(String layer, String x) {
    AdaptiveSoftmax softmax = layer(layer, AdaptiveSoftmax.class);
    List<Integer> cutoffs = softmax.cutoffs();
    int frequent = cutoffs.get(0);
    String head = logSoftmax(linear(layer, x));
    List<String> byRank = new ArrayList<>(List.of(columns(head, 0, frequent)));
    for (int tail = 1; tail <= cutoffs.size(); tail++) {
      String projected = graph.node("MatMul", x, matrix(layer, "P" + tail)).output();
      String within = logSoftmax(affine(layer, projected, matrix(layer, "W" + tail), "b" + tail));
      String chosen = columns(head, frequent + tail - 1, frequent + tail);
      byRank.add(graph.node("Add", within, chosen).output());
    }
    String ranks = graph.indices(layer + ".ranks", softmax.ranks());
    return graph.node("Gather", concatenation(byRank), ranks).with("axis", -1).output();
  }

  private String columns(String x, long from, long to) {
    return graph
        .node("Slice", x, graph.constant(from), graph.constant(to), graph.constant(-1))
        .output();
  }

  /** The softmax over the last dimension; the same shape. */
  public String softmax(String x) {
    return graph.node("Softmax", x).with("axis", -1).output();
  }

  /** The natural logarithm of the softmax over the last dimension; the same shape. */
  public String logSoftmax(String x) {
    return graph.node("LogSoftmax", x).with("axis", -1).output();
  }

  /** Each number, or {@code least} where that is larger; the same shape. */
  public String atLeast(String x, float least) {
    return graph.node("Max", x, graph.scalar(least)).output();
  }

  /**
   * A {@link CharacterConvolution}.
   *
   * @return {@code [time, batch, filters]}
   */
  public String convolution(String layer, Spellings spellings) {
    return new ConvolutionNodes(graph, spellings)
        .add(layer, layer(layer, CharacterConvolution.class), key -> parameter(layer, key));
  }

  /**
   * An embedding of characters and a {@link Bidirectional} layer that reads a word, of which the
   * last state of each direction is kept.
   *
   * @return {@code [time, batch, 2 * hidden]}
   */
  public String spelling(String characters, String reader, Spellings spellings) {
    String vectors = embedding(characters, spellings.columns());
    String last = operator(reader, vectors, spellings.counts(), List.of()).get(1);
    String byWord = graph.node("Transpose", last).withAll("perm", 1, 0, 2).output();
    return spellings.byStep(byWord, 2 * layer(reader, Recurrent.class).getNOut());
  }

  /**
   * Features side by side.
   *
   * @param features {@code [time, batch, …]} each
   * @return {@code [time, batch, features]}, as many as all have together
   */
  public String concatenation(List<String> features) {
    return features.size() == 1
        ? features.get(0)
        : graph.node("Concat", features.toArray(String[]::new)).with("axis", -1).output();
  }

  /** From {@code [time, batch, features]} to {@code [batch, time, features]}, as outputs are. */
  public String batchMajor(String x) {
    return graph.node("Transpose", x).withAll("perm", 1, 0, 2).output();
  }
}
