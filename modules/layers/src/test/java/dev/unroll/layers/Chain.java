package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
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

  /** Checks every gradient of a network in DOUBLE, under the masks of the batch. */
  public static void assertAgreesWithFiniteDifferences(
      ComputationGraph network, MultiDataSet batch, double relativeError) {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      assertThat(
              GradientCheckUtil.checkGradients(
                  new GradientCheckUtil.GraphConfig()
                      .net(network)
                      .inputs(batch.getFeatures())
                      .labels(batch.getLabels())
                      .inputMask(batch.getFeaturesMaskArrays())
                      .labelMask(batch.getLabelsMaskArrays())
                      .epsilon(1e-6)
                      .maxRelError(relativeError)
                      .minAbsoluteError(1e-9)
                      .exitOnFirstError(true)))
          .isTrue();
    } finally {
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }
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
