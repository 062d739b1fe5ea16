package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.forward.ParameterTable;
import dev.unroll.layers.forward.Steps;
import dev.unroll.layers.kernel.Kernels;
import dev.unroll.layers.kernel.reference.ReferenceKernel;
import dev.unroll.layers.memory.Slab;
import dev.unroll.layers.output.AdaptiveSoftmax;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Reading step by step against {@code output} of whole sequences by the textbook's equations. */
class StepperTest {
  static final int WORDS = 11;
  static final int TIME = 6;

  private final Random random = new Random(5);

  @AfterEach
  void fastestAgain() {
    Kernels.use(null);
  }

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (String kernel : Kernels.available()) {
      for (String cell : List.of("lstm", "gru", "gru reset after", "rnn")) {
        for (int sequences : new int[] {1, 2, 9}) {
          cases.add(Arguments.of(kernel, cell, sequences));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheOutputsOfTheNetwork(String kernel, String cell, int sequences) {
    ComputationGraph network = words(cell);
    INDArray ids = Chain.ids(DataType.FLOAT, random, sequences, TIME, WORDS);
    INDArray expected = byTheTextbook(network, ids);
    Kernels.use(kernel);
    Stepper stepper = stepper(network);
    for (int time = 0; time < 2; time++) { // whatever it has read before
      stepper.begin(sequences);
      for (int t = 0; t < TIME; t++) {
        assertOutput(stepper.read(idsAt(ids, t)), expected, t, Networks.tolerance(kernel));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void goesOnFromOtherSequences(String kernel, String cell, int sequences) {
    ComputationGraph network = words(cell);
    INDArray before = Chain.ids(DataType.FLOAT, random, sequences, TIME, WORDS);
    int[] parents = random.ints(3, 0, sequences).toArray();
    INDArray after = Chain.ids(DataType.FLOAT, random, parents.length, 1, WORDS);
    INDArray expected =
        byTheTextbook(network, Nd4j.concat(2, before.get(Nd4j.createFromArray(parents)), after));
    Kernels.use(kernel);
    Stepper stepper = stepper(network);
    stepper.begin(sequences);
    for (int t = 0; t < TIME; t++) {
      stepper.read(idsAt(before, t));
    }
    stepper.select(parents);
    assertOutput(stepper.read(idsAt(after, 0)), expected, TIME, Networks.tolerance(kernel));
  }

  @Test
  void readsVectorsToo() {
    ComputationGraph network =
        chain(InputType.recurrent(4), KernelAgreementTest.layer("lstm", 0, 7), softmax());
    INDArray x = Nd4j.rand(DataType.FLOAT, 1, 4, TIME);
    INDArray expected = byTheTextbook(network, x);
    Stepper stepper = stepper(network);
    stepper.begin(1);
    for (int t = 0; t < TIME; t++) {
      float[] vector = new float[4];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = x.getFloat(0, i, t);
      }
      assertOutput(stepper.read(vector), expected, t);
    }
    assertThatThrownBy(() -> stepper.read(new int[] {1})).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> stepper.read(new float[3]))
        .hasMessage("expected 4 values a sequence for the 1 that were begun, got 3");
  }

  @Test
  void projects() {
    ComputationGraph network =
        chain(
            InputType.recurrent(1),
            embedding(),
            KernelAgreementTest.layer("lstm", 0, 7),
            new SequenceProjection.Builder().nOut(4).build(),
            softmax());
    INDArray ids = Chain.ids(DataType.FLOAT, random, 3, TIME, WORDS);
    INDArray expected = byTheTextbook(network, ids);
    Stepper stepper = stepper(network);
    stepper.begin(3);
    for (int t = 0; t < TIME; t++) {
      assertOutput(stepper.read(idsAt(ids, t)), expected, t);
    }
  }

  @Test
  void readsTiedWeights() {
    ComputationGraph network =
        chain(
            InputType.recurrent(1),
            new WordEmbedding.Builder().nIn(WORDS).nOut(7).build(),
            KernelAgreementTest.layer("lstm", 0, 7),
            new SequenceSoftmax.Builder().nOut(WORDS).tiedTo("0").build());
    TiedWeights.connect(network);
    INDArray ids = Chain.ids(DataType.FLOAT, random, 2, TIME, WORDS);
    INDArray expected = byTheTextbook(network, ids);
    Stepper stepper = stepper(network);
    stepper.begin(2);
    for (int t = 0; t < TIME; t++) {
      assertOutput(stepper.read(idsAt(ids, t)), expected, t);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9})
  void readsAnAdaptiveSoftmax(int sequences) {
    ComputationGraph network =
        chain(
            InputType.recurrent(1),
            embedding(),
            KernelAgreementTest.layer("lstm", 0, 7),
            new AdaptiveSoftmax.Builder().nOut(WORDS).cutoffs(3, 6).frequent(WORDS - 1).build());
    INDArray ids = Chain.ids(DataType.FLOAT, random, sequences, TIME, WORDS);
    INDArray expected = byTheTextbook(network, ids);
    Stepper stepper = stepper(network);
    stepper.begin(sequences);
    for (int t = 0; t < TIME; t++) {
      assertOutput(stepper.read(idsAt(ids, t)), expected, t);
    }
  }

  @Test
  void takesTheParametersAsTheyAreAtTheBeginning() {
    ComputationGraph network = words("lstm");
    Stepper stepper = stepper(network);
    stepper.begin(1);
    float[] before = stepper.read(new int[] {3});
    network.params().muli(2);
    stepper.begin(1);
    assertThat(stepper.read(new int[] {3})).isNotEqualTo(before);
    network.params().divi(2);
    stepper.begin(1);
    assertThat(stepper.read(new int[] {3})).containsExactly(before, within(1e-6f));
  }

  @Test
  void refusesWhatItCannotRead() {
    Recurrent both = KernelAgreementTest.layer("gru", 1, 5);
    assertThatThrownBy(() -> stepper(chain(InputType.recurrent(1), embedding(), both, softmax())))
        .hasMessageContaining("\"1\" (Bidirectional)");
    assertThatThrownBy(
            () ->
                stepper(
                    Chain.of(
                        DataType.DOUBLE,
                        InputType.recurrent(4),
                        KernelAgreementTest.layer("gru", 0, 5),
                        softmax())))
        .hasMessageContaining("FLOAT");
    Stepper stepper = stepper(words("rnn"));
    assertThatThrownBy(() -> stepper.read(new int[] {1})).hasMessageContaining("begun");
    stepper.begin(2);
    assertThatThrownBy(() -> stepper.read(new int[] {1, WORDS}))
        .hasMessage("word id 11: ids are whole numbers from 0 to 10");
    assertThatThrownBy(() -> stepper.select(new int[] {0, 2})).hasMessageContaining("2 of 2");
    assertThatThrownBy(() -> stepper.begin(0)).hasMessageContaining("got 0");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void beginsInGivenStates(String kernel, String cell, int sequences) {
    ComputationGraph network = words(cell);
    INDArray before = Chain.ids(DataType.FLOAT, random, sequences, TIME, WORDS);
    INDArray after = Chain.ids(DataType.FLOAT, random, sequences, 1, WORDS);
    INDArray expected = byTheTextbook(network, Nd4j.concat(2, before, after));
    Steps[] states = new Steps[2];
    for (int i = 0; i < 2; i++) {
      ((RecurrentLayer) network.getLayer(i + 1)).keepLastState();
    }
    network.output(before);
    for (int i = 0; i < 2; i++) {
      states[i] = vectors(((RecurrentLayer) network.getLayer(i + 1)).lastState());
    }
    Kernels.use(kernel);
    Stepper stepper = stepper(network);
    stepper.begin(states);
    assertOutput(stepper.read(idsAt(after, 0)), expected, TIME, Networks.tolerance(kernel));
    assertThatThrownBy(() -> stepper.begin(states[0])).hasMessageContaining("2 recurrent layers");
    assertThatThrownBy(() -> stepper.begin(null, null)).hasMessageContaining("at least one");
  }

  static Stepper stepper(ComputationGraph network) {
    return Stepper.of(network.getConfiguration(), ParameterTable.of(network));
  }

  static Steps vectors(INDArray rows) {
    int width = (int) rows.size(1);
    Slab values = new Slab(DataType.FLOAT).reserve(rows.length());
    values.floats().put(rows.dup('c').data().asFloat());
    return Steps.vectors(values, (int) rows.size(0), width);
  }

  private static ComputationGraph words(String cell) {
    return chain(
        InputType.recurrent(1),
        embedding(),
        KernelAgreementTest.layer(cell, 0, 13),
        KernelAgreementTest.layer(cell, 0, 8),
        softmax());
  }

  private static ComputationGraph chain(
      InputType input, org.deeplearning4j.nn.conf.layers.Layer... layers) {
    ComputationGraph network = Chain.of(DataType.FLOAT, input, layers);
    // Biases begin at zero, where a mistake in them would not show.
    network.params().addi(Nd4j.rand(network.params().shape()).subi(0.5).muli(0.2));
    return network;
  }

  static WordEmbedding embedding() {
    return new WordEmbedding.Builder().nIn(WORDS).nOut(5).build();
  }

  static SequenceSoftmax softmax() {
    return new SequenceSoftmax.Builder().nOut(WORDS).build();
  }

  private static INDArray byTheTextbook(ComputationGraph network, INDArray x) {
    Kernels.use(ReferenceKernel.NAME);
    ComputationGraph reference = network.clone();
    TiedWeights.connect(reference);
    return reference.outputSingle(x);
  }

  static int[] idsAt(INDArray ids, int t) {
    int[] at = new int[(int) ids.size(0)];
    for (int row = 0; row < at.length; row++) {
      at[row] = ids.getInt(row, 0, t);
    }
    return at;
  }

  static void assertOutput(float[] actual, INDArray expected, int t) {
    assertOutput(actual, expected, t, 1e-5);
  }

  /** That probabilities are the expected ones to within a fifth of the tolerance. */
  private static void assertOutput(float[] actual, INDArray expected, int t, double tolerance) {
    int rows = (int) expected.size(0);
    int classes = (int) expected.size(1);
    assertThat(actual).hasSize(rows * classes);
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < classes; k++) {
        assertThat(actual[row * classes + k])
            .as("class %d of row %d at step %d", k, row, t)
            .isCloseTo(expected.getFloat(row, k, t), within((float) tolerance / 5));
      }
    }
  }
}
