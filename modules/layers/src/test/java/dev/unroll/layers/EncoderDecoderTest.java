package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.pooling.SequencePooling;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;

/** A layer that begins in the state in which another ended. */
class EncoderDecoderTest {
  private static final int BATCH = 3;
  private static final int FEATURES = 2;
  private static final int UNITS = 3;
  private static final int WORDS = 5;

  private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

  private final Random random = new Random(4);

  @ParameterizedTest
  @CsvSource({
    "lstm, 0, trailing, trailing",
    "lstm, 1, leading, holes",
    "lstm, 1, empty row, none",
    "gru, 0, holes, leading",
    "gru, 1, none, empty row",
    "gru reset after, 0, trailing, none",
    "rnn, 0, leading, trailing",
    "rnn, 1, none, none"
  })
  void gradientsAreThoseOfTheLoss(String cell, int way, String source, String target) {
    ComputationGraph network = network(DataType.DOUBLE, cell, way);
    Chain.assertAgreesWithFiniteDifferences(network, batch(DataType.DOUBLE, source, target), 1e-5);
  }

  /** The encoder's output is used otherwise too, and a layer stands between the states. */
  @ParameterizedTest
  @CsvSource({"true, 1", "false, 0"})
  void whateverElseReadsTheEncoder(boolean memory, int way) {
    LastState state = memory ? LastState.hiddenAndMemory() : LastState.hidden();
    GraphBuilder graph = begin(DataType.DOUBLE);
    encoder(graph, "lstm", way)
        .addVertex("state", state, "encoder")
        .addVertex("again", LastState.hidden(), "encoder")
        .addLayer(
            "pooled", new SequencePooling.Builder(SequencePooling.Summary.MEAN).build(), "encoder")
        .addVertex("all", new MergeVertex(), "state", "again", "pooled")
        .addLayer(
            "bridge",
            new DenseLayer.Builder().nOut(2 * UNITS).activation(Activation.TANH).build(),
            "all")
        .addVertex("begin", new InitialState(), "target", "bridge")
        .addLayer("decoder", KernelAgreementTest.layer("gru", 1, UNITS), "begin");
    ComputationGraph network = end(graph);

    Chain.assertAgreesWithFiniteDifferences(
        network, batch(DataType.DOUBLE, "trailing", "leading"), 1e-5);
  }

  @Test
  void theStateIsThatOfTheOtherLayer() {
    ComputationGraph network = network(DataType.FLOAT, "lstm", 0);
    INDArray ids = Chain.ids(DataType.FLOAT, random, BATCH, 6, WORDS);
    INDArray source = ids.get(all(), all(), NDArrayIndex.interval(0, 4)).dup();
    INDArray target = ids.get(all(), all(), NDArrayIndex.interval(4, 6)).dup();
    network.getParam("decoder_W").assign(network.getParam("encoder_W"));
    network.getParam("decoder_RW").assign(network.getParam("encoder_RW"));
    network.getParam("decoder_b").assign(network.getParam("encoder_b"));
    network.getParam("target_W").assign(network.getParam("source_W"));

    INDArray whole = network.feedForward(new INDArray[] {ids, target}, false, true).get("encoder");
    INDArray both =
        network.feedForward(new INDArray[] {source, target}, false, true).get("decoder");

    INDArray expected = whole.get(all(), all(), NDArrayIndex.interval(4, 6));
    Networks.assertEquals(both, expected, 1e-5, "behind the source");
  }

  private static org.nd4j.linalg.indexing.INDArrayIndex all() {
    return NDArrayIndex.all();
  }

  @Test
  void readsStepByStepFromTheGivenState() {
    ComputationGraph network = network(DataType.FLOAT, "lstm", 0);
    RecurrentLayer decoder = (RecurrentLayer) network.getLayer("decoder");
    MultiDataSet data = batch(DataType.FLOAT, "none", "none");
    INDArray whole = network.feedForward(data.getFeatures(), false, true).get("decoder").dup();
    INDArray read = network.feedForward(data.getFeatures(), false, true).get("target").dup();
    INDArray state = network.feedForward(data.getFeatures(), false, true).get("state").dup();

    decoder.setInitialState(state);
    for (int from : new int[] {0, 1, 2}) {
      int to = from == 2 ? (int) read.size(2) : from + 1;
      var steps = NDArrayIndex.interval(from, to);
      INDArray out = decoder.rnnTimeStep(read.get(all(), all(), steps).dup(), NONE);
      Networks.assertEquals(out, whole.get(all(), all(), steps), 1e-5, "from " + from);
    }
  }

