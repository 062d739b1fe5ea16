package dev.unroll.layers.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.Chain;
import dev.unroll.layers.Gru;
import dev.unroll.layers.InitialState;
import dev.unroll.layers.LastState;
import dev.unroll.layers.Networks;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.dropout.SequenceDropout;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Attention in a network, between an encoder and a decoder. */
class AttentionTest {
  private static final int WIDTH = 3;
  private static final int WORDS = 5;

  private final Random random = new Random(4);

  /** The tables of words are the states and the source, so their gradients are those. */
  @ParameterizedTest
  @CsvSource({
    "DOT, 3, 3, 4, holes, trailing",
    "DOT, 1, 2, 3, none, none",
    "GENERAL, 2, 3, 4, trailing, holes",
    "GENERAL, 3, 2, 3, none, empty row",
    "GENERAL, 2, 1, 1, none, none",
    "ADDITIVE, 3, 3, 4, leading, trailing",
    "ADDITIVE, 2, 2, 3, empty row, empty row",
    "ADDITIVE, 1, 3, 1, none, none",
    "ADDITIVE, 3, 1, 4, none, leading"
  })
  void gradientsAreThoseOfTheLoss(
      Score score, int batch, int t, int s, String stateMask, String sourceMask) {
    GraphBuilder graph =
        begin(DataType.DOUBLE)
            .addLayer("source", embedding(score == Score.DOT ? WIDTH : 4), "sources")
            .addLayer("target", embedding(WIDTH), "targets")
            .addVertex("look", new AttentionSource(), "target", "source");
    ComputationGraph network = end(graph, attention(score, score == Score.DOT ? WIDTH : 4));

    MultiDataSet data = batch(DataType.DOUBLE, batch, t, s, stateMask, sourceMask);
    Chain.assertAgreesWithFiniteDifferences(network, data, 1e-5);
  }

  /** The encoder gives its state too, and its output is read by two attentions. */
  @Test
  void gradientsAddUpInTheEncoder() {
    GraphBuilder graph =
        encoderDecoder(DataType.DOUBLE)
            .addVertex("look", new AttentionSource(), "decoder", "encoder")
            .addLayer("first", attention(Score.ADDITIVE, WIDTH), "look")
            .addVertex("again", new AttentionSource(), "first", "encoder");
    graph.addLayer("second", attention(Score.GENERAL, WIDTH), "again");
    ComputationGraph network = end(graph, null, "second");

    MultiDataSet data = batch(DataType.DOUBLE, 3, 3, 4, "trailing", "trailing");
    Chain.assertAgreesWithFiniteDifferences(network, data, 1e-5);
  }

  @Test
  void tellsWhereItLooked() {
    ComputationGraph network = network(Score.GENERAL);
    MultiDataSet data = batch(DataType.FLOAT, 3, 4, 6, "trailing", "trailing");
    output(network, data);
    INDArray alignment = ((AttentionLayer) network.getLayer("attention")).alignment();

    assertThat(alignment.shape()).containsExactly(3, 4, 6);
    for (int b = 0; b < 3; b++) {
      for (int t = 0; t < 4; t++) {
        double sum = 0;
        for (int s = 0; s < 6; s++) {
          double weight = alignment.getDouble(b, t, s);
          boolean visible =
              data.getFeaturesMaskArray(0).getDouble(b, s) != 0
                  && data.getFeaturesMaskArray(1).getDouble(b, t) != 0;
          assertThat(weight > 0).isEqualTo(visible);
          sum += weight;
        }
        assertThat(sum)
            .isCloseTo(
                data.getFeaturesMaskArray(1).getDouble(b, t),
                org.assertj.core.api.Assertions.within(1e-6));
      }
    }
  }

  @Test
  void aSequenceAloneIsAnsweredAsInABatch() {
    ComputationGraph network = network(Score.ADDITIVE);
    MultiDataSet data = batch(DataType.FLOAT, 3, 4, 6, "trailing", "trailing");
    INDArray all = output(network, data);
    for (int b = 0; b < 3; b++) {
      int t = data.getFeaturesMaskArray(1).getRow(b).sumNumber().intValue();
      int s = data.getFeaturesMaskArray(0).getRow(b).sumNumber().intValue();
      INDArray alone =
          network.outputSingle(first(data.getFeatures(0), b, s), first(data.getFeatures(1), b, t));
      Networks.assertEquals(alone, first(all, b, t), 1e-5, "row " + b);
    }
  }

