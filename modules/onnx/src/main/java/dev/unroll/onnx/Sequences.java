package dev.unroll.onnx;

import dev.unroll.onnx.OnnxGraph.Type;

/**
 * Sequences of different lengths side by side, as inputs of a graph:
 *
 * <pre>
 *   words    [batch, time]   12  7  4     numbers; behind the end of a sequence any that is valid, such as 0
 *                            31  0  0
 *   lengths  [batch]          3  1        0 for a sequence without any
 * </pre>
 *
 * <p>There is always a step, if only one that no sequence has.
 */
public final class Sequences {
  private final OnnxGraph graph;
  private final String steps;
  private final String lengths;
  private final String lengthsFromOne;
  private final String stepCounts;
  private String mask;

  private Sequences(OnnxGraph graph, String steps, String lengths) {
    this.graph = graph;
    this.steps = steps;
    this.lengths = lengths;
    this.lengthsFromOne = graph.node("Max", lengths, graph.scalar(1)).output();
    this.stepCounts = graph.node("Cast", lengthsFromOne).with("to", Type.INT32.code()).output();
  }

  /**
   * Adds both inputs.
   *
   * @param name of the numbers; that of the lengths is {@code lengths}
   */
  public static Sequences inputs(OnnxGraph graph, String name) {
    return new Sequences(graph, graph.steps(name), graph.input("lengths", Type.INT64, "batch"));
  }

  /** The numbers, time-major: {@code [time, batch]}. */
  public String steps() {
    return steps;
  }

  /** The number of steps of each sequence, {@code [batch]}. */
  String lengths() {
    return lengths;
  }

  /** The same but at least 1, so that something can be divided by it, or taken at its end. */
  String lengthsFromOne() {
    return lengthsFromOne;
  }

  /**
   * How far the recurrent operators read, {@code [batch]}: at least one step, which they ask for. A
   * sequence without any gives one value more than it should, which {@link #mask} takes away.
   */
  public String stepCounts() {
    return stepCounts;
  }

  /** {@code [time, 1]}: 0, 1, 2 and so on. */
  String stepNumbers() {
    String shape = graph.node("Shape", steps).output();
    String time = graph.node("Gather", shape, graph.scalar(0)).output();
    String range = graph.node("Range", graph.scalar(0), time, graph.scalar(1)).output();
    return graph.node("Unsqueeze", range, graph.constant(1)).output();
  }

  /** {@code [time, batch, 1]}: whether a sequence has a step. */
  String mask() {
    if (mask == null) {
      String valid = graph.node("Less", stepNumbers(), lengths).output();
      mask = graph.node("Unsqueeze", valid, graph.constant(2)).output();
    }
    return mask;
  }
}