  @Test
  void survivesSavingAndCopying() throws IOException {
    ComputationGraph network = network(DataType.FLOAT, "lstm", 1);
    MultiDataSet data = batch(DataType.FLOAT, "trailing", "trailing");
    INDArray expected = output(network, data);

    ComputationGraph loaded = Chain.saveAndLoad(network);
    assertThat(loaded.getConfiguration()).isEqualTo(network.getConfiguration());
    assertThat(output(loaded, data)).isEqualTo(expected);
    assertThat(output(network.clone(), data)).isEqualTo(expected);
  }

  private static INDArray output(ComputationGraph network, MultiDataSet data) {
    return network.output(false, data.getFeatures(), data.getFeaturesMaskArrays(), null)[0];
  }

  @Test
  void aFrozenEncoderIsLeftAlone() {
    GraphBuilder graph = begin(DataType.FLOAT);
    graph
        .addLayer("source", new FrozenLayer(embedding()), "sources")
        .addLayer("encoder", new FrozenLayer(KernelAgreementTest.layer("gru", 0, UNITS)), "source")
        .addLayer("target", embedding(), "targets");
    ComputationGraph network =
        end(
            graph
                .addVertex("state", LastState.hidden(), "encoder")
                .addVertex("begin", new InitialState(), "target", "state")
                .addLayer("decoder", KernelAgreementTest.layer("gru", 0, UNITS), "begin"));

    Chain.compute(network, batch(DataType.FLOAT, "none", "none"));

    assertThat(Chain.gradient(network, "decoder_W").norm2Number().doubleValue()).isPositive();
    assertThat(Chain.gradient(network, "target_W").norm2Number().doubleValue()).isPositive();
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(
            () ->
                end(
                    encoder(begin(DataType.FLOAT), "gru", 0)
                        .addVertex("state", LastState.hiddenAndMemory(), "encoder")
                        .addVertex("begin", new InitialState(), "target", "state")
                        .addLayer(
                            "decoder", KernelAgreementTest.layer("gru", 0, 2 * UNITS), "begin")))
        .hasMessage("vertex \"state\" needs a recurrent layer with a memory, an Lstm, below it");
    assertThatThrownBy(
            () ->
                end(
                    encoder(begin(DataType.FLOAT), "gru", 0)
                        .addVertex("state", LastState.hidden(), "source")
                        .addVertex("begin", new InitialState(), "target", "state")
                        .addLayer(
                            "decoder", KernelAgreementTest.layer("gru", 0, FEATURES), "begin")))
        .hasMessage("vertex \"state\" needs a recurrent layer below it");
    assertThatThrownBy(
            () ->
                end(
                    encoder(begin(DataType.FLOAT), "gru", 0)
                        .addVertex("state", LastState.hidden(), "encoder")
                        .addVertex("begin", new InitialState(), "target", "state")
                        .addLayer("decoder", KernelAgreementTest.layer("gru", 0, UNITS), "begin")
                        .addLayer("other", KernelAgreementTest.layer("gru", 0, UNITS), "begin")))
        .hasMessageContaining("vertex \"begin\": one recurrent layer, and nothing else");

    ComputationGraph narrow =
        end(
            encoder(begin(DataType.FLOAT), "gru", 0)
                .addVertex("state", LastState.hidden(), "encoder")
                .addVertex("begin", new InitialState(), "target", "state")
                .addLayer("decoder", KernelAgreementTest.layer("lstm", 0, UNITS), "begin"));
    assertThatThrownBy(() -> output(narrow, batch(DataType.FLOAT, "none", "none")))
        .hasMessage("expected a state [batch, 6], got [3, 3]");
  }

