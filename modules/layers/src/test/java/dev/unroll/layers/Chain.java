package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Small networks of layers one after another, named "0", "1", … and their gradients. */
public final class Chain {
  private static final int DIRECTIONS = 3;
  private static final double EPSILON = 1e-6;

  private Chain() {}

  /** The input type may be null, which leaves every layer's nIn as it is. */
  public static ComputationGraph of(DataType type, InputType input, Layer... layers) {
    ComputationGraphConfiguration.GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .dataType(type)
            .updater(new NoOp())
            .graphBuilder()
            .addInputs("in");
    if (input != null) {
      builder.setInputTypes(input);
    }
    String previous = "in";
    for (int i = 0; i < layers.length; i++) {
      builder.addLayer(Integer.toString(i), layers[i], previous);
      previous = Integer.toString(i);
    }
    ComputationGraph network = new ComputationGraph(builder.setOutputs(previous).build());
    network.init();
    return network;
  }

  /** Runs one step; afterwards {@link #gradient} and {@code network.score()} answer. */
  public static void compute(ComputationGraph network, MultiDataSet batch) {
    network.setInputs(batch.getFeatures());
    network.setLabels(batch.getLabels());
    network.setLayerMaskArrays(batch.getFeaturesMaskArrays(), batch.getLabelsMaskArrays());
    network.computeGradientAndScore();
  }

  /**
   * Checks the gradient of a network in DOUBLE, under the masks of the batch, against central
   * differences: for each array of parameters along random directions (Goodfellow et al. 2016,
   * 11.5). A wrong derivative shows in every direction, and a direction costs as much as an entry.
   *
   * @param relativeError how far the two may differ, divided by the sum of their absolute values
   */
  public static void assertAgreesWithFiniteDifferences(
      ComputationGraph network, MultiDataSet batch, double relativeError) {
    assertAgreesWithFiniteDifferences(network, batch, relativeError, name -> true);
  }

  /** The same for some parameters only, where others are not taught by all of the loss. */
  public static void assertAgreesWithFiniteDifferences(
      ComputationGraph network,
      MultiDataSet batch,
      double relativeError,
      Predicate<String> parameters) {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      compute(network, batch);
      // The loss is a mean of the examples; Deeplearning4j divides the gradient when it updates.
      long examples = batch.getLabels(0).size(0);
      Map<String, INDArray> gradients = new LinkedHashMap<>();
      network
          .gradient()
          .gradientForVariable()
          .forEach((name, sum) -> gradients.put(name, sum.div(examples)));
      gradients.keySet().removeIf(parameters.negate());
      assertThat(gradients).isNotEmpty();
      Random random = new Random(12);
      gradients.forEach(
          (name, gradient) -> {
            for (int i = 0; i < DIRECTIONS; i++) {
              double[] steps = random.doubles(gradient.length(), -1, 1).toArray();
              INDArray direction = Nd4j.createFromArray(steps).reshape(gradient.shape());
              double expected = slope(network, batch, network.getParam(name), direction);
              double actual = gradient.mul(direction).sumNumber().doubleValue();
              double scale = Math.abs(actual) + Math.abs(expected);
              assertThat(actual)
                  .as("derivative by %s in direction %d", name, i)
                  .isCloseTo(expected, within(Math.max(1e-9, relativeError * scale)));
            }
          });
    } finally {
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }
  }

  /** How the loss changes as {@code values}, a view of the parameters, moves in a direction. */
  private static double slope(
      ComputationGraph network, MultiDataSet batch, INDArray values, INDArray direction) {
    INDArray before = values.dup();
    values.addi(direction.mul(EPSILON));
    double above = network.score(batch, true);
    values.assign(before).subi(direction.mul(EPSILON));
    double below = network.score(batch, true);
    values.assign(before);
    return (above - below) / (2 * EPSILON);
  }

  public static INDArray gradient(ComputationGraph network, String parameter) {
    return network.gradient().getGradientFor(parameter).dup('c');
  }

  /** Writes and reads a network as Deeplearning4j does. */
  public static ComputationGraph saveAndLoad(ComputationGraph network) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, bytes, false);
    return ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(bytes.toByteArray()));
  }

  public static MultiDataSet batch(INDArray in, INDArray inMask, INDArray out, INDArray outMask) {
    return new MultiDataSet(
        new INDArray[] {in},
        new INDArray[] {out},
        inMask == null ? null : new INDArray[] {inMask},
        outMask == null ? null : new INDArray[] {outMask});
  }

  /** Whole numbers below {@code bound}, {@code [batch, 1, time]}. */
  public static INDArray ids(DataType type, Random random, int batch, int time, int bound) {
    return Nd4j.createFromArray(random.ints((long) batch * time, 0, bound).toArray())
        .castTo(type)
        .reshape(batch, 1, time);
  }

  /** One-hot rows {@code [batch, classes]}. */
  public static INDArray classes(DataType type, Random random, int batch, int classes) {
    INDArray labels = Nd4j.zeros(type, batch, classes);
    for (int b = 0; b < batch; b++) {
      labels.putScalar(b, random.nextInt(classes), 1);
    }
    return labels;
  }
}
