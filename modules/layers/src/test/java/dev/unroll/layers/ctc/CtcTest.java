package dev.unroll.layers.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.unroll.layers.Chain;
import dev.unroll.layers.Lstm;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class CtcTest {
  private static final int INPUTS = 3;
  private static final int CLASSES = 4;
  private static final int[][] LABELS = {{1, 3, 3}, {2}, {}, {3, 2, 1}};

  private final Random random = new Random(4);

  @ParameterizedTest
  @CsvSource({"6, false", "7, true"})
  void agreesWithFiniteDifferences(int time, boolean masked) {
    ComputationGraph network = network(DataType.DOUBLE);
    network.params().assign(Nd4j.rand(DataType.DOUBLE, network.params().shape()).subi(0.5));
    INDArray mask = masked ? holes(DataType.DOUBLE, time) : null;
    MultiDataSet data =
        Chain.batch(input(DataType.DOUBLE, 4, time), mask, labels(DataType.DOUBLE), null);
    Chain.assertAgreesWithFiniteDifferences(network, data, 1e-5);
  }

  @Test
  void floatAgreesWithDoubleAndScoresAreAMeanOfExamples() {
    ComputationGraph floats = shaken();
    ComputationGraph doubles = network(DataType.DOUBLE);
    doubles.params().assign(floats.params().castTo(DataType.DOUBLE));
    INDArray input = input(DataType.DOUBLE, 4, 9);
    INDArray mask = holes(DataType.DOUBLE, 9);
    MultiDataSet data = Chain.batch(input, mask, labels(DataType.DOUBLE), null);
    Chain.compute(doubles, data);
    Chain.compute(
        floats,
        Chain.batch(
            input.castTo(DataType.FLOAT),
            mask.castTo(DataType.FLOAT),
            labels(DataType.FLOAT),
            null));

    assertThat(floats.score()).isCloseTo(doubles.score(), offset(1e-5));
    INDArray single = floats.getFlattenedGradients().castTo(DataType.DOUBLE);
    assertThat(single.equalsWithEps(doubles.getFlattenedGradients(), 1e-4)).isTrue();
    assertThat(doubles.getFlattenedGradients().norm2Number().doubleValue()).isGreaterThan(0.1);
    INDArray each = doubles.scoreExamples(data, false);
    assertThat(each.shape()).containsExactly(4, 1);
    assertThat(each.meanNumber().doubleValue()).isCloseTo(doubles.score(), offset(1e-9));
    INDArray[] masks = {mask};
    INDArray p = doubles.output(false, data.getFeatures(), masks, null)[0];
    INDArray q =
        floats.output(false, new INDArray[] {input.castTo(DataType.FLOAT)}, masks, null)[0];
    assertThat(q.castTo(DataType.DOUBLE).equalsWithEps(p, 1e-5)).isTrue();
    assertThat(p.sum(1).equalsWithEps(mask, 1e-6)).isTrue();
  }

  @Test
  void answersAreTheSameAloneAndInABatchAndWhateverThePaddingHolds() {
    ComputationGraph network = shaken();
    INDArray alone = input(DataType.FLOAT, 1, 6);
    INDArray together = Nd4j.valueArrayOf(new long[] {2, INPUTS, 8}, 7.5f, DataType.FLOAT);
    for (int f = 0; f < INPUTS; f++) {
      for (int t = 0; t < 6; t++) {
        together.putScalar(new int[] {1, f, t}, alone.getDouble(0, f, t));
      }
    }
    INDArray mask = Nd4j.ones(DataType.FLOAT, 2, 8).putScalar(1, 6, 0).putScalar(1, 7, 0);
    double one =
        network
            .scoreExamples(Chain.batch(alone, null, CtcLabels.array(new int[] {2, 2}), null), false)
            .getDouble(0);
    INDArray both = CtcLabels.array(new int[] {1, 2, 3}, new int[] {2, 2});
    INDArray losses = network.scoreExamples(Chain.batch(together, mask, both, null), false);
    assertThat(losses.getDouble(1)).isCloseTo(one, offset(1e-5));
  }

  /** Where the labels stand nobody said; each says what the input shows at one step. */
  @Test
  void learnsWhereLabelsStand() {
    ComputationGraph network =
        Chain.of(
            DataType.FLOAT,
            InputType.recurrent(INPUTS),
            new Lstm.Builder().nOut(8).build(),
            new Ctc.Builder().nOut(CLASSES).build());
    INDArray input = Nd4j.zeros(DataType.FLOAT, 3, INPUTS, 8);
    int[][] labels = {{1, 2, 3}, {3, 3}, {2, 1}};
    int[][] places = {{1, 3, 6}, {2, 5}, {0, 7}};
    for (int b = 0; b < 3; b++) {
      for (int i = 0; i < labels[b].length; i++) {
        input.putScalar(new int[] {b, labels[b][i] - 1, places[b][i]}, 1);
      }
    }
    MultiDataSet data = Chain.batch(input, null, CtcLabels.array(labels), null);
    for (int step = 0; step < 100; step++) {
      Chain.compute(network, data);
      INDArray gradient = network.getFlattenedGradients().reshape(network.params().shape());
      network.params().subi(gradient.mul(0.3));
    }
    INDArray p = network.output(input)[0];
    for (int b = 0; b < 3; b++) {
      float[][] steps = p.slice(b).transpose().toFloatMatrix();
      assertThat(BestPath.of(steps)).containsExactly(labels[b]);
    }
  }

  @Test
  void survivesSaving() throws IOException {
    ComputationGraph network = shaken();
    ComputationGraph loaded = Chain.saveAndLoad(network);
    INDArray input = input(DataType.FLOAT, 2, 4);
    assertThat(loaded.output(input)[0]).isEqualTo(network.output(input)[0]);
    assertThat(loaded.getConfiguration()).isEqualTo(network.getConfiguration());
  }

  @Test
  void refusesLabelsThatAreNone() {
    String rule = ": labels are whole numbers from 1 to 3, and 0 behind the last";
    assertRefused(ids(1, 4), "label 4.0 at place 1 of example 0 of the batch" + rule);
    assertRefused(ids(0, 1), "label 1.0 at place 1 of example 0 of the batch" + rule);
    assertRefused(ids(0.5f, 0), "label 0.5 at place 0 of example 0 of the batch" + rule);
    assertRefused(
        Nd4j.zeros(DataType.FLOAT, 1, 2, 3),
        "labels must be [1, 1, longest] with numbers of classes, got [1, 2, 3]");
    assertRefused(
        ids(2, 2, 1), "example 0 of the batch has 3 labels, which need 4 steps, and 3 steps");
  }

  private void assertRefused(INDArray labels, String message) {
    ComputationGraph network = network(DataType.FLOAT);
    MultiDataSet data = Chain.batch(input(DataType.FLOAT, 1, 3), null, labels, null);
    assertThatThrownBy(() -> Chain.compute(network, data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static INDArray ids(float... labels) {
    return Nd4j.createFromArray(labels).reshape(1, 1, labels.length);
  }

  private static ComputationGraph network(DataType type) {
    return Chain.of(
        type,
        InputType.recurrent(INPUTS),
        new LSTM.Builder().nOut(5).build(),
        new Ctc.Builder().nOut(CLASSES).build());
  }

  private static ComputationGraph shaken() {
    ComputationGraph network = network(DataType.FLOAT);
    network.params().assign(Nd4j.rand(DataType.FLOAT, network.params().shape()).subi(0.5).muli(2));
    return network;
  }

  private INDArray input(DataType type, int batch, int time) {
    return Nd4j.createFromArray(random.doubles((long) batch * INPUTS * time, -2, 2).toArray())
        .castTo(type)
        .reshape(batch, INPUTS, time);
  }

  private static INDArray labels(DataType type) {
    return CtcLabels.array(LABELS).castTo(type);
  }

  /** Padding at the end, a hole within, and one example with no step at all. */
  private static INDArray holes(DataType type, int time) {
    INDArray mask = Nd4j.ones(type, 4, time);
    mask.putScalar(0, time - 1, 0).putScalar(1, 1, 0);
    mask.getRow(2).assign(0);
    return mask;
  }
}
