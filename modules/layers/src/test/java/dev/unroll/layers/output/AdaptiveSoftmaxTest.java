package dev.unroll.layers.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.Chain;
import dev.unroll.layers.Networks;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.memory.TimeMajor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** {@link AdaptiveSoftmax} behind an embedding, against its own parameters used naively. */
class AdaptiveSoftmaxTest {
  private static final int WORDS = 9;
  private static final int HIDDEN = 6;
  private static final int CLASSES = 11;

  private final Random random = new Random(2);

  @ParameterizedTest
  @CsvSource({"false, 3 7", "true, 3 7", "true, 1 2 10", "true, 10", "false, 1"})
  void gradientsAgreeWithFiniteDifferences(boolean sparse, String cutoffs) {
    ComputationGraph network =
        network(DataType.DOUBLE, HIDDEN, builder(CLASSES, ints(cutoffs)).frequent(10, 4));
    INDArray ids = Chain.ids(DataType.DOUBLE, random, 3, 4, WORDS);
    INDArray numbers = Chain.ids(DataType.DOUBLE, random, 3, 4, CLASSES);
    INDArray mask = mask(DataType.DOUBLE, 3, 4);
    INDArray labels = sparse ? numbers : oneHot(numbers);
    Chain.assertAgreesWithFiniteDifferences(network, Chain.batch(ids, mask, labels, mask), 1e-5);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 5, 6, 11, 3 7, false",
    "3, 5, 6, 11, 3 7, true",
    "1, 1, 1, 2, 1, false",
    "1, 4, 5, 11, 10, true",
    // More rows than one thread takes at once, and strips of gradients on either side.
    "33, 17, 40, 150, 20 90, true",
    "4, 7, 10, 1200, 4 300 1100, true",
    "1, 3, 300, 700, 300, false",
  })
  void floatsAgreeWithDoubles(
      int batch, int time, int hidden, int classes, String cutoffs, boolean masked) {
    AdaptiveSoftmax.Builder layer = builder(classes, ints(cutoffs)).frequent(classes - 1);
    ComputationGraph doubles = network(DataType.DOUBLE, hidden, layer);
    ComputationGraph floats = network(DataType.FLOAT, hidden, layer);
    doubles.params().assign(Nd4j.randn(doubles.params().shape()).mul(0.3));
    floats.params().assign(doubles.params());
    INDArray ids = Chain.ids(DataType.FLOAT, random, batch, time, WORDS);
    INDArray labels = Chain.ids(DataType.FLOAT, random, batch, time, classes);
    INDArray mask = masked ? mask(DataType.FLOAT, batch, time) : null;
    MultiDataSet data = Chain.batch(ids, mask, labels, mask);
    Chain.compute(doubles, data);
    Chain.compute(floats, data);

    assertThat(floats.score()).isCloseTo(doubles.score(), within(1e-5 * doubles.score()));
    assertThat(floats.score(data, false)).isCloseTo(floats.score(), within(1e-9));
    floats
        .gradient()
        .gradientForVariable()
        .forEach(
            (name, gradient) ->
                Networks.assertEquals(
                    gradient, doubles.gradient().getGradientFor(name), 1e-5, name));
    INDArray[] masks = mask == null ? null : new INDArray[] {mask};
    INDArray p = floats.output(false, new INDArray[] {ids}, masks, masks)[0];
    INDArray expected =
        doubles.output(false, new INDArray[] {ids.castTo(DataType.DOUBLE)}, masks, masks)[0];
    Networks.assertEquals(p, expected, 1e-5, "probabilities");
    assertThat(TimeMajor.is(p)).isTrue();
  }

  /** From the parameters as the documentation describes them, with nothing of the layer's code. */
  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void probabilitiesAreThoseOfTheChainRule(DataType type) {
    ComputationGraph network =
        network(type, HIDDEN, builder(CLASSES, 3, 7).frequent(10).minimumWidth(2).factor(2));
    network.params().assign(Nd4j.randn(type, network.params().shape()));
    INDArray ids = Nd4j.arange(WORDS).castTo(type).reshape(WORDS, 1, 1);
    INDArray p = network.output(ids)[0];
    for (int word = 0; word < WORDS; word++) {
      INDArray h = network.getParam("0_W").getRow(word).castTo(DataType.DOUBLE).reshape(1, -1);
      double[] head = softmax(network, h, "W", "b");
      double[] first = softmax(network, h.mmul(parameter(network, "P1")), "W1", "b1");
      double[] second = softmax(network, h.mmul(parameter(network, "P2")), "W2", "b2");
      assertThat(head).hasSize(5);
      assertThat(parameter(network, "P1").columns()).isEqualTo(3);
      assertThat(parameter(network, "P2").columns()).isEqualTo(2);
      double sum = 0;
      for (int label = 0; label < CLASSES; label++) {
        int rank = label == 10 ? 0 : label + 1;
        double expected =
            rank < 3
                ? head[rank]
                : rank < 7 ? head[3] * first[rank - 3] : head[4] * second[rank - 7];
        double actual = p.getDouble(word, label, 0);
        assertThat(actual).isCloseTo(expected, within(1e-6));
        sum += actual;
        INDArray one = Nd4j.scalar(type, word).reshape(1, 1, 1);
        INDArray labels = Nd4j.scalar(type, label).reshape(1, 1, 1);
        assertThat(network.score(Chain.batch(one, null, labels, null), false))
            .isCloseTo(-Math.log(expected), within(1e-5));
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  private static double[] softmax(ComputationGraph network, INDArray h, String w, String b) {
    double[] z = h.mmul(parameter(network, w)).addRowVector(parameter(network, b)).toDoubleVector();
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      z[i] = Math.exp(z[i]);
      sum += z[i];
    }
    for (int i = 0; i < z.length; i++) {
      z[i] /= sum;
    }
    return z;
  }

  private static INDArray parameter(ComputationGraph network, String name) {
    return network.getParam("1_" + name).castTo(DataType.DOUBLE);
  }

  @Test
  void frequentClassesAreOthersByAnotherNumber() {
    ComputationGraph plain = network(DataType.FLOAT, HIDDEN, builder(CLASSES, 3, 7));
    ComputationGraph moved = network(DataType.FLOAT, HIDDEN, builder(CLASSES, 3, 7).frequent(10));
    INDArray ids = Chain.ids(DataType.FLOAT, random, 3, 5, WORDS);
    INDArray labels = Chain.ids(DataType.FLOAT, random, 3, 5, CLASSES);
    INDArray ranks = labels.add(1);
    for (int b = 0; b < 3; b++) {
      for (int t = 0; t < 5; t++) {
        ranks.putScalar(b, 0, t, ranks.getInt(b, 0, t) % CLASSES);
      }
    }
    Chain.compute(moved, Chain.batch(ids, null, labels, null));
    Chain.compute(plain, Chain.batch(ids, null, ranks, null));
    assertThat(moved.score()).isEqualTo(plain.score());
    assertThat(moved.getFlattenedGradients()).isEqualTo(plain.getFlattenedGradients());
    INDArray p = moved.output(ids)[0];
    INDArray byRank = plain.output(ids)[0];
    for (int label = 0; label < CLASSES; label++) {
      assertThat(p.getDouble(1, label, 2)).isEqualTo(byRank.getDouble(1, (label + 1) % CLASSES, 2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void aTailWithoutARowLearnsNothing(DataType type) {
    ComputationGraph network = network(type, HIDDEN, builder(CLASSES, 3, 7));
    INDArray ids = Chain.ids(type, random, 3, 5, WORDS);
    Chain.compute(network, Chain.batch(ids, null, Chain.ids(type, random, 3, 5, CLASSES), null));
    for (String name : new String[] {"P1", "W1", "b1", "P2", "W2", "b2"}) {
      assertThat(norm(network, name)).as(name).isPositive();
    }
    Chain.compute(network, Chain.batch(ids, null, Chain.ids(type, random, 3, 5, 3).add(4), null));
    assertThat(norm(network, "W1")).isPositive();
    for (String name : new String[] {"P2", "W2", "b2"}) {
      assertThat(norm(network, name)).as(name).isZero();
    }
    Chain.compute(network, Chain.batch(ids, null, Chain.ids(type, random, 3, 5, 3), null));
    assertThat(norm(network, "W")).isPositive();
    for (String name : new String[] {"P1", "W1", "b1", "P2", "W2", "b2"}) {
      assertThat(norm(network, name)).as(name).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void aBatchOfPaddingLearnsNothing(DataType type) {
    ComputationGraph network = network(type, HIDDEN, builder(CLASSES, 3, 7));
    INDArray ids = Chain.ids(type, random, 2, 3, WORDS);
    INDArray labels = Chain.ids(type, random, 2, 3, CLASSES);
    Chain.compute(network, Chain.batch(ids, null, labels, null));
    INDArray mask = Nd4j.zeros(type, 2, 3);
    MultiDataSet padding = Chain.batch(ids, mask, labels.assign(-1), mask);
    Chain.compute(network, padding);
    assertThat(network.score()).isZero();
    assertThat(network.score(padding, false)).isZero();
    assertThat(network.getFlattenedGradients().norm1Number().doubleValue()).isZero();
    INDArray[] masks = {mask};
    INDArray p = network.output(false, new INDArray[] {ids}, masks, masks)[0];
    assertThat(p.norm1Number().doubleValue()).isZero();
  }

  private static double norm(ComputationGraph network, String name) {
    return Chain.gradient(network, "1_" + name).norm1Number().doubleValue();
  }

  @Test
  void scoresEveryExampleAsIfItWereAlone() {
    ComputationGraph network = network(DataType.FLOAT, HIDDEN, builder(CLASSES, 3, 7));
    INDArray ids = Chain.ids(DataType.FLOAT, random, 3, 5, WORDS);
    INDArray labels = Chain.ids(DataType.FLOAT, random, 3, 5, CLASSES);
    INDArray mask = mask(DataType.FLOAT, 3, 5).putScalar(1, 1, 0.5);
    INDArray scores = network.scoreExamples(Chain.batch(ids, mask, labels, mask), false);
    INDArray p = network.output(ids)[0];
    for (int b = 0; b < 3; b++) {
      double expected = 0;
      for (int t = 0; t < 5; t++) {
        expected -= mask.getDouble(b, t) * Math.log(p.getDouble(b, labels.getInt(b, 0, t), t));
      }
      assertThat(scores.getDouble(b)).isCloseTo(expected, within(1e-5));
    }
    assertThat(scores.getDouble(2)).as("no step").isZero();
  }

  @Test
  void givesTheSameBitsForAnyNumberOfThreads() {
    ComputationGraph network = network(DataType.FLOAT, 40, builder(900, 300, 500));
    INDArray ids = Chain.ids(DataType.FLOAT, random, 20, 31, WORDS);
    MultiDataSet batch =
        Chain.batch(ids, null, Chain.ids(DataType.FLOAT, random, 20, 31, 900), null);
    int before = Parallel.threads();
    try {
      Parallel.threads(1);
      Chain.compute(network, batch);
      double score = network.score();
      INDArray gradients = network.getFlattenedGradients().dup();
      INDArray p = network.output(ids)[0].dup();
      for (int threads : new int[] {2, 3, 7}) {
        Parallel.threads(threads);
        Chain.compute(network, batch);
        assertThat(network.score()).isEqualTo(score);
        assertThat(network.getFlattenedGradients()).isEqualTo(gradients);
        assertThat(network.output(ids)[0]).isEqualTo(p);
      }
    } finally {
      Parallel.threads(before);
    }
  }

  @Test
  void survivesSaving() throws IOException {
    ComputationGraph network =
        network(DataType.FLOAT, HIDDEN, builder(CLASSES, 3, 7).frequent(10).factor(2));
    ComputationGraph loaded = Chain.saveAndLoad(network);
    INDArray ids = Chain.ids(DataType.FLOAT, random, 2, 3, WORDS);
    assertThat(loaded.output(ids)[0]).isEqualTo(network.output(ids)[0]);
    assertThat(loaded.getConfiguration()).isEqualTo(network.getConfiguration());
    assertThat(builder(CLASSES, 3, 7).build()).isEqualTo(builder(CLASSES, 3, 7).build());
    assertThat(builder(CLASSES, 3, 7).build()).isNotEqualTo(builder(CLASSES, 3, 8).build());
  }

  @Test
  void widthsFallByTheFactor() {
    AdaptiveShape shape = builder(CLASSES, 3, 7, 9).nIn(256).minimumWidth(16).build().shape();
    assertThat(new int[] {shape.width(0), shape.width(1), shape.width(2)})
        .containsExactly(64, 16, 16);
    assertThat(builder(CLASSES, 3).nIn(5).minimumWidth(16).build().shape().width(0)).isEqualTo(5);
  }

  @Test
  void refusesWhatCannotBe() {
    String cutoffs =
        "the cutoffs of an adaptive softmax must be one or more ascending numbers from 1 to below"
            + " the 11 classes, got ";
    refuses(builder(CLASSES), cutoffs + "[]");
    refuses(builder(CLASSES, 0, 3), cutoffs + "[0, 3]");
    refuses(builder(CLASSES, 3, 3), cutoffs + "[3, 3]");
    refuses(builder(CLASSES, 7, 3), cutoffs + "[7, 3]");
    refuses(builder(CLASSES, 3, 11), cutoffs + "[3, 11]");
    refuses(
        builder(CLASSES, 3).factor(0),
        "the factor and the least width of tails must be from 1, got 0 and 1");
    refuses(
        builder(CLASSES, 3).minimumWidth(0),
        "the factor and the least width of tails must be from 1, got 4 and 0");
    String frequent = "the most frequent classes must be different numbers from 0 to 10, got ";
    refuses(builder(CLASSES, 3).frequent(2, 2), frequent + "[2, 2]");
    refuses(builder(CLASSES, 3).frequent(11), frequent + "[11]");
    refuses(builder(1, 3), "an adaptive softmax needs nIn from 1 and nOut from 2, got 6 and 1");
  }

  private static void refuses(AdaptiveSoftmax.Builder layer, String message) {
    assertThatThrownBy(() -> network(DataType.FLOAT, HIDDEN, layer)).hasMessage(message);
  }

  @Test
  void refusesLabelsThatAreNoClass() {
    ComputationGraph network = network(DataType.FLOAT, HIDDEN, builder(CLASSES, 3, 7));
    INDArray ids = Chain.ids(DataType.FLOAT, random, 2, 1, WORDS);
    INDArray labels = Nd4j.createFromArray(0f, 11f).reshape(2, 1, 1);
    assertThatThrownBy(() -> Chain.compute(network, Chain.batch(ids, null, labels, null)))
        .hasMessage(
            "label 11.0 at step 0 of example 1 of the batch: classes are whole numbers from 0 to"
                + " 10");
    INDArray shares = Nd4j.ones(DataType.FLOAT, 2, CLASSES, 1).div(CLASSES);
    assertThatThrownBy(() -> Chain.compute(network, Chain.batch(ids, null, shares, null)))
        .hasMessageContaining("a label must be 1 for one class and 0 for others");
  }

  private static AdaptiveSoftmax.Builder builder(int classes, int... cutoffs) {
    return new AdaptiveSoftmax.Builder().nOut(classes).cutoffs(cutoffs).minimumWidth(1);
  }

  private static int[] ints(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static ComputationGraph network(
      DataType type, int hidden, AdaptiveSoftmax.Builder output) {
    return Chain.of(
        type,
        InputType.recurrent(1),
        new WordEmbedding.Builder().nIn(WORDS).nOut(hidden).build(),
        output.build());
  }

  private static INDArray oneHot(INDArray numbers) {
    INDArray labels = Nd4j.zeros(numbers.dataType(), numbers.size(0), CLASSES, numbers.size(2));
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
