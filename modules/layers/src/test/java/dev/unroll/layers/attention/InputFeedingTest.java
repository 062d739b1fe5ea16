package dev.unroll.layers.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.Chain;
import dev.unroll.layers.LastState;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.Networks;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.forward.ParameterTable;
import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.memory.Slab;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
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

/** A decoder that reads where it looked before. */
class InputFeedingTest {
  private static final int WORDS = 5;
  private static final int INPUTS = 2;
  private static final int SOURCE = 3;
  private static final int UNITS = 3;
  private static final int OUTPUTS = 4;

  private final Random random = new Random(4);

  @ParameterizedTest
  @CsvSource({
    "LSTM, GENERAL, true, 3, 3, 4, trailing, trailing",
    "LSTM, ADDITIVE, true, 2, 4, 3, holes, empty row",
    "LSTM, DOT, false, 1, 1, 1, none, none",
    "GRU, DOT, true, 2, 3, 2, leading, holes",
    "GRU_RESET_AFTER, GENERAL, false, 2, 3, 3, empty row, none",
    "TANH, ADDITIVE, true, 3, 2, 1, none, trailing"
  })
  void gradientsAreThoseOfTheLoss(
      Cell cell,
      Score score,
      boolean begins,
      int batch,
      int t,
      int s,
      String stateMask,
      String sourceMask) {
    ComputationGraph network = network(DataType.DOUBLE, cell, score, begins);
    MultiDataSet data = batch(DataType.DOUBLE, batch, t, s, stateMask, sourceMask);
    Chain.assertAgreesWithFiniteDifferences(network, data, 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"LSTM, GENERAL", "GRU, DOT", "GRU_RESET_AFTER, ADDITIVE", "TANH, GENERAL"})
  void floatsAgreeWithDoubles(Cell cell, Score score) {
    ComputationGraph doubles = network(DataType.DOUBLE, cell, score, true);
    ComputationGraph floats = network(DataType.FLOAT, cell, score, true);
    floats.params().assign(doubles.params().castTo(DataType.FLOAT));
    // More examples than one part of a tape, then fewer.
    for (int batch : new int[] {35, 2}) {
      MultiDataSet data = batch(DataType.DOUBLE, batch, 6, 5, "holes", "trailing");
      Chain.compute(doubles, data);
      Chain.compute(floats, data);
      assertThat(floats.score()).isCloseTo(doubles.score(), within(1e-4));
      doubles
          .gradient()
          .gradientForVariable()
          .forEach(
              (name, gradient) -> {
                if (!name.startsWith("source") && !name.startsWith("target")) {
                  Networks.assertEquals(Chain.gradient(floats, name), gradient, 1e-4, name);
                }
              });
    }
  }

  /** Hypotheses of a sentence that are given the same words all answer as the sentence did. */
  @ParameterizedTest
  @CsvSource({"LSTM, GENERAL, true", "GRU, ADDITIVE, false", "TANH, DOT, true"})
  void answersStepByStepAsAllAtOnce(Cell cell, Score score, boolean begins) {
    ComputationGraph network = network(DataType.FLOAT, cell, score, begins);
    MultiDataSet data = batch(DataType.FLOAT, 3, 4, 5, "none", "trailing");
    network.setLayerMaskArrays(data.getFeaturesMaskArrays(), null);
    var activations = network.feedForward(data.getFeatures(), false, true);
    INDArray whole = activations.get("decoder").dup();
    INDArray x = activations.get("target").dup();
    INDArray alignment = ((InputFeedingLayer) network.getLayer("decoder")).alignment();

    InputFeedingStep steps =
        InputFeedingStep.of(network.getConfiguration(), ParameterTable.of(network), "decoder");
    INDArray state = activations.get("state");
    steps.begin(
        AttentionStepTest.steps(activations.get("encoder"), data.getFeaturesMaskArray(0)),
        state == null
            ? null
            : AttentionStepTest.steps(state.reshape(state.size(0), state.size(1), 1), null));
    int[] sentences = {0, 1, 2};
    int[][] parents = {null, {2, 0, 0, 1, 2}, {4, 3, 0}, {0, 0, 0, 1}};
    for (int t = 0; t < 4; t++) {
      if (parents[t] != null) {
        steps.select(parents[t]);
        int[] before = sentences;
        sentences = Arrays.stream(parents[t]).map(parent -> before[parent]).toArray();
      }
      Slab in = new Slab(DataType.FLOAT).reserve((long) sentences.length * INPUTS);
      double[] words = new double[sentences.length * INPUTS];
      for (int i = 0; i < words.length; i++) {
        words[i] = x.getDouble(sentences[i / INPUTS], i % INPUTS, t);
      }
      in.set(words);
      float[] out = new float[sentences.length * OUTPUTS];
      steps.step(in).floats().get(out);
      for (int i = 0; i < out.length; i++) {
        assertThat((double) out[i])
            .isCloseTo(whole.getDouble(sentences[i / OUTPUTS], i % OUTPUTS, t), within(1e-6));
      }
      for (int row = 0; row < sentences.length; row++) {
        for (int s = 0; s < 5; s++) {
          assertThat((double) steps.alignment(row)[s])
              .isCloseTo(alignment.getDouble(sentences[row], t, s), within(1e-6));
        }
      }
    }
  }

