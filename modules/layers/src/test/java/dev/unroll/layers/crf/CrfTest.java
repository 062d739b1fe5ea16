package dev.unroll.layers.crf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.unroll.layers.Chain;
import java.io.IOException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class CrfTest {
  private static final int INPUTS = 3;
  private static final int LABELS = 4;

  private final Random random = new Random(11);

  @ParameterizedTest
  @CsvSource({"3, 5, true, false", "2, 1, false, false", "1, 4, false, true", "4, 3, true, true"})
  void agreesWithFiniteDifferences(int batch, int time, boolean masked, boolean oneHot) {
    ComputationGraph network = network(DataType.DOUBLE);
    network.params().assign(Nd4j.rand(DataType.DOUBLE, network.params().shape()).subi(0.5));
    INDArray labels = labels(DataType.DOUBLE, batch, time);
    INDArray mask = masked ? holes(DataType.DOUBLE, batch, time) : null;
    MultiDataSet data =
        Chain.batch(
            input(DataType.DOUBLE, batch, time), mask, oneHot ? oneHot(labels) : labels, mask);
    Chain.assertAgreesWithFiniteDifferences(network, data, 1e-5);
  }

  /** With neutral transitions the steps are independent, and the layer is a softmax. */
  @Test
  void startsAsTheStockSoftmax() {
    ComputationGraph ours = network(DataType.FLOAT, new Crf.Builder().nOut(LABELS).build());
    ComputationGraph stock =
        network(
            DataType.FLOAT,
            new RnnOutputLayer.Builder().activation(Activation.SOFTMAX).nOut(LABELS).build());
    stock.paramTable().forEach((name, value) -> ours.getParam(name).assign(value));
    INDArray mask = Nd4j.createFromArray(1f, 1, 1, 1, 1, 1, 0, 0).reshape(2, 4);
    INDArray labels = oneHot(labels(DataType.FLOAT, 2, 4));
    MultiDataSet data = Chain.batch(input(DataType.FLOAT, 2, 4), mask, labels, mask);

    Chain.compute(ours, data);
    Chain.compute(stock, data);

    assertThat(ours.score()).isCloseTo(stock.score(), offset(1e-5));
    stock
        .paramTable()
        .keySet()
        .forEach(
            name ->
                assertThat(Chain.gradient(ours, name).distance2(Chain.gradient(stock, name)))
                    .as(name)
                    .isLessThan(1e-5));
    INDArray[] masks = {mask};
    INDArray out = ours.output(false, data.getFeatures(), masks, masks)[0];
    INDArray expected = stock.output(false, data.getFeatures(), masks, masks)[0];
    assertThat(out.distance2(expected)).isLessThan(1e-5);
  }

  /** The field's own parameters follow its loss, and all others the loss of the softmax. */
  @Test
  void ofAHybridTheSoftmaxTeachesTheLayersBelow() {
    Crf.Builder crf = new Crf.Builder().nOut(LABELS).constraints(constraints()).hybrid(true);
    ComputationGraph hybrid = network(DataType.DOUBLE, crf.build());
    hybrid.params().assign(Nd4j.rand(DataType.DOUBLE, hybrid.params().shape()).subi(0.5));
    ComputationGraph stock =
        network(
            DataType.DOUBLE,
            new RnnOutputLayer.Builder().activation(Activation.SOFTMAX).nOut(LABELS).build());
    stock.paramTable().forEach((name, value) -> value.assign(hybrid.getParam(name)));
    INDArray mask = holes(DataType.DOUBLE, 3, 5);
    INDArray labels = labels(DataType.DOUBLE, 3, 5);
    MultiDataSet data = Chain.batch(input(DataType.DOUBLE, 3, 5), mask, labels, mask);

    Set<String> fields = new HashSet<>(hybrid.paramTable().keySet());
    fields.removeAll(stock.paramTable().keySet());
    assertThat(fields).containsExactlyInAnyOrder("1_T", "1_s", "1_e", "1_a", "1_c");
    Chain.assertAgreesWithFiniteDifferences(hybrid, data, 1e-5, fields::contains);
    Chain.compute(hybrid, data);
    Chain.compute(stock, Chain.batch(data.getFeatures(0), mask, oneHot(labels), mask));
    for (String name : stock.paramTable().keySet()) {
      assertThat(Chain.gradient(hybrid, name).distance2(Chain.gradient(stock, name)))
          .as(name)
          .isLessThan(1e-9);
    }
    double both = hybrid.score();
    hybrid.output(false, data.getFeatures(), masks(mask), masks(mask));
    double field = 0;
    for (int b = 0; b < 3; b++) {
      CrfLattice lattice = lattice(hybrid, b);
      int example = b;
      int[] path =
          IntStream.range(0, 5)
              .filter(t -> mask.getDouble(example, t) != 0)
              .map(t -> labels.getInt(example, 0, t))
              .toArray();
      field += lattice.logPartition() - lattice.score(path);
    }
    assertThat(both).isCloseTo(stock.score() + field / 3, offset(1e-9));
  }

  @Test
  void answersAreTheSameAloneAndInABatchAndWhateverThePaddingHolds() {
    ComputationGraph network = shaken();
    INDArray alone = input(DataType.FLOAT, 1, 3);
    INDArray together = Nd4j.valueArrayOf(new long[] {2, INPUTS, 5}, 7.5f, DataType.FLOAT);
    for (int f = 0; f < INPUTS; f++) {
      for (int t = 0; t < 3; t++) {
        together.putScalar(new int[] {1, f, t}, alone.getDouble(0, f, t));
      }
    }
    INDArray mask = Nd4j.createFromArray(1f, 1, 1, 1, 1, 1, 1, 1, 0, 0).reshape(2, 5);

    network.output(alone);
    CrfLattice one = lattice(network, 0);
    INDArray marginals = network.output(false, new INDArray[] {together}, masks(mask), null)[0];
    CrfLattice other = lattice(network, 1);

    assertThat(other.steps()).isEqualTo(3);
    assertThat(other.bestPath()).isEqualTo(one.bestPath());
    assertThat(other.logPartition()).isCloseTo(one.logPartition(), offset(1e-5));
    assertThat(marginals.getDouble(1, 0, 2)).isCloseTo(one.marginals(2)[0], offset(1e-5));
    assertThat(marginals.getDouble(1, 0, 3)).isZero();
  }

  @Test
  void floatAgreesWithDoubleAndScoresAreAMeanOfExamples() {
    ComputationGraph floats = shaken();
    ComputationGraph doubles = network(DataType.DOUBLE);
    doubles.params().assign(floats.params().castTo(DataType.DOUBLE));
    INDArray input = input(DataType.DOUBLE, 9, 6);
    INDArray labels = labels(DataType.DOUBLE, 9, 6);
    INDArray mask = holes(DataType.DOUBLE, 9, 6);
    MultiDataSet data = Chain.batch(input, mask, labels, null);
    Chain.compute(doubles, data);
    Chain.compute(
        floats,
        Chain.batch(
            input.castTo(DataType.FLOAT),
            mask.castTo(DataType.FLOAT),
            labels.castTo(DataType.FLOAT),
            null));

    assertThat(floats.score()).isCloseTo(doubles.score(), offset(1e-5));
    assertThat(
            floats
                .getFlattenedGradients()
                .castTo(DataType.DOUBLE)
                .equalsWithEps(doubles.getFlattenedGradients(), 1e-4))
        .isTrue();
    INDArray each = doubles.scoreExamples(data, false);
    assertThat(each.shape()).containsExactly(9, 1);
    assertThat(each.meanNumber().doubleValue()).isCloseTo(doubles.score(), offset(1e-9));
    assertThat(doubles.score(data, false)).isCloseTo(doubles.score(), offset(1e-9));
  }

  @Test
  void learnsWhatOnlyTransitionsCanTell() {
    // The input says nothing; the labels alternate 0 1 2 0 1 2 … from 0.
    INDArray input = Nd4j.ones(DataType.FLOAT, 1, INPUTS, 7);
    INDArray labels = Nd4j.createFromArray(0f, 1, 2, 0, 1, 2, 0).reshape(1, 1, 7);
    ComputationGraph network =
        Chain.of(DataType.FLOAT, InputType.recurrent(INPUTS), new Crf.Builder().nOut(3).build());
    for (int step = 0; step < 200; step++) {
      Chain.compute(network, Chain.batch(input, null, labels, null));
      INDArray gradient = network.getFlattenedGradients().reshape(network.params().shape());
      network.params().subi(gradient.mul(0.5));
    }
    network.output(input);
    assertThat(lattice(network, 0).bestPath()).containsExactly(0, 1, 2, 0, 1, 2, 0);
    assertThat(network.score()).isLessThan(0.2);
  }

  @Test
  void survivesSaving() throws IOException {
    ComputationGraph network = shaken();
    ComputationGraph loaded = Chain.saveAndLoad(network);
    INDArray input = input(DataType.FLOAT, 2, 4);
    assertThat(loaded.output(input)[0]).isEqualTo(network.output(input)[0]);
    assertThat(loaded.getConfiguration()).isEqualTo(network.getConfiguration());
    assertThat(((Crf) loaded.getLayer("1").conf().getLayer()).labelConstraints())
        .isEqualTo(constraints());
  }

  @ParameterizedTest
  @CsvSource({
    "4, 'label 4.0 at step 1 of example 0 of the batch: classes are whole numbers from 0 to 3'",
    "-1, 'label -1.0 at step 1 of example 0 of the batch: classes are whole numbers from 0 to 3'",
    "0.5, 'label 0.5 at step 1 of example 0 of the batch: classes are whole numbers from 0 to 3'",
    "3, 'the constraints forbid the labels of example 0: [0, 3]'"
  })
  void refusesLabelsThatAreNone(float label, String message) {
    INDArray labels = Nd4j.createFromArray(0f, label).reshape(1, 1, 2);
    assertRefused(labels, message);
  }

  @Test
  void refusesLabelsOfAnotherShape() {
    assertRefused(
        Nd4j.zeros(DataType.FLOAT, 1, 1, 3),
        "labels must be [1, 1, 2] with numbers of classes or [1, 4, 2], got [1, 1, 3]");
    assertRefused(
        Nd4j.zeros(DataType.FLOAT, 1, LABELS, 2),
        "step 0 of example 0 of the batch: a label must be 1 for one class and 0 for others");
    assertRefused(
        Nd4j.valueArrayOf(new long[] {1, LABELS, 2}, 1.0 / LABELS, DataType.FLOAT),
        "step 0 of example 0 of the batch: a label must be 1 for one class and 0 for others");
  }

  private void assertRefused(INDArray labels, String message) {
    ComputationGraph network = network(DataType.FLOAT);
    MultiDataSet data = Chain.batch(input(DataType.FLOAT, 1, 2), null, labels, null);
    assertThatThrownBy(() -> Chain.compute(network, data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesConstraintsOfAnotherNumberOfLabels() {
    Crf crf = new Crf.Builder().nOut(3).constraints(CrfConstraints.none(2)).build();
    assertThatThrownBy(() -> network(DataType.FLOAT, crf))
        .hasMessage("layer \"1\" has 3 labels, its constraints 2");
  }

  private static ComputationGraph network(DataType type) {
    return network(type, new Crf.Builder().nOut(LABELS).constraints(constraints()).build());
  }

  private static ComputationGraph network(
      DataType type, org.deeplearning4j.nn.conf.layers.Layer output) {
    return Chain.of(type, InputType.recurrent(INPUTS), new LSTM.Builder().nOut(5).build(), output);
  }

  /** Label 3 follows 2 only, as an I follows a B. */
  private static CrfConstraints constraints() {
    return CrfConstraints.none(LABELS).forbid(0, 3).forbid(1, 3).forbidStart(3).forbidEnd(2);
  }

  /** A network whose transitions matter. */
  private static ComputationGraph shaken() {
    ComputationGraph network = network(DataType.FLOAT);
    network.params().assign(Nd4j.rand(DataType.FLOAT, network.params().shape()).subi(0.5).muli(2));
    return network;
  }

  private static CrfLattice lattice(ComputationGraph network, int example) {
    int last = network.getNumLayers() - 1;
    return ((CrfLayer) network.getLayer(last)).lattices().get(example);
  }

  private static INDArray[] masks(INDArray mask) {
    return new INDArray[] {mask};
  }

  private INDArray input(DataType type, int batch, int time) {
    return Nd4j.createFromArray(random.doubles((long) batch * INPUTS * time, -2, 2).toArray())
        .castTo(type)
        .reshape(batch, INPUTS, time);
  }

  /** Numbers 0 and 1, which may stand everywhere. */
  private INDArray labels(DataType type, int batch, int time) {
    return Chain.ids(type, random, batch, time, 2);
  }

  private static INDArray oneHot(INDArray labels) {
    INDArray oneHot = Nd4j.zeros(labels.dataType(), labels.size(0), LABELS, labels.size(2));
    for (int b = 0; b < labels.size(0); b++) {
      for (int t = 0; t < labels.size(2); t++) {
        oneHot.putScalar(new int[] {b, labels.getInt(b, 0, t), t}, 1);
      }
    }
    return oneHot;
  }

  /** Padding at the end, a hole within, and one example with no step at all. */
  private static INDArray holes(DataType type, int batch, int time) {
    INDArray mask = Nd4j.ones(type, batch, time);
    mask.putScalar(0, time - 1, 0).putScalar(1, 1, 0);
    mask.getRow(batch - 1).assign(0);
    return mask;
  }
}
