package dev.unroll.onnx;

import dev.unroll.onnx.OnnxGraph.Type;

/**
 * The characters of words as an input of a graph:
 *
 * <pre>
 *   characters   [batch, time, letters]   1 7 2 .    a row a word, its numbers from 1 on;
 *                                         1 7 9 2    0 behind its last one, and where there is no word
 * </pre>
 *
 * <p>Within the graph each word is a sequence of its own, {@code time * batch} of them.
 */
public final class Spellings {
  private final OnnxGraph graph;
  private final String timeMajor;
  private final String words;
  private final String valid;

  private Spellings(OnnxGraph graph, String characters) {
    this.graph = graph;
    timeMajor = graph.node("Transpose", characters).withAll("perm", 1, 0, 2).output();
    String letters = graph.node("Shape", timeMajor).with("start", 2).output();
    String shape = graph.node("Concat", graph.constant(-1), letters).with("axis", 0).output();
    words = graph.node("Reshape", timeMajor, shape).output();
    valid = graph.node("Greater", words, graph.scalar(0)).output();
  }

  /**
   * Adds the input.
   *
   * @throws IllegalArgumentException if the graph has a value of that name
   */
  public static Spellings input(OnnxGraph graph, String name) {
    return new Spellings(graph, graph.input(name, Type.INT64, "batch", "time", "letters"));
  }

  /** {@code [time * batch, letters]}. */
  String words() {
    return words;
  }

  /** {@code [letters, time * batch]}. */
  String columns() {
    return graph.node("Transpose", words).withAll("perm", 1, 0).output();
  }

  /** {@code [time * batch, letters]}: whether there is a character. */
  String valid() {
    return valid;
  }

  /** The number of characters of each word, {@code [time * batch]}, but at least 1. */
  String counts() {
    String ones = graph.node("Cast", valid).with("to", Type.INT64.code()).output();
    String sum = graph.node("ReduceSum", ones, graph.constant(1)).with("keepdims", 0).output();
    String least = graph.node("Max", sum, graph.scalar(1)).output();
    return graph.node("Cast", least).with("to", Type.INT32.code()).output();
  }

  /**
   * Puts the words where they stand.
   *
   * @param features {@code [time * batch, …]} with so many features a word
   * @return {@code [time, batch, features]}
   */
  String byStep(String features, long size) {
    String steps = graph.node("Shape", timeMajor).with("end", 2).output();
    String shape = graph.node("Concat", steps, graph.constant(size)).with("axis", 0).output();
    return graph.node("Reshape", features, shape).output();
  }
}
