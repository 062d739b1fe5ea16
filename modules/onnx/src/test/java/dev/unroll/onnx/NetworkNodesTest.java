package dev.unroll.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.data.UserError;
import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Gru;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.Recurrent;
import dev.unroll.layers.SimpleRnn;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.characters.CharacterConvolution;
import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import dev.unroll.testing.OnnxSession;
import dev.unroll.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Each layer in ONNX Runtime, against the same layer in its network. */
class NetworkNodesTest {
  private static final double TOLERANCE = 1e-5;
  private static final int WORDS = 30;
  private static final int HIDDEN = 7;
  private static final int LABELS = 3;

  private final Random random = new Random(17);

  static Stream<Arguments> stacks() {
    List<Map.Entry<String, Supplier<Recurrent>>> cells =
        List.of(
            Map.entry("lstm", () -> new Lstm.Builder().nOut(HIDDEN).build()),
            Map.entry("gru", () -> new Gru.Builder().nOut(HIDDEN).build()),
            Map.entry(
                "gru, reset after", () -> new Gru.Builder().nOut(HIDDEN).resetAfter(true).build()),
            Map.entry("rnn", () -> new SimpleRnn.Builder().nOut(HIDDEN).build()));
    return cells.stream()
        .flatMap(
            cell ->
                Stream.of(1, 3)
                    .flatMap(
                        layers ->
                            Stream.of(false, true)
                                .map(
                                    both ->
                                        Arguments.of(
                                            cell.getKey(), cell.getValue(), layers, both))));
  }

