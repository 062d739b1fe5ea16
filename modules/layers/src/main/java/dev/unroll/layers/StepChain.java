package dev.unroll.layers;

import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.forward.ParameterTable;
import dev.unroll.layers.output.OutputSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * What a {@link Stepper} does at a step, found by going down from the output of a network along the
 * first inputs. What else the network has, such as an encoder, is for the states to begin with.
 *
 * @param embedding at the bottom, or null if vectors are read
 * @param width how many numbers a sequence reads at a step
 * @param parts from below
 * @param output at the top
 */
record StepChain(EmbeddingSteps embedding, int width, List<StepPart> parts, OutputSteps output) {

  static StepChain of(
      ComputationGraphConfiguration configuration,
      ParameterTable parameters,
      Map<String, StepFunction> functions) {
    List<String> outputs = configuration.getNetworkOutputs();
    if (outputs.size() != 1) {
      throw new IllegalArgumentException(
          "only a network of one output is read by steps, not of " + outputs);
    }
    String name = outputs.get(0);
    if (!(layer(configuration, name) instanceof OutputSteps.Source source)) {
      throw doesNotFit(configuration, name);
    }
    OutputSteps output = source.steps(new LayerParameters(parameters, name));
    List<StepPart> parts = new ArrayList<>();
    while (true) {
      name = configuration.getVertexInputs().get(name).get(0);
      if (configuration.getNetworkInputs().contains(name)) {
        return new StepChain(null, width(parts), parts, output);
      }
      Layer layer = layer(configuration, name);
      LayerParameters own = new LayerParameters(parameters, name);
      if (functions.containsKey(name)) {
        parts.add(0, new StepPart.Function(functions.get(name)));
      } else if (layer instanceof Recurrent cell && cell.directions() == 1) {
        parts.add(0, new StepPart.Cell(cell.steps(own)));
      } else if (layer instanceof SequenceProjection projection) {
        parts.add(0, new StepPart.Projection(projection.forward(own)));
      } else if (layer instanceof WordEmbedding words) {
        return new StepChain(words.steps(own), 1, parts, output);
      } else if (!(configuration.getVertices().get(name) instanceof InitialState)) {
        throw doesNotFit(configuration, name);
      }
    }
  }

  private static int width(List<StepPart> parts) {
    if (!parts.isEmpty() && parts.get(0) instanceof StepPart.Cell cell) {
      return cell.steps().shape().inputs();
    }
    throw new IllegalArgumentException(
        "only a network that begins with an embedding or a recurrent layer is read by steps");
  }

  /** The layer of that name, if nothing is done to its input; otherwise null. */
  private static Layer layer(ComputationGraphConfiguration configuration, String name) {
    GraphVertex vertex = configuration.getVertices().get(name);
    boolean plain = vertex instanceof LayerVertex layer && layer.getPreProcessor() == null;
    return plain ? ((LayerVertex) vertex).getLayerConf().getLayer() : null;
  }

  private static IllegalArgumentException doesNotFit(
      ComputationGraphConfiguration configuration, String name) {
    GraphVertex vertex = configuration.getVertices().get(name);
    Object what = vertex instanceof LayerVertex layer ? layer.getLayerConf().getLayer() : vertex;
    return new IllegalArgumentException(
        ("only an embedding, recurrent layers of one direction, projections and a softmax, stacked, are read by"
                + " steps; name a function for \"%s\" (%s)")
            .formatted(name, what.getClass().getSimpleName()));
  }
}