  private static INDArray first(INDArray array, int row, int steps) {
    var all = org.nd4j.linalg.indexing.NDArrayIndex.all();
    return array
        .get(
            org.nd4j.linalg.indexing.NDArrayIndex.interval(row, row + 1),
            all,
            org.nd4j.linalg.indexing.NDArrayIndex.interval(0, steps))
        .dup();
  }

  /** Deeplearning4j does not tell a vertex that the next batch has no masks. */
  @Test
  void aMaskIsForgottenAfterItsBatch() {
    ComputationGraph network = network(Score.GENERAL);
    MultiDataSet masked = batch(DataType.FLOAT, 2, 3, 4, "trailing", "trailing");
    INDArray expected = network.output(masked.getFeatures())[0].dup();
    output(network, masked);
    assertThat(network.output(masked.getFeatures())[0]).isEqualTo(expected);
    assertThat(network.feedForward(masked.getFeatures(), false, true).get("out"))
        .isEqualTo(expected);
    assertThat(network.output(batch(DataType.FLOAT, 3, 5, 7, "none", "none").getFeatures())[0])
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"DOT", "GENERAL", "ADDITIVE"})
  void survivesSavingAndCopying(Score score) throws IOException {
    ComputationGraph network = network(score);
    MultiDataSet data = batch(DataType.FLOAT, 3, 3, 4, "trailing", "trailing");
    INDArray expected = output(network, data);

    ComputationGraph loaded = Chain.saveAndLoad(network);
    assertThat(loaded.getConfiguration()).isEqualTo(network.getConfiguration());
    assertThat(output(loaded, data)).isEqualTo(expected);
    assertThat(output(network.clone(), data)).isEqualTo(expected);
  }

  @Test
  void namesItsParameters() {
    ComputationGraph network = network(Score.ADDITIVE);
    assertThat(network.getLayer("attention").paramTable().keySet())
        .containsExactly("Wk", "Wq", "v", "Wc");
    assertThat(network.getParam("attention_Wk").shape()).containsExactly(WIDTH, 6);
    assertThat(network.getParam("attention_Wq").shape()).containsExactly(WIDTH, 6);
    assertThat(network.getParam("attention_v").shape()).containsExactly(6, 1);
    assertThat(network.getParam("attention_Wc").shape()).containsExactly(2 * WIDTH, 6);
    assertThat(network(Score.DOT).getLayer("attention").paramTable().keySet())
        .containsExactly("Wc");
  }

  @Test
  void dropsStatesInTrainingAlone() {
    Attention attention =
        new Attention.Builder(Score.GENERAL)
            .nSource(WIDTH)
            .nOut(6)
            .dropOut(new SequenceDropout(0.5, 3))
            .build();
    GraphBuilder graph =
        encoderDecoder(DataType.FLOAT)
            .addVertex("look", new AttentionSource(), "decoder", "encoder");
    ComputationGraph network = end(graph, attention);
    INDArray[] features = batch(DataType.FLOAT, 3, 3, 4, "none", "none").getFeatures();
    INDArray expected = network.output(features)[0].dup();
    assertThat(network.feedForward(features, true, false).get("out")).isNotEqualTo(expected);
    assertThat(network.output(features)[0]).isEqualTo(expected);
  }

  @Test
  void aFrozenEncoderIsLeftAlone() {
    GraphBuilder graph =
        begin(DataType.FLOAT)
            .addLayer("source", new FrozenLayer(embedding(WIDTH)), "sources")
            .addLayer("encoder", new FrozenLayer(new Gru.Builder().nOut(WIDTH).build()), "source")
            .addLayer("target", embedding(WIDTH), "targets")
            .addVertex("look", new AttentionSource(), "target", "encoder");
    ComputationGraph network = end(graph, attention(Score.GENERAL, WIDTH));
    Chain.compute(network, batch(DataType.FLOAT, 3, 3, 4, "none", "none"));
    assertThat(Chain.gradient(network, "attention_Wk").norm2Number().doubleValue()).isPositive();
    assertThat(Chain.gradient(network, "target_W").norm2Number().doubleValue()).isPositive();
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(
            () ->
                end(
                    encoderDecoder(DataType.FLOAT)
                        .addVertex("look", new AttentionSource(), "decoder", "encoder"),
                    new Attention.Builder(Score.DOT).nSource(WIDTH + 1).nOut(2).build()))
        .hasMessage(
            "the score DOT needs states and source of one width, got nIn 3 and nSource 4; GENERAL does not");
    assertThatThrownBy(() -> new AttentionShape(Score.GENERAL, 3, 0, 0, 2))
        .hasMessage("attention needs nIn, nSource and nOut of at least 1, got 3, 0 and 2");
    assertThatThrownBy(() -> new AttentionShape(Score.GENERAL, 3, 3, 2, 2))
        .hasMessageContaining("nHidden is of the score ADDITIVE");
    assertThatThrownBy(
            () ->
                end(
                    encoderDecoder(DataType.FLOAT)
                        .addVertex("look", new AttentionSource(), "decoder", "encoder")
                        .addLayer("other", new Gru.Builder().nOut(2).build(), "look"),
                    null,
                    "other"))
        .hasMessageContaining("vertex \"look\": one Attention or InputFeeding, and nothing else");
    assertThatThrownBy(
            () ->
                end(
                    encoderDecoder(DataType.FLOAT)
                        .addVertex("state", LastState.hidden(), "decoder")
                        .addVertex("look", new AttentionSource(), "decoder", "state"),
                    attention(Score.GENERAL, WIDTH)))
        .hasStackTraceContaining("expected the states of a decoder and of an encoder");
    ComputationGraph narrow =
        end(
            encoderDecoder(DataType.FLOAT)
                .addVertex("look", new AttentionSource(), "decoder", "encoder"),
            attention(Score.GENERAL, WIDTH + 1));
    assertThatThrownBy(() -> output(narrow, batch(DataType.FLOAT, 2, 2, 2, "none", "none")))
        .hasMessage("expected a source [batch, 4, time], got [2, 3, 2]");
    ComputationGraph blind =
        end(encoderDecoder(DataType.FLOAT), attention(Score.GENERAL, WIDTH), "decoder");
    assertThatThrownBy(() -> output(blind, batch(DataType.FLOAT, 2, 2, 2, "none", "none")))
        .hasMessageContaining("an AttentionSource");
  }

  private static ComputationGraph network(Score score) {
    return end(
        encoderDecoder(DataType.FLOAT)
            .addVertex("look", new AttentionSource(), "decoder", "encoder"),
        attention(score, WIDTH));
  }

  private static INDArray output(ComputationGraph network, MultiDataSet data) {
    return network.output(false, data.getFeatures(), data.getFeaturesMaskArrays(), null)[0].dup();
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

  private static GraphBuilder encoderDecoder(DataType type) {
    return begin(type)
        .addLayer("source", embedding(2), "sources")
        .addLayer("encoder", new Gru.Builder().nOut(WIDTH).build(), "source")
        .addVertex("meaning", LastState.hidden(), "encoder")
        .addLayer("target", embedding(2), "targets")
        .addVertex("begin", new InitialState(), "target", "meaning")
        .addLayer("decoder", new Gru.Builder().nOut(WIDTH).build(), "begin");
  }

  private static Attention attention(Score score, int source) {
    return new Attention.Builder(score).nSource(source).nOut(6).build();
  }

  private static ComputationGraph end(GraphBuilder graph, Attention attention) {
    return end(graph, attention, "look");
  }

  private static ComputationGraph end(GraphBuilder graph, Attention attention, String below) {
    if (attention != null) {
      graph.addLayer("attention", attention, below);
    }
    graph
        .addLayer(
            "out",
            new SequenceSoftmax.Builder().nOut(WORDS).build(),
            attention == null ? below : "attention")
        .allowDisconnected(true)
        .setOutputs("out");
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }

  private static WordEmbedding embedding(int width) {
    return new WordEmbedding.Builder().nIn(WORDS).nOut(width).build();
  }

  private MultiDataSet batch(
      DataType type, int batch, int t, int s, String stateMask, String sourceMask) {
    INDArray[] masks = {mask(sourceMask, batch, s, type), mask(stateMask, batch, t, type)};
    return new MultiDataSet(
        new INDArray[] {
          Chain.ids(type, random, batch, s, WORDS), Chain.ids(type, random, batch, t, WORDS)
        },
        new INDArray[] {Chain.ids(type, random, batch, t, WORDS)},
        Arrays.copyOf(masks, 2),
        new INDArray[] {masks[1]});
  }

  private INDArray mask(String kind, int batch, int time, DataType type) {
    INDArray mask = Networks.mask(kind, batch, time, random);
    return mask == null ? Nd4j.ones(type, batch, time) : mask.castTo(type);
  }
}
