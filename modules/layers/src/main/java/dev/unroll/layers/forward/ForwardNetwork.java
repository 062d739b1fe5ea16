package dev.unroll.layers.forward;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * The forward pass of a trained network, from its inputs to its one output.
 *
 * <pre>{@code
 * ForwardNetwork network = ForwardNetwork.of(configuration, parameters);
 * Steps words = Steps.of(lengths, 1, (example, step, feature) -> ids[example][step]);
 * float[] probabilities = network.read(List.of(words)).toArray();
 * }</pre>
 *
 * <p>It gives what {@code ComputationGraph.output} gives, up to the last bits of a linear layer's
 * products; a conditional random field gives its scores. Nothing is dropped, and no gradient can
 * follow.
 *
 * <p>The parameters are used where they lie; after they have changed, {@link #refresh} must be
 * called. Serves one thread at a time; {@link #twin} is for another.
 */
public final class ForwardNetwork {
  private final ComputationGraphConfiguration configuration;
  private final ParameterTable parameters;

  /** By name, each after those that it reads. */
  private final Map<String, ForwardPart> parts = new LinkedHashMap<>();

  private ForwardNetwork(ComputationGraphConfiguration configuration, ParameterTable parameters) {
    this.configuration = configuration;
    this.parameters = parameters;
    add(output());
  }

  /**
   * The network of a configuration.
   *
   * @throws IllegalArgumentException if the parameters of a layer are not there. A layer that
   *     cannot be computed so is refused when something is read that needs it.
   */
  public static ForwardNetwork of(
      ComputationGraphConfiguration configuration, ParameterTable parameters) {
    if (configuration.getNetworkOutputs().size() != 1) {
      throw new IllegalArgumentException(
          "expected a network of one output, got " + configuration.getNetworkOutputs());
    }
    return new ForwardNetwork(configuration, parameters);
  }

  private String output() {
    return configuration.getNetworkOutputs().get(0);
  }

  private void add(String name) {
    if (parts.containsKey(name) || configuration.getNetworkInputs().contains(name)) {
      return;
    }
    configuration.getVertexInputs().get(name).forEach(this::add);
    ForwardPart part = part(name, configuration.getVertices().get(name));
    if (part != null) {
      parts.put(name, part);
    }
  }

  /** Null if there is no forward pass alone for it. */
  private ForwardPart part(String name, GraphVertex vertex) {
    LayerParameters own = new LayerParameters(parameters, name);
    if (vertex instanceof ForwardPart.Source source) {
      return source.forward(own);
    }
    if (vertex instanceof ForwardPart.Above above) {
      return above.above(parts.get(configuration.getVertexInputs().get(name).get(0)));
    }
    if (vertex instanceof MergeVertex) {
      return new Columns.Merged();
    }
    if (vertex instanceof SubsetVertex subset) {
      return new Columns.Some(subset.getFrom(), subset.getTo());
    }
    if (vertex instanceof LayerVertex layerVertex && layerVertex.getPreProcessor() == null) {
      Layer layer = layerVertex.getLayerConf().getLayer();
      if (layer instanceof ForwardPart.Source source) {
        return source.forward(own);
      }
      if (layer instanceof OutputLayer output
          && output.getActivationFn() instanceof ActivationSoftmax) {
        return new Softmax(Linear.of(output, output.hasBias(), own));
      }
      if (layer instanceof DenseLayer dense
          && dense.getActivationFn() instanceof ActivationTanH
          && !dense.hasLayerNorm()) {
        return new Tanh(Linear.of(dense, dense.hasBias(), own));
      }
    }
    return null;
  }

  private ForwardPart existing(String name) {
    ForwardPart part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException(
          "there is no forward pass alone for \"%s\" (%s)"
              .formatted(name, configuration.getVertices().get(name).getClass().getSimpleName()));
    }
    return part;
  }

  /** What it computes. */
  public ComputationGraphConfiguration configuration() {
    return configuration;
  }

  /** Where its parameters lie. */
  public ParameterTable parameters() {
    return parameters;
  }

  /** Another network with the same parameters. */
  public ForwardNetwork twin() {
    return of(configuration, parameters);
  }

  /**
   * Has each sequence of a batch go on where that of the batch before ended, as long sequences do
   * that are read window by window; the next batch begins with zeros. Until {@link #forget}.
   *
   * @throws IllegalStateException if a layer reads the future too
   */
  public void carry() {
    parts.values().forEach(ForwardPart::carry);
  }

  /** Has the sequences of every batch begin with zeros again. */
  public void forget() {
    parts.values().forEach(ForwardPart::forget);
  }

  /** Takes the parameters as they are now. */
  public void refresh() {
    parts.values().forEach(ForwardPart::refresh);
  }

  /** The part that gives the output. */
  public ForwardPart last() {
    return existing(output());
  }

  /**
   * The output for a batch, until the next one is read.
   *
   * @param inputs one a network's input, in their order
   */
  public Steps read(List<Steps> inputs) {
    return read(inputs, List.of(output())).get(0);
  }

  /**
   * What some layers or other vertices give, in the order of their names, until the next batch is
   * read; nothing is computed that they do not need.
   *
   * @param inputs one a network's input, in their order
   */
  public List<Steps> read(List<Steps> inputs, List<String> vertices) {
    List<String> names = configuration.getNetworkInputs();
    if (inputs.size() != names.size()) {
      throw new IllegalArgumentException(
          "expected the inputs %s, got %d".formatted(names, inputs.size()));
    }
    Map<String, Steps> known = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      known.put(names.get(i), inputs.get(i));
    }
    return vertices.stream().map(vertex -> value(vertex, known)).toList();
  }

  private Steps value(String name, Map<String, Steps> known) {
    Steps value = known.get(name);
    if (value == null) {
      ForwardPart part = existing(name);
      List<Steps> below = new ArrayList<>();
      for (String input : configuration.getVertexInputs().get(name)) {
        below.add(value(input, known));
      }
      value = part.read(below);
      known.put(name, value);
    }
    return value;
  }
}