  @ParameterizedTest(name = "{0}, {2} layers, both directions: {3}")
  @MethodSource("stacks")
  void stackedLayersAndPoolingAnswerAsInTheNetwork(
      String name, Supplier<Recurrent> cell, int layers, boolean both) {
    ComputationGraph network = classifier(cell, layers, both, Summary.values());
    try (OnnxSession session = new OnnxSession(export(network, layers).toBytes())) {
      for (int[] lengths : new int[][] {{5, 1, 0, 9, 3}, {1}, {0}, {12, 12}}) {
        compare(network, session, lengths);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAX", "MEAN", "LAST", "FIRST", "MIDDLE"})
  void oneSummaryIsTheWholeVector(Summary summary) {
    ComputationGraph network =
        classifier(() -> new Lstm.Builder().nOut(HIDDEN).build(), 1, false, summary);
    try (OnnxSession session = new OnnxSession(export(network, 1).toBytes())) {
      compare(network, session, 4, 0, 1);
    }
  }

  private void compare(ComputationGraph network, OnnxSession session, int... lengths) {
    int time = Math.max(1, Arrays.stream(lengths).max().orElse(1));
    long[][] words = new long[lengths.length][time];
    long[] counts = new long[lengths.length];
    INDArray ids = Nd4j.zeros(lengths.length, 1, time);
    INDArray mask = Nd4j.zeros(lengths.length, time);
    for (int b = 0; b < lengths.length; b++) {
      counts[b] = lengths[b];
      for (int t = 0; t < lengths[b]; t++) {
        words[b][t] = random.nextInt(WORDS);
        ids.putScalar(b, 0, t, words[b][t]);
        mask.putScalar(b, t, 1);
      }
    }
    INDArray expected = network.output(false, new INDArray[] {ids}, new INDArray[] {mask}, null)[0];
    session
        .run(Map.of("words", words, "lengths", counts))
        .get("probabilities")
        .isCloseTo(expected.dup('c').data().asFloat(), TOLERANCE, "probabilities");
  }

  private ComputationGraph classifier(
      Supplier<Recurrent> cell, int layers, boolean both, Summary... summaries) {
    var graph =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .graphBuilder()
            .addInputs("words")
            .setInputTypes(InputType.recurrent(1));
    graph.addLayer("embedding", new WordEmbedding.Builder().nIn(WORDS).nOut(5).build(), "words");
    String top = "embedding";
    for (int i = 1; i <= layers; i++) {
      Recurrent layer = cell.get();
      graph.addLayer("recurrent" + i, both ? new Bidirectional(layer) : layer, top);
      top = "recurrent" + i;
    }
    graph.addLayer("pooling", new SequencePooling.Builder(summaries).build(), top);
    graph.addLayer(
        "output",
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(LABELS)
            .activation(Activation.SOFTMAX)
            .build(),
        "pooling");
    return random(new ComputationGraph(graph.setOutputs("output").build()));
  }

  /** With parameters all of which matter, biases too. */
  private ComputationGraph random(ComputationGraph network) {
    network.init();
    float[] values = new float[Math.toIntExact(network.numParams())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() * 0.5f;
    }
    network.setParams(Nd4j.createFromArray(values).reshape(1, values.length));
    return network;
  }

  private static OnnxModel export(ComputationGraph network, int layers) {
    OnnxGraph graph = new OnnxGraph("test");
    NetworkNodes nodes = new NetworkNodes(graph, network);
    Sequences words = Sequences.inputs(graph, "words");
    String top = nodes.embedding("embedding", words.steps());
    for (int i = 1; i <= layers; i++) {
      top = nodes.recurrent("recurrent" + i, top, words.stepCounts());
    }
    String scores = nodes.linear("output", nodes.pooling("pooling", top, words));
    graph.output("probabilities", nodes.softmax(scores), OnnxGraph.Type.FLOAT, "batch", LABELS);
    return graph.model(Map.of("labels", List.of("a", "\"b\"", "ü")));
  }

  @ParameterizedTest(name = "window {0}")
  @CsvSource({"1", "2", "3", "4"})
  void aConvolutionOverCharactersAnswersAsInTheNetwork(int window) {
    var configuration =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .graphBuilder()
            .addInputs("characters")
            .setInputTypes(InputType.recurrent(6));
    configuration.addLayer(
        "spelling",
        new CharacterConvolution.Builder().nIn(9).nOut(4).dimensions(3).window(window).build(),
        "characters");
    ComputationGraph network =
        random(new ComputationGraph(configuration.setOutputs("spelling").build()));

    OnnxGraph graph = new OnnxGraph("spellings");
    Spellings spellings = Spellings.input(graph, "characters");
    NetworkNodes nodes = new NetworkNodes(graph, network);
    String vectors = nodes.batchMajor(nodes.convolution("spelling", spellings));
    graph.output("vectors", vectors, OnnxGraph.Type.FLOAT, "batch", "time", 4);

    int letters = 6;
    long[][][] words = new long[3][2][letters];
    INDArray columns = Nd4j.zeros(3, letters, 2);
    for (int b = 0; b < 3; b++) {
      for (int t = 0; t < 2; t++) {
        int length = b == 0 && t == 0 ? 1 : b == 1 ? letters : 1 + random.nextInt(letters);
        for (int i = 0; i < length; i++) {
          words[b][t][i] = 1 + random.nextInt(8);
          columns.putScalar(b, i, t, words[b][t][i]);
        }
      }
    }
    float[] expected = network.outputSingle(columns).permute(0, 2, 1).dup('c').data().asFloat();
    try (OnnxSession session = new OnnxSession(graph.model(Map.of()).toBytes())) {
      session
          .run(Map.of("characters", words))
          .get("vectors")
          .isCloseTo(expected, TOLERANCE, "vectors");
    }
  }

  @Test
  void theSameModelGivesTheSameBytesAndSaysWhatItIs(@TempDir Path folder) throws IOException {
    ComputationGraph network =
        classifier(() -> new Lstm.Builder().nOut(HIDDEN).build(), 1, true, Summary.MAX);
    Path file = folder.resolve("model.onnx");
    export(network, 1).write(file);
    assertThat(export(network, 1).toBytes()).isEqualTo(Files.readAllBytes(file));
    try (OnnxSession session = new OnnxSession(Files.readAllBytes(file))) {
      assertThat(session.metadata()).containsEntry("labels", "[\"a\",\"\\\"b\\\"\",\"\\u00fc\"]");
    }
  }

  /** The checker of the format itself, where Python has it; Debian calls it python3-onnx. */
  @Test
  void theCheckerOfOnnxAcceptsIt(@TempDir Path folder) throws Exception {
    assumeTrue(Python.run("import onnx").isPresent(), "Python has no onnx");
    Path file = folder.resolve("model.onnx");
    for (boolean both : new boolean[] {false, true}) {
      export(classifier(() -> new Gru.Builder().nOut(HIDDEN).build(), 2, both, Summary.values()), 2)
          .write(file);
      String check = "import onnx; onnx.checker.check_model('" + file + "', full_check=True)";
      assertThat(Python.run(check)).isPresent();
    }
  }

  @Test
  void twoValuesOfOneNameAreRefused() {
    OnnxGraph graph = new OnnxGraph("twice");
    Sequences.inputs(graph, "words");
    assertThatThrownBy(() -> Sequences.inputs(graph, "words")).hasMessageContaining("words");
  }

  @Test
  void moreThanTheFormatHoldsIsRefused() {
    OnnxGraph graph = new OnnxGraph("large", 1_000);
    graph.parameter("some", new float[200], 200);
    assertThatThrownBy(() -> graph.parameter("more", new float[51], 51))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("2 GiB");
  }
}
