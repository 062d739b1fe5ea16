package dev.unroll.training.cuda;

import dev.unroll.layers.cuda.DeviceMemory;
import dev.unroll.training.AdamMoments;
import dev.unroll.training.HostStep;
import dev.unroll.training.Optimizer;
import dev.unroll.training.OptimizerConfig;
import dev.unroll.training.TrainingStep;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.DoublePointer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The steps of a training on a GPU. Parameters, gradients, moments, activations and carried states
 * stay there; up go ids, lengths, labels and learning rates, in one copy, and back come the loss
 * and the norm of the gradient.
 *
 * <pre>
 *   parcel       ids, lengths, labels, rates         →
 *   forward      gather, cuDNN, cuBLAS, softmax
 *   backward     and the gradient of all parameters
 *   norm         of it, which clips what follows without a look at it from here
 *   Adam         of all parameters, and of the rows that were touched
 *                loss and norm                       ←
 * </pre>
 *
 * <p>A batch that cuDNN cannot read, such as one with an empty sequence, is learnt from in main
 * memory.
 */
final class DeviceStep implements TrainingStep {
  private final DeviceNetwork device;
  private final Context context;
  private final Optimizer optimizer;
  private final List<AdamMoments> moments;
  private final ComputationGraphConfiguration configuration;
  private final HostStep host;

  /** The loss and the sum of squares of the gradient. */
  private final DeviceMemory sums;

  private final DoublePointer found = new DoublePointer(2);

  /**
   * Steps from where network and optimizer are.
   *
   * @throws DeviceNetwork.Unknown if the network cannot be computed on the device
   */
  DeviceStep(Gpu gpu, ComputationGraph network, Optimizer optimizer) {
    this.optimizer = optimizer;
    device = new DeviceNetwork(gpu, network, optimizer);
    context = device.context;
    moments = optimizer.moments();
    configuration = network.getConfiguration();
    host = new HostStep(network, optimizer);
    sums = new DeviceMemory(gpu.cudnn()).reserve(2L * Double.BYTES);
    device.carrying().forEach(Part.Carrying::readState);
  }

  @Override
  public Result step(
      MultiDataSet batch, double learningRate, double divisor, ToDoubleFunction<String> factors) {
    if (!(learningRate >= 0) || !(divisor > 0)) {
      throw new IllegalArgumentException(
          "learning rate must be 0 or more and divisor above 0, got %s and %s"
              .formatted(learningRate, divisor));
    }
    // Other trainings, and layers that answer, take turns with this.
    synchronized (context.gpu.cudnn()) {
      context.parcel.clear();
      DeviceBatch seen = new DeviceBatch(device.inputs, batch, context.parcel);
      return device.prepare(seen)
          ? step(seen.size(), learningRate, divisor, factors)
          : onHost(batch, learningRate, divisor, factors);
    }
  }

  private Result step(
      int sequences, double learningRate, double divisor, ToDoubleFunction<String> factors) {
    double[] factor = moments.stream().mapToDouble(m -> factors.applyAsDouble(m.layer())).toArray();
    Parcel.Item included = context.parcel.add(included(factor));
    Parcel.Item rules = context.parcel.add(rules(learningRate, factor));
    context.parcel.send();
    OutputPart output = pass();
    long squares = sums.address() + Double.BYTES;
    norm(factor, included.address(), squares);
    update(rules.address(), squares, divisor);
    return result(output, sequences, divisor);
  }

  private OutputPart pass() {
    context.arena.begin();
    context.iteration = configuration.getIterationCount();
    OutputPart output = device.pass();
    if (output.losses() == 0) {
      context.gpu.cudnn().clear(sums.address(), Double.BYTES);
    } else {
      context.operations.totalFloats(output.losses(), output.lossCount(), sums.address());
    }
    return output;
  }

  private static int[] included(double[] factor) {
    int[] included = new int[factor.length];
    for (int i = 0; i < included.length; i++) {
      included[i] = factor[i] == 0 ? 0 : 1;
    }
    return included;
  }

