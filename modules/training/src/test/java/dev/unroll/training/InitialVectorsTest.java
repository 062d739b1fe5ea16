package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class InitialVectorsTest {
  private final ComputationGraph network = network(4);

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

  private INDArray row(int number) {
    return network.getLayer("embedding").getParam("W").getRow(number);
  }

  @Test
  void rowsWithAVectorGetItAndOthersStay() {
    INDArray first = row(0).dup();
    INDArray second = row(2).dup();
    int found =
        InitialVectors.copy(
            row -> row % 2 == 0 ? null : new float[] {row, -row}, network, "embedding");
    assertThat(found).isEqualTo(2);
    assertThat(row(1).toFloatVector()).containsExactly(1, -1);
    assertThat(row(3).toFloatVector()).containsExactly(3, -3);
    assertThat(row(0)).isEqualTo(first);
    assertThat(row(2)).isEqualTo(second);
  }

  @Test
  void refusesOtherDimensions() {
    assertThatThrownBy(() -> InitialVectors.copy(row -> new float[3], network, "embedding"))
        .hasMessage("vectors of 3 values do not fit a table of 2");
  }
}
