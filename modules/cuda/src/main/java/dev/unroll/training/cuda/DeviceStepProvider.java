package dev.unroll.training.cuda;

import dev.unroll.layers.Recurrent;
import dev.unroll.layers.cuda.CudnnProvider;
import dev.unroll.layers.cuda.LargeBatches;
import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.Kernels;
import dev.unroll.training.Optimizer;
import dev.unroll.training.TrainingStep;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a training take its steps on the GPU, if that is what the recurrent layers compute with. What
 * cannot be done there is done as without: the layers alone are then computed on the GPU.
 */
public final class DeviceStepProvider implements TrainingStep.Provider {
  /** System property: with {@code host} the steps are taken in main memory, layers on the GPU. */
  public static final String PROPERTY = "unroll.cuda.step";

  private static final Logger LOG = LoggerFactory.getLogger(DeviceStepProvider.class);

  @Override
  public Optional<TrainingStep> of(ComputationGraph network, Optimizer optimizer) {
    // Asking for the kernel opens the device.
    if (!wanted()
        || !large(network)
        || !Kernels.get(Cell.LSTM, DataType.FLOAT).name().equals(CudnnProvider.NAME)) {
      return Optional.empty();
    }
    Optional<CudnnProvider.Opened> opened = CudnnProvider.opened();
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try {
      Gpu gpu = new NvidiaGpu(opened.get().cudnn(), opened.get().arithmetic());
      return Optional.of(
          new CheckedStep(
              new DeviceStep(gpu, network, optimizer),
              network,
              optimizer,
              opened.get().arithmetic()));
    } catch (DeviceNetwork.Unknown e) {
      LOG.warn(
          "Only the recurrent layers are computed on the GPU, as {}, which has no part there yet.",
          e.getMessage());
    } catch (LinkageError | IllegalStateException e) {
      LOG.warn("Only the recurrent layers are computed on the GPU: {}", e.getMessage());
    }
    return Optional.empty();
  }

  private static boolean wanted() {
    String value = System.getProperty(PROPERTY, "device");
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "device" -> true;
      case "host" -> false;
      default ->
          throw new IllegalStateException(
              "%s must be device or host, got %s".formatted(PROPERTY, value));
    };
  }

  /** Whether a layer is large enough for a GPU. */
  private static boolean large(ComputationGraph network) {
    int from = LargeBatches.chosen();
    return Arrays.stream(network.getLayers())
        .map(layer -> layer.conf().getLayer())
        .anyMatch(layer -> layer instanceof Recurrent recurrent && recurrent.getNOut() >= from);
  }
}
