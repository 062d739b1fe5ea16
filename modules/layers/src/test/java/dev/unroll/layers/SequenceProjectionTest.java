package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.unroll.layers.dropout.SequenceDropout;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class SequenceProjectionTest {
  private static final int IN = 4;
  private static final int OUT = 3;

  private final Random random = new Random(3);

  private static ComputationGraph network(DataType type, SequenceProjection... projections) {
    SequenceSoftmax softmax = new SequenceSoftmax.Builder().nOut(2).build();
    InputType input = InputType.recurrent(IN);
    return projections.length == 1
        ? Chain.of(type, input, projections[0], softmax)
        : Chain.of(type, input, projections[0], projections[1], softmax);
  }

  private static SequenceProjection projection() {
    return new SequenceProjection.Builder().nOut(OUT).build();
  }

  private INDArray input(DataType type, int batch, int time) {
    INDArray input = Nd4j.zeros(type, batch, IN, time);
    for (int i = 0; i < input.length(); i++) {
      input.putScalar(i, random.nextGaussian());
    }
    return input;
  }

  private MultiDataSet data(DataType type, int batch, int time) {
    INDArray mask = Nd4j.ones(type, batch, time);
    mask.putScalar(0, time - 1, time > 1 ? 0 : 1);
    INDArray labels = Chain.ids(type, random, batch, time, 2);
    return Chain.batch(input(type, batch, time), mask, labels, mask);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, 2, 5, 1e-6", "FLOAT, 1, 1, 1e-6", "DOUBLE, 3, 4, 1e-12"})
  void isALinearMapOfEveryStep(DataType type, int batch, int time, double tolerance) {
    ComputationGraph network = network(type, projection());
    network.params().assign(Nd4j.rand(type, network.params().shape()));
    INDArray x = input(type, batch, time);
    INDArray y = network.feedForward(new INDArray[] {x}, false, true).get("0");
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < time; t++) {
        for (int o = 0; o < OUT; o++) {
          double sum = network.getParam("0_b").getDouble(o);
          for (int i = 0; i < IN; i++) {
            sum += x.getDouble(b, i, t) * network.getParam("0_W").getDouble(i, o);
          }
          assertThat(y.getDouble(b, o, t)).isCloseTo(sum, offset(tolerance));
        }
      }
    }
  }

  /** Of two, of which the lower gets its gradient from the upper. */
  @ParameterizedTest
  @CsvSource({"2, 3", "1, 1", "3, 4"})
  void agreesWithFiniteDifferences(int batch, int time) {
    ComputationGraph network = network(DataType.DOUBLE, projection(), projection());
    network.params().assign(Nd4j.rand(DataType.DOUBLE, network.params().shape()).subi(0.5));
    Chain.assertAgreesWithFiniteDifferences(network, data(DataType.DOUBLE, batch, time), 1e-5);
  }

  @Test
  void overDataItLearnsTheSame() {
    MultiDataSet data = data(DataType.FLOAT, 3, 4);
    ComputationGraph other = network(DataType.FLOAT, projection());
    ComputationGraph ofData =
        network(DataType.FLOAT, new SequenceProjection.Builder().nOut(OUT).ofData().build());
    Chain.compute(other, data);
    Chain.compute(ofData, data);
    assertThat(ofData.getFlattenedGradients()).isEqualTo(other.getFlattenedGradients());
  }

  @Test
  void looksAtNothingBehindTheMask() {
    ComputationGraph network = network(DataType.FLOAT, projection(), projection());
    network.params().assign(Nd4j.rand(DataType.FLOAT, network.params().shape()));
    MultiDataSet data = data(DataType.FLOAT, 2, 3);
    Chain.compute(network, data);
    INDArray expected = network.getFlattenedGradients().dup();
    INDArray changed = data.getFeatures(0).dup();
    for (int i = 0; i < IN; i++) {
      changed.putScalar(new int[] {0, i, 2}, 77 + i);
    }
    MultiDataSet other =
        Chain.batch(
            changed, data.getFeaturesMaskArray(0), data.getLabels(0), data.getLabelsMaskArray(0));
    Chain.compute(network, other);
    assertThat(network.getFlattenedGradients().equalsWithEps(expected, 1e-6)).isTrue();
    network.setLayerMaskArrays(data.getFeaturesMaskArrays(), data.getLabelsMaskArrays());
    INDArray y = network.feedForward(new INDArray[] {changed}, false, false).get("0");
    for (int o = 0; o < OUT; o++) {
      assertThat(y.getDouble(0, o, 2)).isZero();
    }
  }

  @Test
  void dropsInTrainingAlone() {
    ComputationGraph network =
        network(
            DataType.FLOAT,
            new SequenceProjection.Builder()
                .nOut(OUT)
                .dropOut(new SequenceDropout(0.5, 1))
                .build());
    INDArray x = input(DataType.FLOAT, 2, 5);
    INDArray[] in = {x};
    INDArray still = network.feedForward(in, false, true).get("0").dup();
    assertThat(network.feedForward(in, false, true).get("0")).isEqualTo(still);
    assertThat(network.feedForward(in, true, true).get("0")).isNotEqualTo(still);
  }

  @Test
  void survivesSaving() throws IOException {
    ComputationGraph network =
        network(DataType.FLOAT, new SequenceProjection.Builder().nOut(OUT).ofData().build());
    ComputationGraph loaded = Chain.saveAndLoad(network);
    INDArray x = input(DataType.FLOAT, 2, 3);
    assertThat(loaded.output(x)[0]).isEqualTo(network.output(x)[0]);
    assertThat(loaded.getConfiguration()).isEqualTo(network.getConfiguration());
  }

  @Test
  void refusesSequencesOfAnotherWidth() {
    ComputationGraph network = network(DataType.FLOAT, projection());
    assertThatThrownBy(() -> network.output(Nd4j.zeros(1, IN + 1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected [batch, 4, time], got [1, 5, 2]");
  }
}
