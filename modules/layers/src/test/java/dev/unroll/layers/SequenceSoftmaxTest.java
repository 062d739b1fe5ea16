package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.memory.TimeMajor;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class SequenceSoftmaxTest {
  private static final int WORDS = 9;

  private final Random random = new Random(2);

  @ParameterizedTest
  @CsvSource({
    "3, 5, 4, 6, false",
    "3, 5, 4, 6, true",
    "1, 5, 4, 6, true",
    "3, 1, 4, 6, false",
    "1, 1, 1, 2, false",
    // More rows than one thread takes at once, and strips of the weights' gradient on either side.
    "33, 17, 300, 12, true",
    "20, 31, 10, 1200, true",
  })
  void equalsTheStockLayer(int batch, int time, int hidden, int classes, boolean masked) {
    ComputationGraph stock = network(DataType.FLOAT, hidden, stock(classes));
    ComputationGraph ours = network(DataType.FLOAT, hidden, ours(classes));
    ours.params().assign(stock.params());
    INDArray ids = Chain.ids(DataType.FLOAT, random, batch, time, WORDS);
    INDArray numbers = Chain.ids(DataType.FLOAT, random, batch, time, classes);
    INDArray mask = masked ? mask(DataType.FLOAT, batch, time) : null;
    MultiDataSet oneHot = Chain.batch(ids, mask, oneHot(numbers, classes), mask);
    Chain.compute(stock, oneHot);
    for (MultiDataSet data : new MultiDataSet[] {oneHot, Chain.batch(ids, mask, numbers, mask)}) {
      Chain.compute(ours, data);
      assertThat(ours.score()).isCloseTo(stock.score(), within(1e-5 * stock.score()));
      for (String parameter : new String[] {"0_W", "1_W", "1_b"}) {
        INDArray expected = Chain.gradient(stock, parameter);
        double error = Chain.gradient(ours, parameter).sub(expected).norm2Number().doubleValue();
        assertThat(error).isLessThan(1e-5 * expected.norm2Number().doubleValue());
      }
      assertThat(ours.score(data, true)).isCloseTo(stock.score(), within(1e-5 * stock.score()));
    }
    INDArray[] masks = mask == null ? null : new INDArray[] {mask};
    INDArray expected = stock.output(false, new INDArray[] {ids}, masks, masks)[0];
    INDArray actual = ours.output(false, new INDArray[] {ids}, masks, masks)[0];
    assertThat(actual.equalsWithEps(expected, 1e-6)).isTrue();
    assertThat(TimeMajor.is(actual)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void agreesWithFiniteDifferences(boolean sparse) {
    ComputationGraph network = network(DataType.DOUBLE, 3, ours(4));
    INDArray ids = Chain.ids(DataType.DOUBLE, random, 3, 4, WORDS);
    INDArray numbers = Chain.ids(DataType.DOUBLE, random, 3, 4, 4);
    INDArray mask = mask(DataType.DOUBLE, 3, 4);
    MultiDataSet checked = Chain.batch(ids, mask, sparse ? numbers : oneHot(numbers, 4), mask);
    Chain.assertAgreesWithFiniteDifferences(network, checked, 1e-5);
    ComputationGraph floats = network(DataType.FLOAT, 3, ours(4));
    floats.params().assign(network.params());
    MultiDataSet batch = Chain.batch(ids, mask, numbers, mask);
    Chain.compute(network, batch);
    Chain.compute(floats, batch);
    assertThat(floats.score()).isCloseTo(network.score(), within(1e-5));
    assertThat(
            floats
                .getFlattenedGradients()
                .castTo(DataType.DOUBLE)
                .equalsWithEps(network.getFlattenedGradients(), 1e-5))
        .isTrue();
    assertThat(
            floats
                .output(ids)[0]
                .castTo(DataType.DOUBLE)
                .equalsWithEps(network.output(ids)[0], 1e-6))
        .isTrue();
  }

  @Test
  void scoresEveryExampleAsIfItWereAlone() {
    ComputationGraph network = network(DataType.FLOAT, 3, ours(4));
    INDArray ids = Chain.ids(DataType.FLOAT, random, 3, 5, WORDS);
    INDArray labels = Chain.ids(DataType.FLOAT, random, 3, 5, 4);
    INDArray mask = mask(DataType.FLOAT, 3, 5);
    INDArray scores = network.scoreExamples(Chain.batch(ids, mask, labels, mask), false);
    assertThat(scores.shape()).containsExactly(3, 1);
    for (int b = 0; b < 3; b++) {
      INDArray steps = example(mask, b);
      MultiDataSet alone = Chain.batch(example(ids, b), steps, example(labels, b), steps);
      assertThat(scores.getDouble(b)).isCloseTo(network.score(alone, false), within(1e-5));
    }
    assertThat(scores.getDouble(2)).as("no step").isZero();
  }

  private static INDArray example(INDArray array, int b) {
    return array.get(NDArrayIndex.interval(b, b + 1)).dup();
  }

  @Test
  void takesTheMaskOfTheFeaturesWhereLabelsHaveNone() {
    ComputationGraph network = network(DataType.FLOAT, 3, ours(4));
    INDArray ids = Chain.ids(DataType.FLOAT, random, 3, 4, WORDS);
    INDArray labels = Chain.ids(DataType.FLOAT, random, 3, 4, 4);
    INDArray mask = mask(DataType.FLOAT, 3, 4);
    Chain.compute(network, Chain.batch(ids, mask, labels, mask));
    double expected = network.score();
    INDArray gradients = network.getFlattenedGradients().dup();

    MultiDataSet without = Chain.batch(ids, mask, labels, null);
    Chain.compute(network, without);
    assertThat(network.score()).isEqualTo(expected);
    assertThat(network.getFlattenedGradients()).isEqualTo(gradients);
    assertThat(network.score(without, false)).isCloseTo(expected, within(1e-6));

    Chain.compute(network, Chain.batch(ids, null, labels, null));
    assertThat(network.score()).isGreaterThan(expected + 0.1);
  }

  @Test
  void takesThatMaskThroughARecurrentLayerToo() {
    ComputationGraph network =
        Chain.of(
            DataType.FLOAT,
            InputType.recurrent(1),
            new WordEmbedding.Builder().nIn(WORDS).nOut(3).build(),
            new Lstm.Builder().nOut(3).build(),
            ours(4));
    INDArray ids = Chain.ids(DataType.FLOAT, random, 3, 4, WORDS);
    INDArray labels = Chain.ids(DataType.FLOAT, random, 3, 4, 4);
    INDArray mask = mask(DataType.FLOAT, 3, 4);
    Chain.compute(network, Chain.batch(ids, mask, labels, mask));
    double expected = network.score();
    Chain.compute(network, Chain.batch(ids, mask, labels, null));
    assertThat(network.score()).isEqualTo(expected);
  }

  @Test
  void looksAtNoLabelBehindTheMask() {
    ComputationGraph network = network(DataType.FLOAT, 3, ours(4));
    INDArray ids = Chain.ids(DataType.FLOAT, random, 1, 3, WORDS);
    INDArray mask = Nd4j.createFromArray(1f, 0, 0).reshape(1, 3);
    INDArray labels = Nd4j.createFromArray(2f, -1, Float.NaN).reshape(1, 1, 3);
    Chain.compute(network, Chain.batch(ids, mask, labels, mask));
    assertThat(network.score()).isFinite().isPositive();
  }

  /** Where the stock layer's clipped probability says 23 at most. */
  @Test
  void lossOfAnImpossibleLabelIsFinite() {
    ComputationGraph network = network(DataType.FLOAT, 3, ours(2));
    network.getParam("1_b").assign(Nd4j.createFromArray(0f, 500f));
    network.getParam("1_W").assign(0);
    INDArray ids = Chain.ids(DataType.FLOAT, random, 1, 1, WORDS);
    INDArray label = Nd4j.zeros(DataType.FLOAT, 1, 1, 1);
    Chain.compute(network, Chain.batch(ids, null, label, null));
    assertThat(network.score()).isCloseTo(500, within(1e-3));
    assertThat(Chain.gradient(network, "1_b").toFloatVector()).containsExactly(-1, 1);
  }

  @Test
  void survivesSaving() throws IOException {
    ComputationGraph network = network(DataType.FLOAT, 3, ours(4));
    ComputationGraph loaded = Chain.saveAndLoad(network);
    INDArray ids = Chain.ids(DataType.FLOAT, random, 2, 3, WORDS);
    assertThat(loaded.output(ids)[0]).isEqualTo(network.output(ids)[0]);
    assertThat(loaded.getConfiguration()).isEqualTo(network.getConfiguration());
  }

  @ParameterizedTest
  @CsvSource({"4, 4.0", "-1, -1.0", "0.5, 0.5"})
  void refusesALabelThatIsNoClass(float label, String shown) {
    ComputationGraph network = network(DataType.FLOAT, 3, ours(4));
    INDArray ids = Chain.ids(DataType.FLOAT, random, 2, 1, WORDS);
    INDArray labels = Nd4j.createFromArray(0f, label).reshape(2, 1, 1);
    assertThatThrownBy(() -> Chain.compute(network, Chain.batch(ids, null, labels, null)))
        .hasMessage(
            "label %s at step 0 of example 1 of the batch: classes are whole numbers from 0 to 3",
            shown);
  }

  @Test
  void refusesLabelsOfAnotherShape() {
    ComputationGraph network = network(DataType.FLOAT, 3, ours(4));
    INDArray ids = Chain.ids(DataType.FLOAT, random, 2, 3, WORDS);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, 2, 5, 3);
    assertThatThrownBy(() -> Chain.compute(network, Chain.batch(ids, null, labels, null)))
        .hasMessage("labels must be [2, 1, 3] with numbers of classes or [2, 4, 3], got [2, 5, 3]");
  }

  /** The stock layer has no smoothing, but takes labels that somebody else has smoothed. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void smoothsLabelsInTraining(boolean sparse) {
    double share = 0.3;
    ComputationGraph stock = network(DataType.FLOAT, 4, stock(7));
    ComputationGraph ours = network(DataType.FLOAT, 4, smoothed(7, share));
    ours.params().assign(stock.params());
    INDArray ids = Chain.ids(DataType.FLOAT, random, 3, 5, WORDS);
    INDArray numbers = Chain.ids(DataType.FLOAT, random, 3, 5, 7);
    INDArray mask = mask(DataType.FLOAT, 3, 5);
    INDArray labels = oneHot(numbers, 7);
    Chain.compute(stock, Chain.batch(ids, mask, labels.mul(1 - share).add(share / 7), mask));
    MultiDataSet batch = Chain.batch(ids, mask, sparse ? numbers : labels, mask);
    Chain.compute(ours, batch);

    assertThat(ours.score()).isCloseTo(stock.score(), within(1e-5));
    for (String parameter : new String[] {"0_W", "1_W", "1_b"}) {
      INDArray expected = Chain.gradient(stock, parameter);
      assertThat(Chain.gradient(ours, parameter).equalsWithEps(expected, 1e-5)).isTrue();
    }
    assertThat(ours.score(batch, true)).isCloseTo(stock.score(), within(1e-5));
    assertThat(ours.score(batch, false))
        .as("what is scored is not what is trained on")
        .isCloseTo(stock.score(Chain.batch(ids, mask, labels, mask), false), within(1e-5));
  }

  @Test
  void smoothedGradientsAgreeWithFiniteDifferences() {
    ComputationGraph network = network(DataType.DOUBLE, 3, smoothed(4, 0.2));
    INDArray ids = Chain.ids(DataType.DOUBLE, random, 3, 4, WORDS);
    INDArray numbers = Chain.ids(DataType.DOUBLE, random, 3, 4, 4);
    INDArray mask = mask(DataType.DOUBLE, 3, 4);
    Chain.assertAgreesWithFiniteDifferences(network, Chain.batch(ids, mask, numbers, mask), 1e-5);
  }

  @Test
  void keepsItsSmoothing() throws IOException {
    ComputationGraph network = network(DataType.FLOAT, 3, smoothed(4, 0.2));
    assertThat(Chain.saveAndLoad(network).getConfiguration()).isEqualTo(network.getConfiguration());
    assertThat(smoothed(4, 0.2)).isNotEqualTo(smoothed(4, 0.1));
    assertThatThrownBy(() -> smoothed(4, 1)).hasMessageContaining("from 0 to below 1, got 1.0");
  }

  private static Layer smoothed(int classes, double share) {
    return new SequenceSoftmax.Builder().nOut(classes).labelSmoothing(share).build();
  }

  private static Layer ours(int classes) {
    return new SequenceSoftmax.Builder().nOut(classes).build();
  }

  private static Layer stock(int classes) {
    return new RnnOutputLayer.Builder().nOut(classes).build();
  }

  private static ComputationGraph network(DataType type, int hidden, Layer output) {
    return Chain.of(
        type,
        InputType.recurrent(1),
        new WordEmbedding.Builder().nIn(WORDS).nOut(hidden).build(),
        output);
  }

  private static INDArray oneHot(INDArray numbers, int classes) {
    INDArray labels = Nd4j.zeros(numbers.dataType(), numbers.size(0), classes, numbers.size(2));
    for (int b = 0; b < numbers.size(0); b++) {
      for (int t = 0; t < numbers.size(2); t++) {
        labels.putScalar(new int[] {b, numbers.getInt(b, 0, t), t}, 1);
      }
    }
    return labels;
  }

  /** With a hole in the first example and without a step in the last. */
  private static INDArray mask(DataType type, int batch, int time) {
    INDArray mask = Nd4j.ones(type, batch, time).putScalar(0, 1, 0);
    if (batch > 1) {
      mask.getRow(batch - 1).assign(0);
    }
    return mask;
  }
}
