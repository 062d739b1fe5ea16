package dev.unroll.training.cuda;

import dev.unroll.layers.cuda.Arithmetic;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.training.AdamMoments;
import dev.unroll.training.GradientStep;
import dev.unroll.training.HostStep;
import dev.unroll.training.Optimizer;
import dev.unroll.training.TrainingStep;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps on a device, the first of which is computed in main memory too: if loss or gradient differ
 * by more than rounding, a warning says so and all steps are taken in main memory. Nobody has seen
 * all devices, drivers and libraries.
 */
final class CheckedStep implements TrainingStep {
  private static final double FLOAT_TOLERANCE = 1e-3;

  /** Factors of TF32 are off by 2^-11 each, and a gradient is a long chain of them. */
  private static final double TF32_TOLERANCE = 5e-2;

  /** What share of the whole gradient a parameter may be off by in any case. */
  private static final double SHARE = 0.01;

  private static final Logger LOG = LoggerFactory.getLogger(CheckedStep.class);

  private final DeviceStep device;
  private final ComputationGraph network;
  private final Optimizer optimizer;
  private final double tolerance;
  private TrainingStep taken;
  private boolean checked;

  CheckedStep(
      DeviceStep device, ComputationGraph network, Optimizer optimizer, Arithmetic arithmetic) {
    this.device = device;
    this.network = network;
    this.optimizer = optimizer;
    tolerance = arithmetic == Arithmetic.TF32 ? TF32_TOLERANCE : FLOAT_TOLERANCE;
    taken = device;
  }

  @Override
  public Result step(
      MultiDataSet batch, double learningRate, double divisor, ToDoubleFunction<String> factors) {
    if (checked) {
      return taken.step(batch, learningRate, divisor, factors);
    }
    checked = true;
    ComputationGraphConfiguration configuration = network.getConfiguration();
    int iteration = configuration.getIterationCount();
    double loss = GradientStep.compute(network, batch);
    Map<String, float[]> expected = new HashMap<>();
    optimizer.moments().forEach(moments -> expected.put(name(moments), gradient(moments)));
    configuration.setIterationCount(iteration);
    long steps = optimizer.steps();
    Result result = device.step(batch, learningRate, divisor, factors);
    Optional<String> wrong = difference(loss, expected, result);
    if (wrong.isEmpty()) {
      return result;
    }
    LOG.warn(
        "The GPU computes something else than the processor, which trains now: {}; please report it.",
        wrong.get());
    taken = new HostStep(network, optimizer);
    optimizer.goOnFrom(steps);
    return new Result(loss, optimizer.step(learningRate, divisor, factors));
  }

  private Optional<String> difference(double loss, Map<String, float[]> expected, Result result) {
    if (!(Math.abs(result.loss() - loss) <= tolerance * Math.abs(loss))) {
      return Optional.of("the loss is %g and not %g".formatted(result.loss(), loss));
    }
    Map<String, float[]> actual = new HashMap<>();
    device.gradient(
        moments ->
            actual.computeIfAbsent(
                name(moments), name -> new float[expected.get(name(moments)).length]));
    double all = Math.sqrt(expected.values().stream().mapToDouble(CheckedStep::squares).sum());
    for (Map.Entry<String, float[]> entry : actual.entrySet()) {
      float[] right = expected.get(entry.getKey());
      double off = distance(entry.getValue(), right);
      double norm = Math.sqrt(squares(right));
      if (!(off <= tolerance * (norm + SHARE * all))) {
        return Optional.of(
            "the gradient of %s, of norm %g, is off by %g".formatted(entry.getKey(), norm, off));
      }
    }
    return Optional.empty();
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  private static double distance(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = (double) one[i] - other[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  private static String name(AdamMoments moments) {
    return moments.layer() + "_" + moments.key();
  }

  /** A parameter's gradient in main memory, which lies as its values do. */
  private float[] gradient(AdamMoments moments) {
    INDArray values = network.getLayer(moments.layer()).getParam(moments.key());
    long from = NativeMemory.address(values) - NativeMemory.address(network.params());
    float[] copy = new float[Math.toIntExact(values.length())];
    FloatPointer all = NativeMemory.floats(network.getFlattenedGradients());
    all.getPointer(from / Float.BYTES).get(copy);
    return copy;
  }

  @Override
  public void forget() {
    taken.forget();
  }

  @Override
  public void updateNetwork() {
    taken.updateNetwork();
  }

  @Override
  public void updateMoments() {
    taken.updateMoments();
  }

  @Override
  public void close() {
    device.close();
  }
}
