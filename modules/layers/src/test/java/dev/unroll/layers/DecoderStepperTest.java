package dev.unroll.layers;

import static dev.unroll.layers.StepperTest.TIME;
import static dev.unroll.layers.StepperTest.WORDS;
import static dev.unroll.layers.StepperTest.assertOutput;
import static dev.unroll.layers.StepperTest.embedding;
import static dev.unroll.layers.StepperTest.idsAt;
import static dev.unroll.layers.StepperTest.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.forward.ParameterTable;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The part of a larger network that is read step by step, with a function for what is in between.
 */
class DecoderStepperTest {
  private final Random random = new Random(5);

  /** A decoder with a vertex of its own kind, beside an encoder that is not looked at. */
  @Test
  void readsADecoderWithTheHelpOfAFunction() {
    ComputationGraphConfiguration.GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .graphBuilder()
            .addInputs("sources", "targets")
            .setInputTypes(InputType.recurrent(1), InputType.recurrent(1))
            .addLayer("source", embedding(), "sources")
            .addLayer("encoder", KernelAgreementTest.layer("gru", 1, 3), "source")
            .addVertex("meaning", LastState.hidden(), "encoder")
            .addLayer("target", embedding(), "targets")
            .addVertex("begin", new InitialState(), "target", "meaning")
            .addLayer("decoder", KernelAgreementTest.layer("gru", 0, 6), "begin")
            .addVertex("doubled", new ScaleVertex(2), "decoder")
            .addLayer("out", softmax(), "doubled")
            .setOutputs("out");
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    INDArray sources = Chain.ids(DataType.FLOAT, random, 2, 4, WORDS);
    INDArray targets = Chain.ids(DataType.FLOAT, random, 2, TIME, WORDS);
    INDArray[] read = {sources, targets};
    INDArray meaning = network.feedForward(read, false, true).get("meaning");
    INDArray expected = network.output(read)[0];

    Doubling doubling = new Doubling();
    Stepper stepper = stepper(network, Map.of("doubled", doubling));
    stepper.begin(StepperTest.vectors(meaning));
    for (int t = 0; t < TIME; t++) {
      assertOutput(stepper.read(idsAt(targets, t)), expected, t);
    }
    stepper.select(new int[] {1, 1, 0});
    assertThat(doubling.parents).containsExactly(1, 1, 0);
    assertThat(doubling.begun).isEqualTo(2);
    assertThatThrownBy(() -> stepper(network, Map.of()))
        .hasMessageContaining("\"doubled\" (ScaleVertex)");
    Stepper narrow = stepper(network, Map.of("doubled", (below, rows) -> new float[rows]));
    narrow.begin(1);
    assertThatThrownBy(() -> narrow.read(new int[] {1}))
        .hasMessage("expected 6 features a step, got 1 from below");
  }

  private static Stepper stepper(ComputationGraph network, Map<String, StepFunction> functions) {
    return Stepper.of(network.getConfiguration(), ParameterTable.of(network), functions);
  }

  private static final class Doubling implements StepFunction {
    private int begun;
    private int[] parents;

    @Override
    public void begin(int sequences) {
      begun = sequences;
    }

    @Override
    public float[] read(float[] below, int sequences) {
      float[] doubled = below.clone();
      for (int i = 0; i < doubled.length; i++) {
        doubled[i] *= 2;
      }
      return doubled;
    }

    @Override
    public void select(int[] newParents) {
      parents = newParents;
    }
  }
}
