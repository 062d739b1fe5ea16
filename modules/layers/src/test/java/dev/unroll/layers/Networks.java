package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks and random batches for the tests of the recurrent layers. */
public final class Networks {
  public static final int LABELS = 3;

  private Networks() {}

  /** The layers, then a softmax at every step. */
  public static MultiLayerNetwork of(DataType type, int inputs, List<? extends Layer> layers) {
    return of(configuration(type, inputs, layers));
  }

  public static MultiLayerNetwork of(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  public static MultiLayerConfiguration configuration(
      DataType type, int inputs, List<? extends Layer> layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(12345)
            .dataType(type)
            .activation(Activation.TANH)
            .weightInit(WeightInit.XAVIER)
            .updater(new NoOp())
            .list();
    layers.forEach(list::layer);
    return list.layer(
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nOut(LABELS)
                .build())
        .setInputType(InputType.recurrent(inputs))
        .build();
  }

  /**
   * A batch of sequences.
   *
   * @param x {@code [batch, inputs, time]}
   * @param y one-hot {@code [batch, LABELS, time]}
   * @param mask {@code [batch, time]}, or null
   */
  public record Batch(INDArray x, INDArray y, INDArray mask) {

    public static Batch random(
        DataType type, int batch, int inputs, int time, INDArray mask, Random random) {
      double[] values = new double[batch * inputs * time];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextGaussian();
      }
      INDArray x = Nd4j.createFromArray(values).reshape(batch, inputs, time).castTo(type);
      INDArray y = Nd4j.zeros(type, batch, LABELS, time);
      for (int b = 0; b < batch; b++) {
        for (int t = 0; t < time; t++) {
          y.putScalar(b, random.nextInt(LABELS), t, 1);
        }
      }
      return new Batch(x, y, mask == null ? null : mask.castTo(type));
    }
  }

  /** The output, every gradient and the derivative with respect to the input. */
  public record Result(
      INDArray output, double score, Map<String, INDArray> gradients, INDArray dX) {

    public static Result of(MultiLayerNetwork network, Batch batch) {
      INDArray output = network.output(batch.x(), false, batch.mask(), batch.mask());
      network.setInput(batch.x());
      network.setLabels(batch.y());
      network.setLayerMaskArrays(batch.mask(), batch.mask());
      network.computeGradientAndScore();
      double score = network.score();
      Pair<Gradient, INDArray> result =
          network.calculateGradients(batch.x(), batch.y(), batch.mask(), batch.mask());
      network.clearLayerMaskArrays();
      return new Result(output, score, result.getFirst().gradientForVariable(), result.getSecond());
    }

    public void assertEquals(Result expected, double tolerance, String what) {
      Networks.assertEquals(output, expected.output, tolerance, what + ": output");
      assertThat(score).as(what + ": score").isCloseTo(expected.score, within(tolerance * 10));
      assertThat(gradients).containsOnlyKeys(expected.gradients.keySet());
      gradients.forEach(
          (name, gradient) ->
              Networks.assertEquals(
                  gradient, expected.gradients.get(name), tolerance, what + ": " + name));
      Networks.assertEquals(dX, expected.dX, tolerance, what + ": dX");
    }

    private static org.assertj.core.data.Offset<Double> within(double tolerance) {
      return org.assertj.core.data.Offset.offset(tolerance);
    }
  }

  /** Asserts that the distance is at most {@code tolerance} of the expected array's length. */
  public static void assertEquals(
      INDArray actual, INDArray expected, double tolerance, String what) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    double length = expected.castTo(DataType.DOUBLE).norm2Number().doubleValue();
    double distance =
        actual
            .castTo(DataType.DOUBLE)
            .sub(expected.castTo(DataType.DOUBLE))
            .norm2Number()
            .doubleValue();
    assertThat(distance)
        .as(what + ", length " + length)
        .isLessThanOrEqualTo(tolerance * length + 1e-9);
  }

  /**
   * The kernels to test: those that another module adds to its class path, or else this one's own.
   */
  public static List<String> kernels() {
    List<String> ours = List.of("onednn", "openblas", "reference", "onednn-bfloat16");
    List<String> added = new ArrayList<>(Kernels.available());
    added.removeAll(ours);
    return added.isEmpty() ? Kernels.available() : added;
  }

  /**
   * How far a kernel's results may be from those in double precision, as a share of their length:
   * 170 times what a float is rounded by, 25 times what a bfloat16 is. A network multiplies what
   * goes in as an error, and those of the tests are not small.
   */
  public static double tolerance(String kernel) {
    return kernel.equals("onednn-bfloat16") ? 25 * 0x1p-8 : 1e-5;
  }

  /** Masks by name: trailing padding, leading padding, holes, each with an empty row if it fits. */
  public static INDArray mask(String kind, int batch, int time, Random random) {
    if (kind.equals("none")) {
      return null;
    }
    INDArray mask = Nd4j.zeros(DataType.FLOAT, batch, time);
    for (int b = 0; b < batch; b++) {
      int length = 1 + random.nextInt(time);
      for (int t = 0; t < time; t++) {
        boolean valid =
            switch (kind) {
              case "trailing" -> t < length;
              case "leading" -> t >= time - length;
              case "holes" -> random.nextInt(4) > 0;
              case "empty row" -> b != 1 && t < length;
              default -> throw new IllegalArgumentException(kind);
            };
        mask.putScalar(b, t, valid ? 1 : 0);
      }
    }
    return mask;
  }
}
