package dev.unroll.training;

import dev.unroll.layers.RowSparse;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Parallel;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Adam with global-norm clipping, decoupled weight decay of weights but not biases, and lazy
 * updates of the tables of {@link RowSparse} layers, whose other rows are neither read nor written.
 *
 * <p>It takes the place of Deeplearning4j's updater: {@link GradientStep} leaves a gradient in the
 * network, {@link #step} applies it. The result is the same to the last bit for any number of
 * threads. Layers of type {@code FrozenLayer} stay as they are.
 *
 * <p>Not safe for use by several threads, as the network is not.
 */
public final class Optimizer {
  private static final int FORMAT = 1;

  private final OptimizerConfig config;
  private final List<Parameter> parameters = new ArrayList<>();

  private long steps;

  /**
   * An optimizer that has made no step.
   *
   * @param network initialised, of type float
   */
  public Optimizer(ComputationGraph network, OptimizerConfig config) {
    this.config = config;
    if (network.params().dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "the optimizer works on networks of FLOAT, got " + network.params().dataType());
    }
    if (network.getFlattenedGradients() == null) {
      network.initGradientsView();
    }
    long found = 0;
    for (Layer layer : network.getLayers()) {
      found += layer.numParams();
      if (!(layer instanceof FrozenLayer)) {
        add(network, layer);
      }
    }
    if (found != network.numParams()) {
      throw new IllegalArgumentException(
          "only parameters of layers can be trained: layers have "
              + found
              + " of the network's "
              + network.numParams());
    }
  }

  private void add(ComputationGraph network, Layer layer) {
    INDArray flatValues = network.params();
    INDArray flatGradient = network.getFlattenedGradients();
    flatGradient = flatGradient.reshape(flatGradient.length());
    ParamInitializer kinds = layer.conf().getLayer().initializer();
    for (Map.Entry<String, INDArray> entry : layer.paramTable().entrySet()) {
      INDArray values = entry.getValue();
      long from = (NativeMemory.address(values) - NativeMemory.address(flatValues)) / Float.BYTES;
      var stretch = NDArrayIndex.interval(from, from + values.length());
      INDArray gradient = flatGradient.get(stretch);
      String layerName = layer.conf().getLayer().getLayerName();
      boolean decays = kinds.isWeightParam(layer.conf().getLayer(), entry.getKey());
      if (layer instanceof RowSparse sparse && sparse.table().equals(entry.getKey())) {
        parameters.add(new SparseParameter(layerName, sparse, values, gradient, decays));
      } else {
        parameters.add(
            new DenseParameter(
                layerName, entry.getKey(), flatValues.get(stretch), gradient, decays));
      }
    }
  }

  /**
   * Applies the gradient that the network holds, once: tables of {@link RowSparse} layers are
   * cleared.
   *
   * @param learningRate 0 or more
   * @param divisor what the sum that the gradient is stands for, such as the number of examples
   * @return the norm of the divided gradient before clipping. If it is not finite, nothing was
   *     updated and the step does not count
   */
  public double step(double learningRate, double divisor) {
    return step(learningRate, divisor, layer -> 1);
  }

  /**
   * The same, with layers that learn faster or slower than others.
   *
   * @param factors what the learning rate is multiplied by, for a layer by its name; a layer with 0
   *     stays as it is, and its gradient does not count in the norm
   */
  public double step(double learningRate, double divisor, ToDoubleFunction<String> factors) {
    if (!(learningRate >= 0) || !(divisor > 0)) {
      throw new IllegalArgumentException(
          "learning rate must be 0 or more and divisor above 0, got "
              + learningRate
              + " and "
              + divisor);
    }
    double[] factor =
        parameters.stream().mapToDouble(p -> factors.applyAsDouble(p.layer())).toArray();
    double norm = Math.sqrt(squaredNorm(factor)) / divisor;
    if (Double.isFinite(norm)) {
      steps++;
      double clipped = config.clip() > 0 && norm > config.clip() ? config.clip() / norm : 1;
      AdamRule[] rules = new AdamRule[factor.length];
      for (int i = 0; i < factor.length; i++) {
        // With a rate of 0 the moments go on, so that they are right once the layer begins to
        // learn.
        double rate = learningRate * factor[i];
        rules[i] = new AdamRule(config, rate, steps, clipped / divisor);
      }
      forEachPart((i, part) -> parameters.get(i).update(part, rules[i]));
    }
    parameters.forEach(Parameter::consumed);
    return norm;
  }

  private double squaredNorm(double[] factor) {
    double[][] sums = new double[factor.length][];
    Arrays.setAll(sums, i -> new double[parameters.get(i).parts()]);
    forEachPart(
        (i, part) -> sums[i][part] = factor[i] == 0 ? 0 : parameters.get(i).squaredNorm(part));
    double squares = 0;
    for (double[] ofParameter : sums) {
      double sum = 0;
      for (double part : ofParameter) {
        sum += part;
      }
      squares += sum;
    }
    return squares;
  }

  /** Does something with a part of parameter {@code i}. */
  private interface PartOf {
    void accept(int i, int part);
  }

  /** All parts of all parameters at once: most parameters are too small for several threads. */
  private void forEachPart(PartOf body) {
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      int parameter = i;
      for (int p = 0; p < parameters.get(i).parts(); p++) {
        int part = p;
        tasks.add(() -> body.accept(parameter, part));
      }
    }
    Parallel.run(tasks);
  }

  /** How it updates. */
  public OptimizerConfig config() {
    return config;
  }

  /** The number of steps made. */
  public long steps() {
    return steps;
  }

  /** What it knows of each parameter, for steps that are taken elsewhere. */
  public List<AdamMoments> moments() {
    return List.copyOf(parameters);
  }

  /** Goes on as after so many steps; their moments have been set. */
  public void goOnFrom(long made) {
    steps = made;
  }

  /** Writes the steps and moments, from which {@link #read} goes on to the same bits. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(FORMAT);
    out.writeLong(steps);
    out.writeInt(parameters.size());
    for (Parameter parameter : parameters) {
      out.writeUTF(parameter.name());
      parameter.write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote for a network of the same layers and sizes.
   *
   * @throws IOException if it is something else; the optimizer is then of no use
   */
  public void read(DataInput in) throws IOException {
    int format = in.readInt();
    if (format != FORMAT) {
      throw new IOException("optimizer state of format " + format + ", expected " + FORMAT);
    }
    long made = in.readLong();
    int count = in.readInt();
    if (count != parameters.size()) {
      throw new IOException(
          "optimizer state holds " + count + " parameters, this network has " + parameters.size());
    }
    for (Parameter parameter : parameters) {
      String name = in.readUTF();
      if (!name.equals(parameter.name())) {
        throw new IOException(
            "optimizer state holds parameter \""
                + name
                + "\" where this network has \""
                + parameter.name()
                + "\"");
      }
      parameter.read(in);
    }
    steps = made;
  }
}
