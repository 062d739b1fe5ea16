package dev.unroll.layers.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Chain;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.crf.Crf;
import dev.unroll.layers.memory.TimeMajor;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Reads the characters of each word with layers that know nothing of sentences. */
class RowsToSequencesTest {
  private static final int BATCH = 2;
  private static final int TIME = 3;
  private static final int CHARACTERS = 4;

  private final Random random = new Random(3);

  @Test
  void putsRowsWhereTheirStepsAre() {
    ComputationGraph network = network(DataType.FLOAT);
    INDArray words = Chain.ids(DataType.FLOAT, random, BATCH * TIME, CHARACTERS, 6);
    INDArray like = Nd4j.zeros(DataType.FLOAT, BATCH, 1, TIME);
    var activations = network.feedForward(new INDArray[] {words, like}, false, true);
    INDArray rows = activations.get("pooled");
    INDArray sequences = activations.get("sequences");
    assertThat(TimeMajor.is(sequences)).isTrue();
    for (int b = 0; b < BATCH; b++) {
      for (int t = 0; t < TIME; t++) {
        for (int f = 0; f < rows.size(1); f++) {
          assertThat(sequences.getFloat(b, f, t)).isEqualTo(rows.getFloat(t * BATCH + b, f));
        }
      }
    }
  }

  @Test
  void agreesWithFiniteDifferences() {
    ComputationGraph network = network(DataType.DOUBLE);
    INDArray words = Chain.ids(DataType.DOUBLE, random, BATCH * TIME, CHARACTERS, 6);
    INDArray spelled = Nd4j.ones(DataType.DOUBLE, BATCH * TIME, CHARACTERS);
    INDArray steps = Nd4j.ones(DataType.DOUBLE, BATCH, TIME).putScalar(1, 2, 0);
    spelled.putScalar(0, 3, 0).getRow(2 * BATCH + 1).assign(0);
    INDArray like = Nd4j.zeros(DataType.DOUBLE, BATCH, 1, TIME);
    MultiDataSet batch =
        new MultiDataSet(
            new INDArray[] {words, like},
            new INDArray[] {Chain.ids(DataType.DOUBLE, random, BATCH, TIME, 3)},
            new INDArray[] {spelled, steps},
            new INDArray[] {steps});
    Chain.assertAgreesWithFiniteDifferences(network, batch, 1e-4);
  }

  @Test
  void survivesSavingAndRefusesRowsThatDoNotFit() throws IOException {
    ComputationGraph network = network(DataType.FLOAT);
    ComputationGraph loaded = Chain.saveAndLoad(network);
    INDArray words = Chain.ids(DataType.FLOAT, random, BATCH * TIME, CHARACTERS, 6);
    INDArray like = Nd4j.zeros(DataType.FLOAT, BATCH, 1, TIME);
    assertThat(loaded.output(words, like)[0]).isEqualTo(network.output(words, like)[0]);
    assertThat(loaded.getConfiguration()).isEqualTo(network.getConfiguration());
    assertThatThrownBy(() -> network.output(words, Nd4j.zeros(DataType.FLOAT, BATCH, 1, 2)))
        .hasMessage("expected 4 rows for [2, 1, 2], got [6, 8]");
  }

  private static ComputationGraph network(DataType type) {
    var configuration =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .dataType(type)
            .updater(new NoOp())
            .graphBuilder()
            .addInputs("words", "like")
            .setInputTypes(InputType.recurrent(1), InputType.recurrent(1))
            .addLayer("characters", new WordEmbedding.Builder().nIn(6).nOut(3).build(), "words")
            .addLayer("read", new Bidirectional(new Lstm.Builder().nOut(2).build()), "characters")
            .addLayer(
                "pooled",
                new SequencePooling.Builder(
                        SequencePooling.Summary.LAST, SequencePooling.Summary.FIRST)
                    .build(),
                "read")
            .addVertex("sequences", new RowsToSequences(), "pooled", "like")
            .addLayer("out", new Crf.Builder().nOut(3).build(), "sequences")
            .setOutputs("out")
            .build();
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    return network;
  }
}
