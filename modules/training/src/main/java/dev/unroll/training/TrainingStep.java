package dev.unroll.training;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The steps of a training: the gradient of a batch, and the update. {@link HostStep} takes them in
 * main memory, where the network and the optimizer are; a {@link Provider} may take them on a
 * device that has memory of its own. The network and the optimizer are then brought up to date only
 * when somebody wants to look at them.
 *
 * <p>Serves one thread at a time.
 */
public interface TrainingStep extends AutoCloseable {

  /**
   * What a step found before its update.
   *
   * @param loss as {@link GradientStep#compute} defines it: averaged over the sequences of the
   *     batch
   * @param norm of the gradient before clipping; if it is not finite, nothing was updated
   */
  record Result(double loss, double norm) {}

  /**
   * Learns from a batch; see {@link GradientStep#compute} and {@link Optimizer#step}.
   *
   * @param divisor what the gradient is divided by, such as the number of examples
   * @param factors what the learning rate is multiplied by, for a layer by its name
   */
  Result step(
      MultiDataSet batch, double learningRate, double divisor, ToDoubleFunction<String> factors);

  /** Has recurrent layers forget the state that they carry from batch to batch. */
  void forget();

  /** Brings the parameters of the network up to date. */
  void updateNetwork();

  /** Brings up to date what a checkpoint needs besides: Adam's moments and carried states. */
  void updateMoments();

  /** Gives back what the steps needed; the network is not brought up to date. */
  @Override
  void close();

  /**
   * The steps of a training that goes on from where the network and the optimizer are now: of the
   * first {@link Provider} that has some for such a network, or else {@link HostStep}.
   */
  static TrainingStep of(ComputationGraph network, Optimizer optimizer) {
    return ServiceLoader.load(Provider.class, Provider.class.getClassLoader()).stream()
        .flatMap(provider -> provider.get().of(network, optimizer).stream())
        .findFirst()
        .orElseGet(() -> new HostStep(network, optimizer));
  }

  /** Who takes steps elsewhere; found by {@link ServiceLoader}. */
  interface Provider {
    /** Empty if it cannot be used, or does not know a layer of the network. */
    Optional<TrainingStep> of(ComputationGraph network, Optimizer optimizer);
  }
}
