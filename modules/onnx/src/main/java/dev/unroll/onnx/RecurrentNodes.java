package dev.unroll.onnx;

import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Recurrent;
import dev.unroll.layers.kernel.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A recurrent layer as one of ONNX's operators {@code LSTM}, {@code GRU} and {@code RNN}.
 *
 * <p>Our matrices {@code [in, gates * hidden]} lie column by column, which is row by row {@code
 * [gates * hidden, in]}, as the operators want them; only the blocks change places:
 *
 * <pre>
 *   LSTM   ours  g f o i   ONNX  i o f c
 *   GRU    ours  r u g     ONNX  z r h      our u is its z, how much of the old state stays
 * </pre>
 *
 * <p>The operators add two biases, of the input and of the recurrence; all but the gated recurrent
 * unit that resets after the product have the second one zero.
 */
final class RecurrentNodes {
  private final OnnxGraph graph;
  private final String name;
  private final Recurrent layer;
  private final Function<String, INDArray> parameters;
  private final Operator operator;

  /** Of the names of parameters, one a direction. */
  private final List<String> prefixes;

  /**
   * A layer.
   *
   * @param parameters of the layer, by the names that it has for them
   */
  RecurrentNodes(
      OnnxGraph graph, String name, Recurrent layer, Function<String, INDArray> parameters) {
    this.graph = graph;
    this.name = name;
    this.layer = layer;
    this.parameters = parameters;
    this.operator = Operator.of(layer.cell());
    this.prefixes = layer instanceof Bidirectional ? List.of("f", "b") : List.of("");
  }

  /**
   * What computes a cell.
   *
   * @param blocks which of our blocks is its first, its second and so on
   */
  private record Operator(String name, List<Integer> blocks) {
    static Operator of(Cell cell) {
      return switch (cell) {
        case LSTM -> new Operator("LSTM", List.of(3, 2, 1, 0));
        case GRU, GRU_RESET_AFTER -> new Operator("GRU", List.of(1, 0, 2));
        case TANH -> new Operator("RNN", List.of(0));
      };
    }
  }

  /**
   * Adds the operator.
   *
   * @param x {@code [time, batch, in]}
   * @param counts steps of each sequence, {@code [batch]}; empty if all have all
   * @param states to begin in, {@code [directions, batch, hidden]} each; none for zeros
   * @return the output {@code [time, directions, batch, hidden]}, and the last states
   */
  List<String> add(String x, String counts, List<String> states) {
    long directions = prefixes.size();
    long rows = (long) operator.blocks().size() * hidden();
    long in = parameters.apply(prefixes.get(0) + "W").size(0);
    List<String> inputs = new ArrayList<>();
    inputs.add(x);
    inputs.add(graph.parameter(name + ".W", join("W"), directions, rows, in));
    inputs.add(graph.parameter(name + ".R", join("RW"), directions, rows, hidden()));
    inputs.add(graph.parameter(name + ".B", biases(), directions, 2 * rows));
    inputs.add(counts);
    inputs.addAll(states);
    OnnxNode node =
        graph
            .node(operator.name(), inputs.toArray(String[]::new))
            .with("hidden_size", hidden())
            .with("direction", directions == 2 ? "bidirectional" : "forward");
    if (operator.name().equals("GRU")) {
      node.with("linear_before_reset", layer.cell() == Cell.GRU_RESET_AFTER ? 1 : 0);
    }
    return node.outputs(layer.cell().hasMemory() ? 3 : 2);
  }

  private int hidden() {
    return Math.toIntExact(layer.getNOut());
  }

  /** A matrix of each direction. */
  private float[] join(String key) {
    return join(
        prefixes.stream()
            .map(prefix -> reordered(parameters.apply(prefix + key), operator.blocks()))
            .toList());
  }

  /** Of each direction the biases of the input, and those of the recurrence. */
  private float[] biases() {
    List<float[]> parts = new ArrayList<>();
    for (String prefix : prefixes) {
      INDArray ours = parameters.apply(prefix + "b");
      float[] input = reordered(ours, operator.blocks());
      float[] recurrence = new float[input.length];
      if (layer.cell() == Cell.GRU_RESET_AFTER) {
        float[] candidate = reordered(ours, List.of(layer.cell().gates()));
        System.arraycopy(candidate, 0, recurrence, input.length - hidden(), hidden());
      }
      parts.addAll(List.of(input, recurrence));
    }
    return join(parts);
  }

  /** Some blocks of a matrix, or of a bias, in another order, each row after row. */
  private float[] reordered(INDArray ours, List<Integer> blocks) {
    float[] values = ours.dup('f').data().asFloat();
    int block = ours.rank() == 1 ? hidden() : hidden() * Math.toIntExact(ours.size(0));
    float[] theirs = new float[blocks.size() * block];
    for (int i = 0; i < blocks.size(); i++) {
      System.arraycopy(values, blocks.get(i) * block, theirs, i * block, block);
    }
    return theirs;
  }

  private static float[] join(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
