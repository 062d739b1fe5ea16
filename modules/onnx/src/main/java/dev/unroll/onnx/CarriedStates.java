package dev.unroll.onnx;

import dev.unroll.onnx.OnnxGraph.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The states of a stack of recurrent layers as inputs and outputs of a graph, so that a sequence
 * can be read in pieces:
 *
 * <pre>
 *   h, c            [layers, batch, hidden]   where to begin; zeros at the beginning of a text
 *   nextH, nextC    [layers, batch, hidden]   after the last step: the h and c of the next call
 * </pre>
 *
 * <p>{@code c} is the memory of an LSTM; other cells have none.
 */
public final class CarriedStates {
  private final OnnxGraph graph;
  private final int hidden;
  private final List<String> inputs;

  /** By kind of state, a value a layer. */
  private final List<List<String>> last = new ArrayList<>();

  private final int layers;
  private int read;

  private CarriedStates(OnnxGraph graph, int layers, int hidden, List<String> inputs) {
    this.graph = graph;
    this.layers = layers;
    this.hidden = hidden;
    this.inputs = inputs;
    inputs.forEach(input -> last.add(new ArrayList<>()));
  }

  /**
   * Adds the inputs.
   *
   * @param memory whether the cell has a memory beside its state
   */
  public static CarriedStates inputs(OnnxGraph graph, int layers, int hidden, boolean memory) {
    List<String> names = memory ? List.of("h", "c") : List.of("h");
    names.forEach(name -> graph.input(name, Type.FLOAT, layers, "batch", hidden));
    return new CarriedStates(graph, layers, hidden, names);
  }

  /** The states in which the next layer begins, from below; {@code [1, batch, hidden]} each. */
  List<String> next() {
    String layer = graph.constant(read++);
    return inputs.stream()
        .map(input -> graph.node("Gather", input, layer).with("axis", 0).output())
        .toList();
  }

  /** The states in which that layer ended, of the same shape. */
  void handOn(List<String> states) {
    for (int kind = 0; kind < states.size(); kind++) {
      last.get(kind).add(states.get(kind));
    }
  }

  /** Adds the outputs, once all layers have been added, from below. */
  public void outputs() {
    for (int kind = 0; kind < inputs.size(); kind++) {
      String all =
          graph.node("Concat", last.get(kind).toArray(String[]::new)).with("axis", 0).output();
      String name = "next" + inputs.get(kind).toUpperCase(Locale.ROOT);
      graph.output(name, all, Type.FLOAT, layers, "batch", hidden);
    }
  }
}
