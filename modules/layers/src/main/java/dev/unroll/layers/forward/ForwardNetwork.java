package dev.unroll.layers.forward;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/**
 * The forward pass of a trained network of stacked layers, from its one input to its one output.
 *
 * <pre>{@code
 * ForwardNetwork network = ForwardNetwork.of(configuration, parameters);
 * float[] probabilities = network.read(Steps.of(lengths, 1, (b, t, f) -> ids[b][t])).toArray();
 * }</pre>
 *
 * <p>It gives what {@code ComputationGraph.output} gives, up to the last bits of the output layer's
 * products. Nothing is dropped, and no gradient can follow.
 *
 * <p>The parameters are used where they lie, and must not change after the first pass. Serves one
 * thread at a time; {@link #twin} is for another.
 */
public final class ForwardNetwork {
  private final ComputationGraphConfiguration configuration;
  private final ParameterTable parameters;
  private final List<ForwardPart> parts;

  private ForwardNetwork(
      ComputationGraphConfiguration configuration,
      ParameterTable parameters,
      List<ForwardPart> parts) {
    this.configuration = configuration;
    this.parameters = parameters;
    this.parts = parts;
  }

  /**
   * The network of a configuration.
   *
   * @throws IllegalArgumentException if a layer cannot be computed so, or its parameters are not
   *     there
   */
  public static ForwardNetwork of(
      ComputationGraphConfiguration configuration, ParameterTable parameters) {
    List<String> outputs = configuration.getNetworkOutputs();
    if (outputs.size() != 1) {
      throw new IllegalArgumentException("expected a network of one output, got " + outputs);
    }
    List<ForwardPart> parts = new ArrayList<>();
    String name = outputs.get(0);
    while (!configuration.getNetworkInputs().contains(name)) {
      parts.add(0, part(configuration, name, parameters));
      List<String> inputs = configuration.getVertexInputs().get(name);
      if (inputs.size() != 1) {
        throw new IllegalArgumentException("expected \"%s\" to read one layer".formatted(name));
      }
      name = inputs.get(0);
    }
    return new ForwardNetwork(configuration, parameters, parts);
  }

  private static ForwardPart part(
      ComputationGraphConfiguration configuration, String name, ParameterTable table) {
    LayerParameters own = (key, shape) -> table.values(name + "_" + key, shape);
    GraphVertex vertex = configuration.getVertices().get(name);
    if (vertex instanceof LayerVertex layerVertex && layerVertex.getPreProcessor() == null) {
      Layer layer = layerVertex.getLayerConf().getLayer();
      if (layer instanceof ForwardPart.Source source) {
        return source.forward(own);
      }
      if (layer instanceof OutputLayer output
          && output.getActivationFn() instanceof ActivationSoftmax) {
        return DenseSoftmax.of(output, own);
      }
    }
    throw new IllegalArgumentException(
        "there is no forward pass alone for \"%s\" (%s)"
            .formatted(name, vertex.getClass().getSimpleName()));
  }

  /** Another network with the same parameters. */
  public ForwardNetwork twin() {
    return of(configuration, parameters);
  }

  /** The output for a batch, until the next one is read. */
  public Steps read(Steps batch) {
    Steps values = batch;
    for (ForwardPart part : parts) {
      values = part.read(values);
    }
    return values;
  }
}
