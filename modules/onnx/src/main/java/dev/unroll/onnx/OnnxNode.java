package dev.unroll.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import org.nd4j.shade.protobuf.ByteString;

/** An operator that is being added to a graph, with its attributes. */
final class OnnxNode {
  private final GraphProto.Builder graph;
  private final NodeProto.Builder node;

  /**
   * Begins one.
   *
   * @param name its own, and the beginning of the names of its outputs
   * @param inputs names of values; an empty one for an input that is left out
   */
  OnnxNode(GraphProto.Builder graph, String operator, String name, String... inputs) {
    this.graph = graph;
    this.node =
        NodeProto.newBuilder().setOpType(operator).setName(name).addAllInput(Arrays.asList(inputs));
  }

  /** An attribute that is a whole number. */
  OnnxNode with(String attribute, long value) {
    node.addAttribute(
        AttributeProto.newBuilder().setName(attribute).setType(AttributeType.INT).setI(value));
    return this;
  }

  /** An attribute that is a list of whole numbers, also of one. */
  OnnxNode withAll(String attribute, long... values) {
    node.addAttribute(
        AttributeProto.newBuilder()
            .setName(attribute)
            .setType(AttributeType.INTS)
            .addAllInts(LongStream.of(values).boxed().collect(Collectors.toList())));
    return this;
  }

  /** An attribute that is a text. */
  OnnxNode with(String attribute, String value) {
    node.addAttribute(
        AttributeProto.newBuilder()
            .setName(attribute)
            .setType(AttributeType.STRING)
            .setS(ByteString.copyFromUtf8(value)));
    return this;
  }

  /** Adds it to the graph; the name of its one output. */
  String output() {
    return outputs(1).get(0);
  }

  /** Adds it to the graph; the names of its outputs. */
  List<String> outputs(int count) {
    List<String> names =
        IntStream.range(0, count)
            .mapToObj(i -> i == 0 ? node.getName() : node.getName() + "_" + i)
            .toList();
    graph.addNode(node.addAllOutput(names));
    return names;
  }
}
