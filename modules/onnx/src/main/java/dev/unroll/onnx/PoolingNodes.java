package dev.unroll.onnx;

import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;

/** {@link SequencePooling}: summaries over the steps that a sequence has; zeros if it has none. */
final class PoolingNodes {
  private static final double HALF = 0.5;

  private final OnnxGraph graph;
  private final Sequences sequences;
  private final String x;

  /**
   * Of the steps of some sequences.
   *
   * @param x {@code [time, batch, features]}
   */
  PoolingNodes(OnnxGraph graph, Sequences sequences, String x) {
    this.graph = graph;
    this.sequences = sequences;
    this.x = x;
  }

  /** {@code [batch, summaries * features]}. */
  String add(SequencePooling layer) {
    if (layer.summaries().contains(Summary.MIDDLE) && layer.middle() != HALF) {
      throw new IllegalArgumentException(
          "the step in the middle is exported, and that at " + layer.middle() + " is not");
    }
    String[] summaries = layer.summaries().stream().map(this::add).toArray(String[]::new);
    return summaries.length == 1
        ? summaries[0]
        : graph.node("Concat", summaries).with("axis", 1).output();
  }

  private String add(Summary summary) {
    return switch (summary) {
      case MAX -> largest();
      case MEAN -> mean();
      case LAST -> at(graph.node("Sub", sequences.lengths(), graph.scalar(1)).output());
      case FIRST -> at(graph.scalar(0));
      case MIDDLE -> at(middle());
    };
  }

  private String largest() {
    String valid = where(sequences.mask(), x, graph.scalar(Float.NEGATIVE_INFINITY));
    String largest = graph.node("ReduceMax", valid).withAll("axes", 0).with("keepdims", 0).output();
    String any = graph.node("Greater", column(sequences.lengths()), graph.scalar(0)).output();
    return where(any, largest, graph.scalar(0f));
  }

  /** Of an even number of steps the one before the middle. */
  private String middle() {
    String last = graph.node("Sub", sequences.lengthsFromOne(), graph.scalar(1)).output();
    return graph.node("Div", last, graph.scalar(2)).output();
  }

  private String mean() {
    String count =
        graph
            .node("Cast", column(sequences.lengthsFromOne()))
            .with("to", OnnxGraph.Type.FLOAT.code())
            .output();
    return graph.node("Div", sum(sequences.mask()), count).output();
  }

  /** The value at a step, which may be none. */
  private String at(String step) {
    String here = graph.node("Equal", sequences.stepNumbers(), step).output();
    String one = graph.node("Unsqueeze", here, graph.constant(2)).output();
    return sum(graph.node("And", one, sequences.mask()).output());
  }

  private String sum(String chosen) {
    return graph
        .node("ReduceSum", where(chosen, x, graph.scalar(0f)), graph.constant(0))
        .with("keepdims", 0)
        .output();
  }

  private String where(String condition, String then, String otherwise) {
    return graph.node("Where", condition, then, otherwise).output();
  }

  private String column(String row) {
    return graph.node("Unsqueeze", row, graph.constant(1)).output();
  }
}
