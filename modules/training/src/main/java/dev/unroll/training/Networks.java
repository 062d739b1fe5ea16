package dev.unroll.training;

import dev.unroll.data.UserError;
import dev.unroll.layers.TiedWeights;
import dev.unroll.layers.kernel.Precision;
import java.util.function.Predicate;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes networks of configurations. */
public final class Networks {
  private Networks() {}

  /**
   * The network of {@code configuration}, initialised from its seed.
   *
   * @throws UserError if the machine cannot compute in the {@link Precision} that was chosen
   */
  public static ComputationGraph of(ComputationGraphConfiguration configuration) {
    precision();
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    TiedWeights.connect(network);
    return network;
  }

  /**
   * What the configurations of all tasks begin with. Deeplearning4j's own way to give the seed sets
   * that of ND4J's random numbers too, for which it loads all of ND4J; a network sets it when it is
   * initialised.
   *
   * @param seed of what the parameters begin with; any number
   */
  public static NeuralNetConfiguration.Builder seeded(long seed) {
    return new SeededBuilder(seed);
  }

  private static final class SeededBuilder extends NeuralNetConfiguration.Builder {
    SeededBuilder(long seed) {
      // Deeplearning4j takes 0 for "no seed".
      this.seed = seed == 0 ? Long.MIN_VALUE : seed;
    }
  }

  /** What networks compute in. */
  static Precision precision() {
    try {
      return Precision.chosen();
    } catch (IllegalArgumentException e) {
      throw UserError.usage(e.getMessage());
    }
  }

  /**
   * Lets parameters of a network begin with those of another one.
   *
   * @param copied which, by names such as {@code recurrent1_W}; the others stay as they are
   * @throws IllegalArgumentException if the other one lacks one of them, or has it in another shape
   */
  public static void copy(
      ComputationGraph from, ComputationGraph network, Predicate<String> copied) {
    network
        .paramTable()
        .forEach(
            (name, values) -> {
              if (copied.test(name)) {
                INDArray found = from.getParam(name);
                if (found == null || !found.equalShapes(values)) {
                  throw new IllegalArgumentException(
                      name + " is not of the size that it has in the network to begin with");
                }
                values.assign(found);
              }
            });
  }
}
