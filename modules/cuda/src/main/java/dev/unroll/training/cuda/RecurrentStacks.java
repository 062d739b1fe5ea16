package dev.unroll.training.cuda;

import dev.unroll.layers.Recurrent;
import dev.unroll.layers.kernel.Cell;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Which recurrent layers of a network cuDNN computes in one call: those that follow one another
 * directly, with nothing dropped between them and nothing else that reads what is between, and are
 * of the same cell, units and directions.
 */
final class RecurrentStacks {
  private final ComputationGraph network;
  private final ComputationGraphConfiguration configuration;

  RecurrentStacks(ComputationGraph network) {
    this.network = network;
    configuration = network.getConfiguration();
  }

  /**
   * The layers that are computed with a vertex, the lowest first and itself last.
   *
   * @return the vertex alone if it is not such a layer
   */
  List<String> upTo(String name) {
    LinkedList<String> stack = new LinkedList<>(List.of(name));
    Optional<Recurrent> upper = layer(name);
    while (upper.isPresent()) {
      String below = configuration.getVertexInputs().get(stack.getFirst()).get(0);
      Optional<Recurrent> lower = layer(below);
      if (lower.isEmpty() || !follows(upper.get(), lower.get()) || !hasOneReader(below)) {
        break;
      }
      stack.addFirst(below);
      upper = lower;
    }
    return stack;
  }

  private static boolean follows(Recurrent upper, Recurrent lower) {
    return upper.getIDropout() == null
        && upper.cell() == lower.cell()
        && upper.directions() == lower.directions()
        && upper.getNOut() == lower.getNOut()
        && upper.getNIn() == lower.directions() * lower.getNOut();
  }

  private boolean hasOneReader(String name) {
    long readers =
        configuration.getVertexInputs().values().stream()
            .flatMap(List::stream)
            .filter(name::equals)
            .count();
    return readers == 1 && !configuration.getNetworkOutputs().contains(name);
  }

  /** A recurrent layer that cuDNN can compute; empty if the vertex is something else. */
  Optional<Recurrent> layer(String name) {
    return configuration.getVertices().get(name) instanceof LayerVertex vertex
            && vertex.getPreProcessor() == null
            && vertex.getLayerConf().getLayer() instanceof Recurrent layer
            && PartFactory.isPlain(layer)
            && layer.cell() != Cell.GRU
            // The second direction would need what comes after the window.
            && (layer.directions() == 1 || !carries())
        ? Optional.of(layer)
        : Optional.empty();
  }

  /** The layer that has the state of a vertex in the network; null if none is carried. */
  RecurrentLayer carrier(String name) {
    return carries() && network.getLayer(name) instanceof RecurrentLayer layer ? layer : null;
  }

  private boolean carries() {
    return configuration.getBackpropType() == BackpropType.TruncatedBPTT;
  }
}
