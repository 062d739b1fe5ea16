package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class TiedWeightsTest {
  private static final int WORDS = 7;
  private static final int SIZE = 5;

  private final Random random = new Random(4);

  @Test
  void agreesWithFiniteDifferences() {
    ComputationGraph network = tied(DataType.DOUBLE);
    MultiDataSet batch = batch(DataType.DOUBLE, 3, 4);
    Chain.assertAgreesWithFiniteDifferences(network, batch, 1e-5);
  }

  /** The gradient of a matrix that is used twice is the sum of those of two equal matrices. */
  @Test
  void gradientIsTheSumOfBothUses() {
    ComputationGraph tied = tied(DataType.FLOAT);
    ComputationGraph free = network(DataType.FLOAT, null);
    assertThat(free.numParams() - tied.numParams()).isEqualTo(WORDS * SIZE);
    for (String parameter : new String[] {"0_W", "1_W", "1_RW", "1_b"}) {
      free.getParam(parameter).assign(tied.getParam(parameter));
    }
    tied.getParam("2_b").assign(Nd4j.rand(1, WORDS));
    free.getParam("2_b").assign(tied.getParam("2_b"));
    free.getParam("2_W").assign(tied.getParam("0_W").transpose());
    for (int step = 0; step < 3; step++) { // more than one: nothing is left of the step before
      MultiDataSet batch = batch(DataType.FLOAT, 4, 6);
      Chain.compute(tied, batch);
      Chain.compute(free, batch);
      assertThat(tied.score()).isCloseTo(free.score(), within(1e-5));
      INDArray sum = Chain.gradient(free, "0_W").add(Chain.gradient(free, "2_W").transpose());
      assertThat(Chain.gradient(tied, "0_W").equalsWithEps(sum, 1e-5)).isTrue();
      assertThat(Chain.gradient(tied, "2_b").equalsWithEps(Chain.gradient(free, "2_b"), 1e-5))
          .isTrue();
      assertThat(
              tied.output(batch.getFeatures(0))[0].equalsWithEps(
                  free.output(batch.getFeatures(0))[0], 1e-6))
          .isTrue();
    }
  }

  @Test
  void everyRowOfTheGradientCounts() {
    ComputationGraph tied = tied(DataType.FLOAT);
    Chain.compute(tied, batch(DataType.FLOAT, 1, 1));
    RowSparse embedding = (RowSparse) tied.getLayer("0");
    assertThat(embedding.touchedRows()).containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void survivesSaving() throws IOException {
    ComputationGraph tied = tied(DataType.FLOAT);
    ComputationGraph loaded = Chain.saveAndLoad(tied);
    TiedWeights.connect(loaded);
    INDArray ids = Chain.ids(DataType.FLOAT, random, 2, 3, WORDS);
    assertThat(loaded.output(ids)[0]).isEqualTo(tied.output(ids)[0]);
    assertThat(loaded.getConfiguration()).isEqualTo(tied.getConfiguration());
  }

  @Test
  void saysWhatIsMissing() {
    ComputationGraph network = network(DataType.FLOAT, "0");
    INDArray ids = Chain.ids(DataType.FLOAT, random, 1, 1, WORDS);
    assertThatThrownBy(() -> network.output(ids))
        .hasMessageContaining("call TiedWeights.connect(network) first");
    assertThatThrownBy(() -> TiedWeights.connect(network(DataType.FLOAT, "1")))
        .hasMessageContaining("\"1\", which is no word embedding");
    assertThatThrownBy(() -> TiedWeights.connect(network(DataType.FLOAT, "missing")))
        .hasMessageContaining("\"missing\", which is no word embedding");
  }

  @Test
  void refusesATableOfAnotherShape() {
    ComputationGraph network =
        Chain.of(
            DataType.FLOAT,
            InputType.recurrent(1),
            new WordEmbedding.Builder().nIn(WORDS).nOut(SIZE).build(),
            new Lstm.Builder().nOut(SIZE + 1).build(),
            new SequenceSoftmax.Builder().nOut(WORDS).tiedTo("0").build());
    assertThatThrownBy(() -> TiedWeights.connect(network))
        .hasMessageContaining("tied weights need a table [7, 6], that of \"0\" is [7, 5]");
  }

  @Test
  void refusesAFrozenTable() {
    ComputationGraph network =
        Chain.of(
            DataType.FLOAT,
            InputType.recurrent(1),
            new WordEmbedding.Builder().nIn(WORDS).nOut(SIZE).frozen(true).build(),
            new SequenceSoftmax.Builder().nOut(WORDS).tiedTo("0").build());
    assertThatThrownBy(() -> TiedWeights.connect(network))
        .hasMessageContaining("a frozen table cannot be tied");
  }

  private static ComputationGraph tied(DataType type) {
    ComputationGraph network = network(type, "0");
    TiedWeights.connect(network);
    return network;
  }

  private static ComputationGraph network(DataType type, String tiedTo) {
    return Chain.of(
        type,
        InputType.recurrent(1),
        new WordEmbedding.Builder().nIn(WORDS).nOut(SIZE).build(),
        new Lstm.Builder().nOut(SIZE).build(),
        new SequenceSoftmax.Builder().nOut(WORDS).tiedTo(tiedTo).build());
  }

  /** The first example has a hole. */
  private MultiDataSet batch(DataType type, int examples, int time) {
    INDArray mask = Nd4j.ones(type, examples, time);
    if (time > 1) {
      mask.putScalar(0, 1, 0);
    }
    return Chain.batch(
        Chain.ids(type, random, examples, time, WORDS),
        mask,
        Chain.ids(type, random, examples, time, WORDS),
        mask);
  }
}
