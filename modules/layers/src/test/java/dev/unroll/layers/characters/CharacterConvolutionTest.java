package dev.unroll.layers.characters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.unroll.layers.Chain;
import dev.unroll.layers.crf.Crf;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.dropout.Dropout;
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

class CharacterConvolutionTest {
  private static final int ALPHABET = 7;
  private static final int DIMENSIONS = 3;
  private static final int FILTERS = 4;

  private final Random random = new Random(23);

  /** The definition, written out: all windows of the padded word, the largest, tanh. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void equalsTheDefinition(int window) {
    ComputationGraph network = network(DataType.DOUBLE, window);
    INDArray words = words(DataType.DOUBLE, 3, 6, 4);
    INDArray out = network.feedForward(new INDArray[] {words}, false, true).get("0");
    INDArray characters = network.getParam("0_C");
    INDArray filters = network.getParam("0_W");
    for (int b = 0; b < 3; b++) {
      for (int t = 0; t < 4; t++) {
        for (int f = 0; f < FILTERS; f++) {
          assertThat(out.getDouble(b, f, t))
              .isCloseTo(expected(words, b, t, f, window, characters, filters), offset(1e-12));
        }
      }
    }
  }

  private static double expected(
      INDArray words, int b, int t, int f, int window, INDArray characters, INDArray filters) {
    int length = 0;
    while (length < words.size(1) && words.getInt(b, length, t) != 0) {
      length++;
    }
    double best = Double.NEGATIVE_INFINITY;
    for (int centre = 0; centre < length; centre++) {
      double sum = 0;
      for (int place = 0; place < window; place++) {
        int at = centre - (window - 1) / 2 + place;
        for (int d = 0; d < DIMENSIONS && at >= 0 && at < length; d++) {
          int character = words.getInt(b, at, t);
          sum += characters.getDouble(character, d) * filters.getDouble(place * DIMENSIONS + d, f);
        }
      }
      best = Math.max(best, sum);
    }
    return length == 0 ? 0 : Math.tanh(best);
  }

  @ParameterizedTest
  @CsvSource({"2, 5, 3, 3", "1, 1, 1, 3", "3, 4, 2, 2"})
  void agreesWithFiniteDifferences(int batch, int longest, int time, int window) {
    ComputationGraph network = network(DataType.DOUBLE, window);
    network.params().assign(Nd4j.rand(DataType.DOUBLE, network.params().shape()).subi(0.5));
    INDArray mask =
        Nd4j.ones(DataType.DOUBLE, batch, time).putScalar(0, time - 1, time > 1 ? 0 : 1);
    MultiDataSet data = data(words(DataType.DOUBLE, batch, longest, time), mask);
    Chain.assertAgreesWithFiniteDifferences(network, data, 1e-4);
  }

  @Test
  void floatAgreesWithDouble() {
    ComputationGraph floats = network(DataType.FLOAT, 3);
    ComputationGraph doubles = network(DataType.DOUBLE, 3);
    doubles.params().assign(floats.params().castTo(DataType.DOUBLE));
    INDArray words = words(DataType.FLOAT, 4, 5, 3);
    MultiDataSet data = data(words, Nd4j.ones(DataType.FLOAT, 4, 3));
    Chain.compute(floats, data);
    Chain.compute(
        doubles,
        Chain.batch(
            words.castTo(DataType.DOUBLE),
            data.getFeaturesMaskArray(0).castTo(DataType.DOUBLE),
            data.getLabels(0).castTo(DataType.DOUBLE),
            data.getLabelsMaskArray(0).castTo(DataType.DOUBLE)));
    assertThat(floats.score()).isCloseTo(doubles.score(), offset(1e-5));
    assertThat(
            floats
                .getFlattenedGradients()
                .castTo(DataType.DOUBLE)
                .equalsWithEps(doubles.getFlattenedGradients(), 1e-5))
        .isTrue();
  }

  @Test
  void aWordIsTheSameWhereverItStandsAndHoweverItIsPadded() {
    ComputationGraph network = network(DataType.FLOAT, 3);
    INDArray alone = Nd4j.createFromArray(2f, 5).reshape(1, 2, 1);
    INDArray together = Nd4j.zeros(DataType.FLOAT, 2, 6, 3);
    together.putScalar(new int[] {1, 0, 2}, 2).putScalar(new int[] {1, 1, 2}, 5);
    INDArray one = network.feedForward(new INDArray[] {alone}, false, true).get("0");
    INDArray other = network.feedForward(new INDArray[] {together}, false, true).get("0");
    for (int f = 0; f < FILTERS; f++) {
      assertThat(other.getFloat(1, f, 2)).isEqualTo(one.getFloat(0, f, 0));
      assertThat(other.getFloat(0, f, 0)).isZero();
    }
  }

  @Test
  void looksAtNothingBehindTheMask() {
    ComputationGraph network = network(DataType.FLOAT, 3);
    INDArray words = Nd4j.createFromArray(1f, Float.NaN, 99f, 2f).reshape(2, 1, 2);
    INDArray mask = Nd4j.createFromArray(1f, 0, 0, 1).reshape(2, 2);
    network.output(false, new INDArray[] {words}, new INDArray[] {mask}, null);
    assertThatThrownBy(() -> network.output(words))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("character number 99.0: numbers are whole, from 1 to 6");
  }

  @Test
  void survivesSaving() throws IOException {
    ComputationGraph network = network(DataType.FLOAT, 2);
    ComputationGraph loaded = Chain.saveAndLoad(network);
    INDArray words = words(DataType.FLOAT, 2, 5, 3);
    assertThat(loaded.output(words)[0]).isEqualTo(network.output(words)[0]);
    assertThat(loaded.getConfiguration()).isEqualTo(network.getConfiguration());
  }

  @Test
  void refusesSizesThatMakeNoSense() {
    assertThatThrownBy(() -> network(DataType.FLOAT, 0)).hasMessageContaining("window 0");
    assertThatThrownBy(
            () ->
                Chain.of(
                    DataType.FLOAT,
                    InputType.recurrent(1),
                    new CharacterConvolution.Builder()
                        .nIn(5)
                        .nOut(5)
                        .dropOut(new Dropout(0.5))
                        .build(),
                    new Crf.Builder().nOut(2).build()))
        .hasMessageContaining("dropout makes no sense on character numbers");
  }

  private static ComputationGraph network(DataType type, int window) {
    return Chain.of(
        type,
        InputType.recurrent(1),
        new CharacterConvolution.Builder()
            .nIn(ALPHABET)
            .nOut(FILTERS)
            .dimensions(DIMENSIONS)
            .window(window)
            .build(),
        new Crf.Builder().nOut(3).build());
  }

  private MultiDataSet data(INDArray words, INDArray mask) {
    DataType type = words.dataType();
    INDArray labels = Chain.ids(type, random, (int) words.size(0), (int) words.size(2), 3);
    return Chain.batch(words, mask, labels, mask);
  }

  /** Words of none to {@code longest} characters, some of them twice. */
  private INDArray words(DataType type, int batch, int longest, int time) {
    INDArray words = Nd4j.zeros(type, batch, longest, time);
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < time; t++) {
        int length = t == 0 ? longest : random.nextInt(longest + 1);
        for (int i = 0; i < length; i++) {
          int character = t == 0 ? 1 + i % (ALPHABET - 1) : 1 + random.nextInt(ALPHABET - 1);
          words.putScalar(new int[] {b, i, t}, character);
        }
      }
    }
    return words;
  }
}
