package dev.unroll.layers.convolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.unroll.layers.Chain;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The convolution, and the way back to finer steps behind it. */
class SequenceConvolutionTest {
  private static final int IN = 3;
  private static final int OUT = 4;

  private final Random random = new Random(5);

  private static SequenceConvolution convolution(int window, int stride) {
    return new SequenceConvolution.Builder().nOut(OUT).window(window).stride(stride).build();
  }

  private INDArray input(DataType type, int batch, int time) {
    INDArray input = Nd4j.zeros(type, batch, IN, time);
    for (int i = 0; i < input.length(); i++) {
      input.putScalar(i, random.nextGaussian());
    }
    return input;
  }

  /** The first example is a step shorter, the second one two steps. */
  private static INDArray mask(DataType type, int batch, int time) {
    INDArray mask = Nd4j.ones(type, batch, time);
    for (int b = 0; b < Math.min(2, batch); b++) {
      for (int t = Math.max(1, time - 1 - b); t < time; t++) {
        mask.putScalar(b, t, 0);
      }
    }
    return mask;
  }

  private static void randomise(ComputationGraph network, DataType type) {
    network.params().assign(Nd4j.rand(type, network.params().shape()).subi(0.4));
  }

  /** Convolution, LSTM, and finer steps again, labelled one by one. */
  private static ComputationGraph perStep(DataType type, int window, int stride) {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(type)
                .updater(new NoOp())
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.recurrent(IN))
                .addLayer("below", convolution(1, 1), "in")
                .addLayer("convolution", convolution(window, stride), "below")
                .addLayer("lstm", new Lstm.Builder().nOut(stride * 2).build(), "convolution")
                .addVertex("fine", new Unstacking(stride), "lstm", "in")
                .addLayer("out", new SequenceSoftmax.Builder().nOut(2).build(), "fine")
                .setOutputs("out")
                .build());
    network.init();
    randomise(network, type);
    return network;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 5", "3, 1, 6", "4, 1, 2", "5, 2, 7", "3, 3, 8", "9, 3, 4", "2, 2, 1"})
  void isTheRectifiedProductOfEveryWindow(int window, int stride, int time) {
    int batch = 3;
    INDArray x = input(DataType.FLOAT, batch, time);
    INDArray mask = mask(DataType.FLOAT, batch, time);
    ComputationGraph network = perStep(DataType.FLOAT, window, stride);
    network.setLayerMaskArrays(new INDArray[] {mask}, null);
    var all = network.feedForward(new INDArray[] {x}, false, true);
    INDArray below = all.get("below");
    INDArray y = all.get("convolution");
    INDArray filters = network.getParam("convolution_W");
    int left = (window - stride) / 2;
    assertThat(y.size(2)).isEqualTo((time + stride - 1) / stride);
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < y.size(2); t++) {
        boolean there = false;
        for (int s = t * stride; s < Math.min(time, (t + 1) * stride); s++) {
          there |= mask.getDouble(b, s) != 0;
        }
        for (int o = 0; o < OUT; o++) {
          double sum = network.getParam("convolution_b").getDouble(o);
          for (int w = 0; w < window; w++) {
            int step = t * stride + w - left;
            for (int i = 0; i < OUT && step >= 0 && step < time; i++) {
              sum +=
                  mask.getDouble(b, step)
                      * below.getDouble(b, i, step)
                      * filters.getDouble(w * OUT + i, o);
            }
          }
          assertThat(y.getDouble(b, o, t)).isCloseTo(there ? Math.max(0, sum) : 0, offset(1e-5));
        }
      }
    }
    INDArray coarse = all.get("lstm");
    INDArray fine = all.get("fine");
    for (int t = 0; t < time; t++) {
      for (int f = 0; f < 2; f++) {
        assertThat(fine.getDouble(1, f, t))
            .isEqualTo(coarse.getDouble(1, t % stride * 2 + f, t / stride));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 5", "5, 2, 7", "3, 3, 8", "9, 3, 4", "2, 2, 1"})
  void labelledStepsAgreeWithFiniteDifferences(int window, int stride, int time) {
    INDArray mask = mask(DataType.DOUBLE, 3, time);
    MultiDataSet data =
        Chain.batch(
            input(DataType.DOUBLE, 3, time),
            mask,
            Chain.ids(DataType.DOUBLE, random, 3, time, 2),
            mask);
    Chain.assertAgreesWithFiniteDifferences(perStep(DataType.DOUBLE, window, stride), data, 1e-4);
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 5", "6, 2, 7"})
  void pooledStepsAgreeWithFiniteDifferences(int window, int stride, int time) {
    ComputationGraph network =
        Chain.of(
            DataType.DOUBLE,
            InputType.recurrent(IN),
            convolution(window, stride),
            convolution(3, 1),
            new SequencePooling.Builder(Summary.MEAN, Summary.MAX).build(),
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build());
    randomise(network, DataType.DOUBLE);
    MultiDataSet data =
        Chain.batch(
            input(DataType.DOUBLE, 3, time),
            mask(DataType.DOUBLE, 3, time),
            Chain.classes(DataType.DOUBLE, random, 3, 2),
            null);
    Chain.assertAgreesWithFiniteDifferences(network, data, 1e-4);
  }

  @Test
  void looksAtNothingBehindTheMask() {
    ComputationGraph network = perStep(DataType.FLOAT, 5, 2);
    INDArray x = input(DataType.FLOAT, 1, 7);
    INDArray mask = Nd4j.ones(1, 7);
    mask.putScalar(0, 6, 0);
    INDArray expected = network.output(false, new INDArray[] {x}, new INDArray[] {mask})[0].dup();
    x.putScalar(new int[] {0, 1, 6}, 99);
    INDArray actual = network.output(false, new INDArray[] {x}, new INDArray[] {mask})[0];
    for (int t = 0; t < 6; t++) {
      assertThat(actual.getDouble(0, 1, t)).isEqualTo(expected.getDouble(0, 1, t));
    }
  }

  @Test
  void survivesSaving() throws IOException {
    ComputationGraph network = perStep(DataType.FLOAT, 5, 2);
    ComputationGraph loaded = Chain.saveAndLoad(network);
    INDArray x = input(DataType.FLOAT, 2, 7);
    assertThat(loaded.output(x)[0]).isEqualTo(network.output(x)[0]);
    assertThat(loaded.getConfiguration()).isEqualTo(network.getConfiguration());
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> perStep(DataType.FLOAT, 2, 3))
        .hasMessageContaining("a window from its stride");
    assertThatThrownBy(() -> perStep(DataType.FLOAT, 3, 1).output(Nd4j.zeros(1, IN + 1, 2)))
        .hasMessageContaining("expected [batch, 3, time], got [1, 4, 2]");
    assertThatThrownBy(() -> new Unstacking(0)).hasMessageContaining("at least 1, got 0");
  }
}