  @Test
  void survivesSavingAndCopying() throws IOException {
    ComputationGraph network = network(DataType.FLOAT, Cell.LSTM, Score.ADDITIVE, true);
    MultiDataSet data = batch(DataType.FLOAT, 3, 3, 4, "trailing", "trailing");
    INDArray expected = output(network, data);

    ComputationGraph loaded = Chain.saveAndLoad(network);
    assertThat(loaded.getConfiguration()).isEqualTo(network.getConfiguration());
    assertThat(output(loaded, data)).isEqualTo(expected);
    assertThat(output(network.clone(), data)).isEqualTo(expected);
  }

  @Test
  void namesItsParameters() {
    ComputationGraph network = network(DataType.FLOAT, Cell.LSTM, Score.ADDITIVE, true);
    assertThat(network.getLayer("decoder").paramTable().keySet())
        .containsExactly("W", "RW", "b", "Wk", "Wq", "v", "Wc");
    assertThat(network.getParam("decoder_W").shape()).containsExactly(INPUTS + OUTPUTS, 4 * UNITS);
    double[] bias = network.getParam("decoder_b").toDoubleVector();
    for (int i = 0; i < bias.length; i++) {
      assertThat(bias[i]).isEqualTo(i / UNITS == 1 ? 1 : 0);
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(
            () -> {
              GraphBuilder graph = encoder(DataType.FLOAT);
              graph
                  .addVertex("encoderState", LastState.hidden(), "encoder")
                  .addVertex("look", new AttentionSource(), "encoder", "encoder", "encoderState")
                  .addLayer(
                      "decoder",
                      new Attention.Builder(Score.DOT).nSource(SOURCE).nOut(2).build(),
                      "look");
              end(graph);
            })
        .hasMessageContaining("one InputFeeding, and nothing else, must read");
    ComputationGraph narrow =
        end(
            decoder(
                encoder(DataType.FLOAT)
                    .addVertex("encoderState", LastState.hiddenAndMemory(), "encoder"),
                Cell.GRU,
                Score.GENERAL,
                "encoderState"));
    assertThatThrownBy(() -> output(narrow, batch(DataType.FLOAT, 2, 2, 2, "none", "none")))
        .hasMessageContaining("expected a state [batch, 3], got [2, 6]");
  }

  private static INDArray output(ComputationGraph network, MultiDataSet data) {
    return network.output(false, data.getFeatures(), data.getFeaturesMaskArrays(), null)[0].dup();
  }

  private static ComputationGraph network(DataType type, Cell cell, Score score, boolean begins) {
    GraphBuilder graph = encoder(type);
    if (begins) {
      int width = UNITS * (cell.hasMemory() ? 2 : 1);
      graph.addVertex("encoderState", LastState.hiddenAndMemory(), "encoder");
      graph.addLayer(
          "state",
          new DenseLayer.Builder().nOut(width).activation(Activation.TANH).build(),
          "encoderState");
    }
    return end(decoder(graph, cell, score, begins ? "state" : null));
  }

  private static GraphBuilder encoder(DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .dataType(type)
        .updater(new NoOp())
        .graphBuilder()
        .addInputs("sources", "targets")
        .setInputTypes(InputType.recurrent(1), InputType.recurrent(1))
        .addLayer("source", new WordEmbedding.Builder().nIn(WORDS).nOut(2).build(), "sources")
        .addLayer("encoder", new Lstm.Builder().nOut(SOURCE).build(), "source")
        .addLayer("target", new WordEmbedding.Builder().nIn(WORDS).nOut(INPUTS).build(), "targets");
  }

  private static GraphBuilder decoder(GraphBuilder graph, Cell cell, Score score, String state) {
    String[] inputs =
        state == null
            ? new String[] {"target", "encoder"}
            : new String[] {"target", "encoder", state};
    return graph
        .addVertex("look", new AttentionSource(), inputs)
        .addLayer(
            "decoder",
            new InputFeeding.Builder(cell, score)
                .units(UNITS)
                .nSource(SOURCE)
                .nOut(OUTPUTS)
                .build(),
            "look");
  }

  private static ComputationGraph end(GraphBuilder graph) {
    graph
        .addLayer("out", new SequenceSoftmax.Builder().nOut(WORDS).build(), "decoder")
        .allowDisconnected(true)
        .setOutputs("out");
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }

  private MultiDataSet batch(
      DataType type, int batch, int t, int s, String stateMask, String sourceMask) {
    INDArray states = mask(stateMask, batch, t, type);
    return new MultiDataSet(
        new INDArray[] {
          Chain.ids(type, random, batch, s, WORDS), Chain.ids(type, random, batch, t, WORDS)
        },
        new INDArray[] {Chain.ids(type, random, batch, t, WORDS)},
        new INDArray[] {mask(sourceMask, batch, s, type), states},
        new INDArray[] {states});
  }

  private INDArray mask(String kind, int batch, int time, DataType type) {
    INDArray mask = Networks.mask(kind, batch, time, random);
    return mask == null ? Nd4j.ones(type, batch, time) : mask.castTo(type);
  }
}
