package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Two sequences whose words have the vectors of one table, which the softmax may have too. */
class SharedTableTest {
  private static final int WORDS = 7;
  private static final int SIZE = 4;

  private final Random random = new Random(5);

  /** Whoever goes back first: the layer that has the table, or the one that is tied to it. */
  @ParameterizedTest
  @CsvSource({"target, false", "target, true", "source, false", "source, true"})
  void agreesWithFiniteDifferences(String owner, boolean tied) {
    ComputationGraph network = connected(DataType.DOUBLE, owner, tied);
    Chain.assertAgreesWithFiniteDifferences(network, batch(DataType.DOUBLE, 3, 4, 3), 1e-5);
  }

  /** The gradient of a table with several uses is the sum of those of equal tables, one a use. */
  @ParameterizedTest
  @CsvSource({"target, false", "target, true", "source, false", "source, true"})
  void gradientIsTheSumOfAllUses(String owner, boolean tied) {
    ComputationGraph shared = connected(DataType.FLOAT, owner, tied);
    ComputationGraph free = network(embedding(), embedding(), null);
    assertThat(free.numParams() - shared.numParams()).isEqualTo(WORDS * SIZE * (tied ? 2 : 1));
    shared.paramTable().forEach((name, value) -> free.getParam(name).assign(value));
    INDArray vectors = shared.getParam(owner + "_W");
    free.getParam("source_W").assign(vectors);
    free.getParam("target_W").assign(vectors);
    if (tied) {
      free.getParam("out_W").assign(vectors.transpose());
    }
    RowSparse table = (RowSparse) shared.getLayer(owner);
    for (int step = 0; step < 4; step++) { // nothing is left of the step before
      MultiDataSet batch = batch(DataType.FLOAT, 2, 3, 2);
      Chain.compute(shared, batch);
      Chain.compute(free, batch);
      assertThat(shared.score()).isCloseTo(free.score(), within(1e-5));
      INDArray sum = Chain.gradient(free, "target_W").add(Chain.gradient(free, "source_W"));
      if (tied) {
        sum.addi(Chain.gradient(free, "out_W").transpose());
      }
      assertThat(Chain.gradient(shared, owner + "_W").equalsWithEps(sum, 1e-5)).isTrue();
      assertThat(table.touchedRows())
          .containsExactly(tied ? IntStream.range(0, WORDS).toArray() : read(batch));
      if (step % 2 == 0) {
        table.clearTouchedRows(); // as an optimizer that takes the rows
        assertThat(Chain.gradient(shared, owner + "_W").amaxNumber().doubleValue()).isZero();
      } else { // as an updater of Deeplearning4j, which writes over the gradient
        shared.getLayer(owner).getGradientsViewArray().assign(99);
      }
    }
  }

  @Test
  void whatAnAbandonedStepHasAddedIsForgotten() {
    ComputationGraph network = connected(DataType.FLOAT, "target", false);
    MultiDataSet batch = batch(DataType.FLOAT, 2, 3, 2);
    Chain.compute(network, batch);
    INDArray expected = Chain.gradient(network, "target_W");
    WordEmbeddingLayer source = (WordEmbeddingLayer) network.getLayer("source");
    network.feedForward(batch.getFeatures(), true, false);
    source.backpropGradient(Nd4j.ones(2, SIZE, 3), LayerWorkspaceMgr.noWorkspaces());
    Chain.compute(network, batch);
    assertThat(Chain.gradient(network, "target_W")).isEqualTo(expected);
  }

