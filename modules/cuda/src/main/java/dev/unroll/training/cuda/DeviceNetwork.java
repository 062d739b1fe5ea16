package dev.unroll.training.cuda;

import dev.unroll.training.Optimizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A network on the device: the parts of its graph, and their parameters. It is put together from
 * the configuration; a layer that has no part makes the whole network one that the device cannot
 * train.
 */
final class DeviceNetwork {
  final Context context;
  final ParameterSpace space;
  final List<EmbeddingPart> tables = new ArrayList<>();
  final List<String> inputs;
  private final ComputationGraphConfiguration configuration;

  /** By name, each after those that it reads. */
  private final Map<String, Part> parts = new LinkedHashMap<>();

  /** Recurrent layers that one part computes, by the name of the last. */
  private final RecurrentStacks stacks;

  /** By the name of a part, what it reads. */
  private final Map<String, List<String>> below = new HashMap<>();

  /** A layer that the device cannot train. */
  static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unknown(String reason) {
      super(reason);
    }
  }

  /**
   * Puts a network together, and sends its parameters to the device.
   *
   * @throws Unknown if a part of it cannot be computed there; nothing stays allocated
   */
  DeviceNetwork(Gpu gpu, ComputationGraph network, Optimizer optimizer) {
    configuration = network.getConfiguration();
    inputs = configuration.getNetworkInputs();
    stacks = new RecurrentStacks(network);
    context = new Context(gpu);
    space = new ParameterSpace(gpu.cudnn());
    try {
      build(new PartFactory(context, space, network, optimizer, stacks));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void build(PartFactory factory) {
    if (configuration.getNetworkOutputs().size() != 1) {
      throw new Unknown("it has " + configuration.getNetworkOutputs().size() + " outputs");
    }
    add(output(), factory);
    if (!(parts.get(output()) instanceof OutputPart)) {
      throw new Unknown("its output has no loss");
    }
    space.allocate();
    tables.forEach(EmbeddingPart::read);
  }

  private String output() {
    return configuration.getNetworkOutputs().get(0);
  }

  private void add(String name, PartFactory factory) {
    if (inputs.contains(name) || parts.containsKey(name)) {
      return;
    }
    List<String> reads = below(name);
    reads.forEach(read -> add(read, factory));
    Part part = factory.part(name, configuration.getVertices().get(name), reads);
    if (part instanceof EmbeddingPart table) {
      tables.add(table);
    }
    if (!(part instanceof Part.OfInput)) {
      reads.stream()
          .filter(inputs::contains)
          .forEach(input -> parts.computeIfAbsent(input, read -> new InputPart(context, read)));
    }
    parts.put(name, part);
  }

  /**
   * Has all parts look at a batch.
   *
   * @return whether it can be computed here
   */
  boolean prepare(DeviceBatch batch) {
    Map<String, Lengths> lengths = new HashMap<>();
    for (Map.Entry<String, Part> entry : parts.entrySet()) {
      Part part = entry.getValue();
      List<Lengths> read = below(entry.getKey()).stream().map(lengths::get).toList();
      if (part instanceof OutputPart && !read.get(0).empty().isEmpty()) {
        return false;
      }
      if (part instanceof Part.Prepared prepared && !prepared.prepare(batch, read)) {
        return false;
      }
      lengths.put(entry.getKey(), part.lengths(read));
    }
    return true;
  }

  /** The forward and the backward pass; the gradient of all parameters is there afterwards. */
  OutputPart pass() {
    space.clearGradient();
    Map<String, Tensor> known = new HashMap<>();
    parts.forEach(
        (name, part) ->
            known.put(name, part.forward(below(name).stream().map(known::get).toList())));
    Map<String, Tensor> outer = new HashMap<>();
    List<String> backwards = new ArrayList<>(parts.keySet());
    Collections.reverse(backwards);
    for (String name : backwards) {
      List<Tensor> inner = parts.get(name).backward(outer.get(name));
      List<String> read = below(name);
      for (int i = 0; i < read.size(); i++) {
        if (inner.get(i) != null) {
          outer.merge(read.get(i), inner.get(i), this::sum);
        }
      }
    }
    return (OutputPart) parts.get(output());
  }

  /** The derivatives of what two parts read. */
  private Tensor sum(Tensor one, Tensor other) {
    int width = one.width();
    context.operations.columns(
        other.address(),
        width,
        0,
        one.address(),
        width,
        0,
        width,
        one.steps(),
        one.batch(),
        0,
        true);
    return one;
  }

  /** What a part reads; an input of the network reads nothing. */
  private List<String> below(String name) {
    return below.computeIfAbsent(
        name,
        part ->
            inputs.contains(part)
                ? List.of()
                : configuration.getVertexInputs().get(stacks.upTo(part).get(0)));
  }

  /** The parts that may carry a state. */
  List<Part.Carrying> carrying() {
    return parts.values().stream()
        .filter(Part.Carrying.class::isInstance)
        .map(Part.Carrying.class::cast)
        .toList();
  }

  void close() {
    parts.values().forEach(Part::close);
    space.close();
    context.close();
  }
}
