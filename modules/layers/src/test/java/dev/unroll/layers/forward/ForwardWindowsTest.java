package dev.unroll.layers.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Gru;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.SimpleRnn;
import dev.unroll.layers.TiedWeights;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.ctc.Ctc;
import dev.unroll.layers.output.AdaptiveSoftmax;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Long sequences read window by window, against {@code ComputationGraph.output} of the whole. */
class ForwardWindowsTest {
  private static final int WORDS = 13;
  private static final int TIME = 12;
  private static final int WIDTH = 6;

  private static final Map<String, Layer> OUTPUTS =
      Map.of(
          "softmax", new SequenceSoftmax.Builder().nOut(WORDS).build(),
          "tied softmax", new SequenceSoftmax.Builder().nOut(WORDS).tiedTo("words").build(),
          "adaptive softmax", new AdaptiveSoftmax.Builder().nOut(WORDS).cutoffs(4, 8).build(),
          "ctc", new Ctc.Builder().nOut(WORDS).build());

  private final int[][] ids = new int[3][];

  private static ComputationGraph network(Layer output, Layer... stack) {
    var graph =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.recurrent(1));
    graph.addLayer("words", new WordEmbedding.Builder().nIn(WORDS).nOut(WIDTH).build(), "in");
    String top = "words";
    for (int i = 0; i < stack.length; i++) {
      graph.addLayer("recurrent" + i, stack[i], top);
      top = "recurrent" + i;
    }
    ComputationGraphConfiguration configuration =
        graph.addLayer("output", output.clone(), top).setOutputs("output").build();
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    TiedWeights.connect(network);
    network.params().addi(Nd4j.rand(network.params().shape()).subi(0.5).muli(0.2));
    return network;
  }

  private static ForwardNetwork forward(ComputationGraph network) {
    return ForwardNetwork.of(network.getConfiguration(), ParameterTable.of(network));
  }

  private INDArray draw() {
    Random random = new Random(7);
    INDArray array = Nd4j.zeros(ids.length, 1, TIME);
    for (int b = 0; b < ids.length; b++) {
      ids[b] = random.ints(TIME, 0, WORDS).toArray();
      for (int t = 0; t < TIME; t++) {
        array.putScalar(b, 0, t, ids[b][t]);
      }
    }
    return array;
  }

  private void agree(ForwardNetwork network, int from, int to, INDArray expected) {
    int[] lengths = new int[ids.length];
    Arrays.fill(lengths, to - from);
    Steps output = network.read(List.of(Steps.of(lengths, 1, (b, t, f) -> ids[b][from + t])));
    float[] values = output.toArray();
    for (int t = from; t < to; t++) {
      for (int b = 0; b < ids.length; b++) {
        for (int k = 0; k < WORDS; k++) {
          assertThat(values[((t - from) * ids.length + b) * WORDS + k])
              .isCloseTo(expected.getFloat(b, k, t), within(2e-6f));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"softmax", "tied softmax", "adaptive softmax", "ctc"})
  void windowsGiveWhatTheWholeGives(String output) {
    ComputationGraph graph =
        network(
            OUTPUTS.get(output),
            new Lstm.Builder().nOut(7).build(),
            new Gru.Builder().nOut(5).build(),
            new SimpleRnn.Builder().nOut(WIDTH).build());
    INDArray expected = graph.output(draw())[0];
    ForwardNetwork network = forward(graph);
    agree(network, 0, TIME, expected);
    network.carry();
    int[] ends = {0, 1, 6, 7, 8, TIME};
    for (int w = 1; w < ends.length; w++) {
      agree(network, ends[w - 1], ends[w], expected);
    }
    network.carry(); // begins anew
    agree(network, 0, 5, expected);
    assertThatThrownBy(() -> network.read(List.of(Steps.of(new int[] {1}, 1, (b, t, f) -> 0))))
        .hasMessage("3 sequences were begun, and the next window is of 1");
    network.forget();
    agree(network, 0, TIME, expected);
  }

  @Test
  void nobodyReadsTheFutureWindowByWindow() {
    ForwardNetwork network =
        forward(
            network(OUTPUTS.get("softmax"), new Bidirectional(new Lstm.Builder().nOut(4).build())));
    assertThatThrownBy(network::carry).isInstanceOf(IllegalStateException.class);
  }
}
