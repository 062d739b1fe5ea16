package dev.unroll.onnx;

import dev.unroll.layers.characters.CharacterConvolution;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link CharacterConvolution}: the vectors of a word's characters, zeros beyond its ends; the
 * largest response of each filter to a window around one of them; and tanh.
 */
final class ConvolutionNodes {
  private final OnnxGraph graph;
  private final Spellings spellings;

  ConvolutionNodes(OnnxGraph graph, Spellings spellings) {
    this.graph = graph;
    this.spellings = spellings;
  }

  /**
   * Adds a layer.
   *
   * @param parameters of the layer, by the names that it has for them
   * @return {@code [time, batch, filters]}
   */
  String add(String name, CharacterConvolution layer, Function<String, INDArray> parameters) {
    String table = graph.parameter(name + ".C", parameters.apply("C"));
    String all = graph.node("Gather", table, spellings.words()).output();
    String own = where(2, all, graph.scalar(0f));
    String channels = graph.node("Transpose", own).withAll("perm", 0, 2, 1).output();
    String responses =
        graph
            .node("Conv", channels, filters(name, layer, parameters.apply("W")))
            .withAll("pads", (layer.window() - 1) / 2, layer.window() / 2)
            .output();
    String best =
        graph
            .node("ReduceMax", where(1, responses, graph.scalar(Float.NEGATIVE_INFINITY)))
            .withAll("axes", 2)
            .with("keepdims", 0)
            .output();
    String bias = graph.parameter(name + ".b", parameters.apply("b"));
    String sum = graph.node("Add", best, bias).output();
    return spellings.byStep(graph.node("Tanh", sum).output(), layer.getNOut());
  }

  private String where(int axis, String there, String otherwise) {
    String valid = graph.node("Unsqueeze", spellings.valid(), graph.constant(axis)).output();
    return graph.node("Where", valid, there, otherwise).output();
  }

  /** From {@code [window x dimensions, filters]} to {@code [filters, dimensions, window]}. */
  private String filters(String name, CharacterConvolution layer, INDArray weights) {
    long[] shape = {layer.window(), layer.dimensions(), layer.getNOut()};
    return graph.parameter(name + ".W", weights.dup('c').reshape('c', shape).permute(2, 1, 0));
  }
}
