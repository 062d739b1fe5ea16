package dev.unroll.layers.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Gru;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.Recurrent;
import dev.unroll.layers.SimpleRnn;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Held against {@link ComputationGraph#output}. */
class ForwardNetworkTest {
  private static final int WORDS = 11;
  private static final int LABELS = 3;

  /** One alone is not computed as several, and neither is one without steps. */
  private static final int[][] BATCHES = {{5}, {1}, {4, 7, 0, 7, 1}, {0}, {3, 3}, many()};

  private static int[] many() {
    int[] lengths = new int[40];
    Arrays.setAll(lengths, i -> i % 13);
    return lengths;
  }

  static Stream<Arguments> stacks() {
    Supplier<Recurrent> lstm = () -> new Lstm.Builder().nOut(6).build();
    Supplier<Recurrent> gru = () -> new Gru.Builder().nOut(5).build();
    Supplier<Recurrent> after = () -> new Gru.Builder().resetAfter(true).nOut(5).build();
    Supplier<Recurrent> rnn = () -> new SimpleRnn.Builder().nOut(4).build();
    return Stream.of(
        Arguments.of("lstm", new Recurrent[] {lstm.get()}),
        Arguments.of("both ways", new Recurrent[] {new Bidirectional(lstm.get())}),
        Arguments.of("gru on lstm", new Recurrent[] {new Bidirectional(lstm.get()), gru.get()}),
        Arguments.of("stacked", new Recurrent[] {after.get(), new Bidirectional(rnn.get())}));
  }

  private static ComputationGraphConfiguration configuration(int vocabulary, Recurrent... stack) {
    var graph =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.recurrent(vocabulary > 0 ? 1 : 2));
    String top = "in";
    if (vocabulary > 0) {
      graph.addLayer("words", new WordEmbedding.Builder().nIn(vocabulary).nOut(3).build(), top);
      top = "words";
    }
    for (int i = 0; i < stack.length; i++) {
      graph.addLayer("recurrent" + i, stack[i], top);
      top = "recurrent" + i;
    }
    graph.addLayer(
        "pooling",
        new SequencePooling.Builder(Summary.LAST, Summary.MAX, Summary.MEAN, Summary.MIDDLE)
            .middle(0.3)
            .build(),
        top);
    graph.addLayer(
        "output",
        new OutputLayer.Builder().nOut(LABELS).activation(Activation.SOFTMAX).build(),
        "pooling");
    return graph.setOutputs("output").build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stacks")
  void givesWhatTheGraphGives(String name, Recurrent... stack) {
    for (int vocabulary : new int[] {WORDS, 0}) {
      ComputationGraphConfiguration configuration = configuration(vocabulary, stack);
      ComputationGraph graph = new ComputationGraph(configuration);
      graph.init();
      ForwardNetwork network = ForwardNetwork.of(configuration, ParameterTable.of(graph));
      for (int[] lengths : BATCHES) {
        agree(graph, network, vocabulary, lengths);
      }
      for (int[] lengths : BATCHES) {
        agree(graph, network.twin(), vocabulary, lengths);
      }
    }
  }

  private static void agree(
      ComputationGraph graph, ForwardNetwork network, int vocabulary, int... lengths) {
    int time = Math.max(1, Arrays.stream(lengths).max().orElseThrow());
    int width = vocabulary > 0 ? 1 : 2;
    INDArray features = Nd4j.zeros(lengths.length, width, time);
    INDArray mask = Nd4j.zeros(lengths.length, time);
    Random random = new Random(lengths.length);
    for (int b = 0; b < lengths.length; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        mask.putScalar(b, t, 1);
        for (int f = 0; f < width; f++) {
          float value = vocabulary > 0 ? random.nextInt(vocabulary) : (float) random.nextGaussian();
          features.putScalar(b, f, t, value);
        }
      }
    }
    INDArray expected =
        graph.output(false, new INDArray[] {features}, new INDArray[] {mask}, null)[0];
    Steps output =
        network.read(List.of(Steps.of(lengths, width, (b, t, f) -> features.getFloat(b, f, t))));
    float[] actual = output.toArray();
    assertThat(output.width()).isEqualTo(LABELS);
    assertThat(actual).hasSize(lengths.length * LABELS);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i])
          .as("example %d of %s", i / LABELS, Arrays.toString(lengths))
          .isCloseTo(expected.getFloat(i / LABELS, i % LABELS), within(2e-6f));
    }
  }

  @Test
  void theShapesAreThoseOfTheGraph() {
    ComputationGraphConfiguration configuration =
        configuration(WORDS, new Bidirectional(new Lstm.Builder().nOut(6).build()));
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    Map<String, long[]> shapes = ParameterTable.shapes(configuration);
    assertThat(shapes.keySet()).containsExactlyElementsOf(graph.paramTable().keySet());
    shapes.forEach((name, shape) -> assertThat(shape).isEqualTo(graph.getParam(name).shape()));
  }

  @Test
  void refusesParametersOfAnotherNetwork() {
    Recurrent lstm = new Lstm.Builder().nOut(6).build();
    Map<String, long[]> shapes = ParameterTable.shapes(configuration(WORDS, lstm));
    shapes.put("output_W", new long[] {LABELS, 24});
    assertThatThrownBy(
            () -> ForwardNetwork.of(configuration(WORDS, lstm), ParameterTable.create(shapes)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a parameter \"output_W\" [24, 3], got [3, 24]");
  }

  @Test
  void refusesWordsThatAreNotInTheTable() {
    Recurrent lstm = new Lstm.Builder().nOut(6).build();
    ComputationGraph graph = new ComputationGraph(configuration(WORDS, lstm));
    graph.init();
    ForwardNetwork network =
        ForwardNetwork.of(configuration(WORDS, lstm), ParameterTable.of(graph));
    assertThatThrownBy(() -> network.read(List.of(Steps.of(new int[] {2}, 1, (b, t, f) -> 10 + t))))
        .hasMessageContaining("word id 11: ids are whole numbers from 0 to 10");
  }
}