  @Test
  void isOneParameterAndSurvivesSavingAndCopying() throws IOException {
    ComputationGraph network = connected(DataType.FLOAT, "target", true);
    assertThat(network.paramTable().keySet()).contains("target_W").doesNotContain("source_W");
    ComputationGraph loaded = Chain.saveAndLoad(network);
    ComputationGraph copy = network.clone();
    MultiDataSet batch = batch(DataType.FLOAT, 2, 3, 2);
    for (ComputationGraph other : new ComputationGraph[] {loaded, copy}) {
      assertThatThrownBy(() -> other.output(batch.getFeatures()))
          .hasMessageContaining("call TiedWeights.connect(network) first");
      TiedWeights.connect(other);
      assertThat(other.output(batch.getFeatures())[0])
          .isEqualTo(network.output(batch.getFeatures())[0]);
      assertThat(other.getConfiguration()).isEqualTo(network.getConfiguration());
    }
    ((WordEmbeddingLayer) network.getLayer("source")).setVector(2, new float[] {1, 2, 3, 4});
    assertThat(network.getParam("target_W").getRow(2).toFloatVector()).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 20})
  void aUnionIsThatOfSets(int most) {
    for (int i = 0; i < 50; i++) {
      int[] one = random.ints(random.nextInt(most + 1), 0, 12).sorted().distinct().toArray();
      int[] other = random.ints(random.nextInt(most + 1), 0, 12).sorted().distinct().toArray();
      TreeSet<Integer> both =
          Arrays.stream(one).boxed().collect(Collectors.toCollection(TreeSet::new));
      Arrays.stream(other).forEach(both::add);
      assertThat(TableGradient.union(one, other))
          .containsExactly(both.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> connect(embedding().tiedTo("missing"), embedding()))
        .hasMessageContaining(
            "layer \"source\" is tied to \"missing\", which is no word embedding");
    assertThatThrownBy(() -> connect(embedding().tiedTo("source"), embedding()))
        .hasMessageContaining("no word embedding of this network with a table of its own");
    assertThatThrownBy(() -> connect(embedding().nIn(WORDS + 1).tiedTo("target"), embedding()))
        .hasMessageContaining("a table [8, 4] cannot be that of \"target\", which is [7, 4]");
    assertThatThrownBy(() -> connect(embedding().tiedTo("target"), embedding().frozen(true)))
        .hasMessageContaining("a frozen table cannot be tied");
    assertThatThrownBy(() -> connect(embedding().tiedTo("target").frozen(true), embedding()))
        .hasMessageContaining("\"source\" reads the table of \"target\", and cannot freeze it");
  }

  private static int[] read(MultiDataSet batch) {
    TreeSet<Integer> rows = new TreeSet<>();
    for (int side = 0; side < 2; side++) {
      INDArray ids = batch.getFeatures(side);
      INDArray mask = batch.getFeaturesMaskArray(side);
      for (int b = 0; b < ids.size(0); b++) {
        for (int t = 0; t < ids.size(2); t++) {
          if (mask.getDouble(b, t) != 0) {
            rows.add(ids.getInt(b, 0, t));
          }
        }
      }
    }
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  private static ComputationGraph connected(DataType type, String owner, boolean tied) {
    WordEmbedding.Builder source = embedding().tiedTo(owner.equals("source") ? null : owner);
    WordEmbedding.Builder target = embedding().tiedTo(owner.equals("target") ? null : owner);
    ComputationGraph network = network(type, source, target, tied ? owner : null);
    TiedWeights.connect(network);
    TiedWeights.connect(network); // changes nothing
    return network;
  }

  private static void connect(WordEmbedding.Builder source, WordEmbedding.Builder target) {
    TiedWeights.connect(network(source, target, null));
  }

  private static WordEmbedding.Builder embedding() {
    return new WordEmbedding.Builder().nIn(WORDS).nOut(SIZE);
  }

  private static ComputationGraph network(
      WordEmbedding.Builder source, WordEmbedding.Builder target, String tiedTo) {
    return network(DataType.FLOAT, source, target, tiedTo);
  }

  private static ComputationGraph network(
      DataType type, WordEmbedding.Builder source, WordEmbedding.Builder target, String tiedTo) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .dataType(type)
            .updater(new NoOp())
            .graphBuilder()
            .addInputs("sources", "targets")
            .setInputTypes(InputType.recurrent(1), InputType.recurrent(1))
            .addLayer("source", source.build(), "sources")
            .addLayer("target", target.build(), "targets");
    graph
        .addLayer("encoder", new Lstm.Builder().nOut(SIZE).build(), "source")
        .addVertex("state", LastState.hiddenAndMemory(), "encoder")
        .addVertex("begin", new InitialState(), "target", "state")
        .addLayer("decoder", new Lstm.Builder().nOut(SIZE).build(), "begin")
        .addLayer(
            "out", new SequenceSoftmax.Builder().nOut(WORDS).tiedTo(tiedTo).build(), "decoder")
        .setOutputs("out");
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }

  /** The last source is a step shorter, and so is the first target. */
  private MultiDataSet batch(DataType type, int examples, int sources, int targets) {
    INDArray sourceMask =
        Nd4j.ones(type, examples, sources).putScalar(examples - 1, sources - 1, 0);
    INDArray targetMask = Nd4j.ones(type, examples, targets).putScalar(0, targets - 1, 0);
    return new MultiDataSet(
        new INDArray[] {
          Chain.ids(type, random, examples, sources, WORDS),
          Chain.ids(type, random, examples, targets, WORDS)
        },
        new INDArray[] {Chain.ids(type, random, examples, targets, WORDS)},
        new INDArray[] {sourceMask, targetMask},
        new INDArray[] {targetMask});
  }
}