  /** Under truncated back-propagation through time the first window reaches the given state. */
  @Test
  void theFirstWindowBeginsInTheGivenState() {
    RecurrentLayer layer = (RecurrentLayer) network(DataType.FLOAT, "lstm", 0).getLayer("decoder");
    layer.setBackpropGradientsViewArray(Nd4j.create(DataType.FLOAT, 1, layer.numParams()));
    INDArray x = Nd4j.rand(DataType.FLOAT, BATCH, FEATURES, 6);
    INDArray e = Nd4j.rand(DataType.FLOAT, BATCH, UNITS, 6);
    INDArray state = Nd4j.rand(DataType.FLOAT, BATCH, 2 * UNITS);
    layer.setInitialState(state);
    INDArray expected = layer.activate(x, true, NONE).dup();
    layer.backpropGradient(e, NONE);
    INDArray gradient = layer.initialStateGradient().dup();

    INDArray first = layer.rnnActivateUsingStoredState(x, true, false, NONE);
    Networks.assertEquals(first, expected, 1e-6, "first window");
    layer.tbpttBackpropGradient(e, 6, NONE);
    Networks.assertEquals(layer.initialStateGradient(), gradient, 1e-6, "its gradient");
    INDArray second = layer.rnnActivateUsingStoredState(x, true, false, NONE);
    layer.tbpttBackpropGradient(e, 6, NONE);
    assertThat(second).isNotEqualTo(expected);
    assertThat(layer.initialStateGradient().norm2Number().doubleValue()).isZero();
  }

  @Test
  void theLastStateIsOfWholeSequencesAlone() {
    RecurrentLayer layer = (RecurrentLayer) network(DataType.FLOAT, "lstm", 0).getLayer("decoder");
    layer.activate(Nd4j.rand(DataType.FLOAT, BATCH, FEATURES, 6), false, NONE);
    assertThatThrownBy(layer::lastState).hasMessageContaining("whole sequences");
    layer.keepLastState();
    layer.activate(Nd4j.rand(DataType.FLOAT, BATCH, FEATURES, 6), false, NONE);
    assertThat(layer.lastState().shape()).containsExactly(BATCH, 2 * UNITS);
    layer.rnnTimeStep(Nd4j.rand(DataType.FLOAT, BATCH, FEATURES, 1), NONE);
    assertThatThrownBy(layer::lastState).hasMessageContaining("whole sequences");
  }

  private static ComputationGraph network(DataType type, String cell, int way) {
    LastState state = cell.equals("lstm") ? LastState.hiddenAndMemory() : LastState.hidden();
    return end(
        encoder(begin(type), cell, way)
            .addVertex("state", state, "encoder")
            .addVertex("begin", new InitialState(), "target", "state")
            .addLayer("decoder", KernelAgreementTest.layer(cell, way, UNITS), "begin"));
  }

  private static GraphBuilder begin(DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .dataType(type)
        .updater(new NoOp())
        .graphBuilder()
        .addInputs("sources", "targets")
        .setInputTypes(InputType.recurrent(1), InputType.recurrent(1));
  }

  private static GraphBuilder encoder(GraphBuilder graph, String cell, int way) {
    return graph
        .addLayer("source", embedding(), "sources")
        .addLayer("encoder", KernelAgreementTest.layer(cell, way, UNITS), "source")
        .addLayer("target", embedding(), "targets");
  }

  private static ComputationGraph end(GraphBuilder graph) {
    graph
        .addLayer("words", new SequenceSoftmax.Builder().nOut(WORDS).build(), "decoder")
        .allowDisconnected(true)
        .setOutputs("words");
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }

  private static WordEmbedding embedding() {
    return new WordEmbedding.Builder().nIn(WORDS).nOut(FEATURES).build();
  }

  private MultiDataSet batch(DataType type, String source, String target) {
    INDArray sourceMask = mask(source, 4, type);
    INDArray targetMask = mask(target, 3, type);
    return new MultiDataSet(
        new INDArray[] {
          Chain.ids(type, random, BATCH, 4, WORDS), Chain.ids(type, random, BATCH, 3, WORDS)
        },
        new INDArray[] {Chain.ids(type, random, BATCH, 3, WORDS)},
        new INDArray[] {sourceMask, targetMask},
        new INDArray[] {targetMask});
  }

  private INDArray mask(String kind, int time, DataType type) {
    INDArray mask = Networks.mask(kind, BATCH, time, random);
    return mask == null ? Nd4j.ones(type, BATCH, time) : mask.castTo(type);
  }
}
