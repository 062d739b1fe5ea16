package dev.unroll.training.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.training.GradientStep;
import dev.unroll.training.HostStep;
import dev.unroll.training.Optimizer;
import dev.unroll.training.OptimizerConfig;
import dev.unroll.training.TrainingStep;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A network twice, one trained in main memory, and one on a device or its double. */
final class StepPair implements AutoCloseable {
  static final OptimizerConfig CONFIG = OptimizerConfig.adam().withClip(0.5).withWeightDecay(0.01);

  static final double RATE = 0.02;
  final ComputationGraph one;
  final ComputationGraph other;
  final Optimizer hostOptimizer;
  final Optimizer deviceOptimizer;
  final TrainingStep host;
  final DeviceStep device;

  StepPair(Supplier<ComputationGraph> network) {
    this(network, TestGpu.open());
  }

  /** With a double, where it is asked what it did. */
  StepPair(Supplier<ComputationGraph> network, Gpu gpu) {
    one = network.get();
    other = network.get();
    hostOptimizer = new Optimizer(one, CONFIG);
    deviceOptimizer = new Optimizer(other, CONFIG);
    host = new HostStep(one, hostOptimizer);
    device = new DeviceStep(gpu, other, deviceOptimizer);
  }

  /** A step of each, of which loss and norm are the same. */
  void step(MultiDataSet batch) {
    step(batch, layer -> 1);
  }

  /** The same with a factor of the learning rate for each layer. */
  void step(MultiDataSet batch, ToDoubleFunction<String> factors) {
    double size = batch.getFeatures(0).size(0);
    TrainingStep.Result expected = host.step(batch, RATE, size, factors);
    TrainingStep.Result actual = device.step(batch, RATE, size, factors);
    assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-5 * expected.loss()));
    assertThat(actual.norm()).isCloseTo(expected.norm(), within(1e-4 * expected.norm()));
  }

  void assertSameParameters() {
    device.updateNetwork();
    assertThat(values(other)).containsExactly(values(one), within(2e-4f));
  }

  static float[] values(ComputationGraph network) {
    return network.params().dup().data().asFloat();
  }

  /** The gradient itself, before Adam makes a step of about the same size of whatever there is. */
  static void assertSameGradient(Supplier<ComputationGraph> network, MultiDataSet batch) {
    ComputationGraph one = network.get();
    ComputationGraph other = network.get();
    new Optimizer(one, CONFIG); // so that there is a place for the gradient
    GradientStep.compute(one, batch);
    Map<String, float[]> found = new HashMap<>();
    try (DeviceStep device = new DeviceStep(TestGpu.open(), other, new Optimizer(other, CONFIG))) {
      device.step(batch, RATE, 1, layer -> 1);
      device.gradient(
          moments ->
              found.computeIfAbsent(
                  moments.layer() + "_" + moments.key(),
                  name -> new float[(int) other.getParam(name).length()]));
    }
    assertThat(found.keySet()).isEqualTo(one.paramTable().keySet());
    found.forEach(
        (name, values) ->
            assertThat(values).as(name).containsExactly(gradient(one, name), within(2e-5f)));
  }

  /** That of a parameter, in the order in which it lies. */
  private static float[] gradient(ComputationGraph network, String name) {
    INDArray values = network.getParam(name);
    long from =
        (NativeMemory.address(values) - NativeMemory.address(network.params())) / Float.BYTES;
    INDArray flat = network.getFlattenedGradients();
    return flat.reshape(flat.length())
        .get(NDArrayIndex.interval(from, from + values.length()))
        .dup()
        .data()
        .asFloat();
  }

  @Override
  public void close() {
    device.close();
  }
}
