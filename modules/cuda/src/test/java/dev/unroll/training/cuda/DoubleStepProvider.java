package dev.unroll.training.cuda;

import dev.unroll.training.Optimizer;
import dev.unroll.training.TrainingStep;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Has trainings take their steps on a double of a device, for tests that ask for it. */
public final class DoubleStepProvider implements TrainingStep.Provider {
  static boolean asked;

  @Override
  public Optional<TrainingStep> of(ComputationGraph network, Optimizer optimizer) {
    return asked
        ? Optional.of(new DeviceStep(TestGpu.open(), network, optimizer))
        : Optional.empty();
  }
}