  /** For each parameter the learning rate with Adam's corrections, and what decay leaves of it. */
  private float[] rules(double learningRate, double[] factor) {
    OptimizerConfig config = optimizer.config();
    long step = optimizer.steps() + 1;
    double bias1 = 1 - Math.pow(config.beta1(), step);
    double bias2 = 1 - Math.pow(config.beta2(), step);
    float[] rules = new float[2 * factor.length];
    for (int i = 0; i < factor.length; i++) {
      double rate = learningRate * factor[i];
      rules[2 * i] = (float) (rate * Math.sqrt(bias2) / bias1);
      rules[2 * i + 1] = moments.get(i).decays() ? (float) (1 - rate * config.weightDecay()) : 1;
    }
    return rules;
  }

  /** Sums the squares of the gradient of all that learns. */
  private void norm(double[] factor, long included, long squares) {
    int count = device.space.chunkCount();
    for (EmbeddingPart table : device.tables) {
      count += counts(table, factor) ? table.partials() : 0;
    }
    long partials = context.arena.take(count * (long) Double.BYTES);
    device.space.squares(context.operations, included, partials);
    long at = partials + device.space.chunkCount() * (long) Double.BYTES;
    for (EmbeddingPart table : device.tables) {
      if (counts(table, factor)) {
        table.squares(at);
        at += table.partials() * (long) Double.BYTES;
      }
    }
    context.operations.total(partials, count, squares);
  }

  private static boolean counts(EmbeddingPart table, double[] factor) {
    return table.trained() && factor[table.number()] != 0;
  }

  private void update(long rules, long squares, double divisor) {
    OptimizerConfig config = optimizer.config();
    AdamScalars scalars =
        new AdamScalars(
            (float) config.beta1(),
            (float) config.beta2(),
            (float) config.epsilon(),
            config.clip(),
            divisor);
    device.space.update(context.operations, rules, squares, scalars);
    for (EmbeddingPart table : device.tables) {
      if (table.trained()) {
        table.update(rules, squares, scalars);
      }
    }
  }

  private Result result(OutputPart output, int batch, double divisor) {
    context.gpu.cudnn().download(sums.address(), found, 2L * Double.BYTES);
    double loss = (found.get(0) + output.lossHere()) / batch;
    double norm = Math.sqrt(found.get(1)) / divisor;
    configuration.setIterationCount(configuration.getIterationCount() + 1);
    if (Double.isFinite(norm)) {
      optimizer.goOnFrom(optimizer.steps() + 1);
      device.tables.stream().filter(EmbeddingPart::trained).forEach(EmbeddingPart::updated);
    }
    return new Result(loss, norm);
  }

  private Result onHost(
      MultiDataSet batch, double learningRate, double divisor, ToDoubleFunction<String> factors) {
    updateNetwork();
    updateMoments();
    Result result = host.step(batch, learningRate, divisor, factors);
    device.space.read();
    device.tables.forEach(EmbeddingPart::read);
    device.carrying().forEach(Part.Carrying::readState);
    return result;
  }

  /** Fetches the gradient of the last step, as a sum over the batch, by parameter. */
  void gradient(Function<AdamMoments, float[]> room) {
    device.space.gradient(room);
    device.tables.stream().filter(EmbeddingPart::trained).forEach(table -> table.gradient(room));
  }

  @Override
  public void forget() {
    device.carrying().forEach(Part.Carrying::forget);
    host.forget();
  }

  @Override
  public void updateNetwork() {
    synchronized (context.gpu.cudnn()) {
      device.space.writeValues();
      device.tables.forEach(EmbeddingPart::writeValues);
    }
  }

  @Override
  public void updateMoments() {
    synchronized (context.gpu.cudnn()) {
      device.space.writeMoments();
      device.tables.forEach(EmbeddingPart::writeMoments);
      device.carrying().forEach(Part.Carrying::writeState);
    }
  }

  @Override
  public void close() {
    device.close();
    sums.free();
    found.close();
  }
}
