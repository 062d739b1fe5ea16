package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordVectors;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class InitialVectorsTest {
  /** Mean (2, 4); around it lie (-1, -2), (1, 4), (0, -2): squares (1 + 4) + (1 + 16) + (0 + 4). */
  private static final WordVectors VECTORS =
      new WordVectors("file", List.of("a", "b", "c"), 2, new float[] {1, 2, 3, 8, 2, 2});

  private static final double DEVIATION = Math.sqrt(26 / 6.0);

  private final Vocabulary vocabulary = vocabulary();
  private final ComputationGraph network = network(vocabulary.size());

  private static Vocabulary vocabulary() {
    Vocabulary.Counter counter = new Vocabulary.Counter();
    counter.addAll(List.of("b", "other", "c"));
    return counter.build(1, 10);
  }

  private static ComputationGraph network(int words) {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .graphBuilder()
                .addInputs("words")
                .setInputTypes(InputType.recurrent(1))
                .addLayer(
                    "embedding", new WordEmbedding.Builder().nIn(words).nOut(2).build(), "words")
                .addLayer("output", new SequenceSoftmax.Builder().nOut(2).build(), "embedding")
                .setOutputs("output")
                .build());
    network.init();
    return network;
  }

  private INDArray row(String word) {
    return network.getLayer("embedding").getParam("W").getRow(vocabulary.id(word));
  }

  @Test
  void copiesAsTheyAre() {
    INDArray other = row("other").dup();
    assertThat(InitialVectors.copy(VECTORS, vocabulary, network, "embedding")).isEqualTo(2);
    assertThat(row("b").toFloatVector()).containsExactly(3, 8);
    assertThat(row("c").toFloatVector()).containsExactly(2, 2);
    assertThat(row("other")).isEqualTo(other);
  }

  @Test
  void bringsValuesToOneMeanAndDeviation() {
    INDArray other = row("other").dup();
    InitialVectors.copy(VECTORS, vocabulary, network, "embedding", 0.5);
    float unit = (float) (0.5 / DEVIATION);
    assertThat(row("b").toFloatVector())
        .containsExactly(new float[] {unit, 4 * unit}, within(1e-6f));
    assertThat(row("c").toFloatVector()).containsExactly(new float[] {0, -2 * unit}, within(1e-6f));
    assertThat(row("other")).isEqualTo(other);
  }

  @Test
  void vectorsThatAreAllAlikeBecomeZero() {
    WordVectors alike = new WordVectors("file", List.of("b", "c"), 2, new float[] {7, 1, 7, 1});
    InitialVectors.copy(alike, vocabulary, network, "embedding", 0.5);
    assertThat(row("b").toFloatVector()).containsExactly(0, 0);
  }

  @Test
  void refusesOtherDimensions() {
    WordVectors longer = new WordVectors("file", List.of("b"), 3, new float[] {1, 2, 3});
    assertThatThrownBy(() -> InitialVectors.copy(longer, vocabulary, network, "embedding"))
        .hasMessage("vectors of 3 values do not fit a table of 2");
  }
}
