package dev.unroll.training.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Gru;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.Recurrent;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.SimpleRnn;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.cuda.RnnShape;
import dev.unroll.layers.dropout.SequenceDropout;
import dev.unroll.training.Networks;
import dev.unroll.training.Optimizer;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Recurrent layers that one call of cuDNN computes, beside one after the other in main memory. */
class DeviceStepStackTest {
  private static final int SYMBOLS = 7;
  private static final int BATCH = 3;
  private static final int STEPS = 5;

  private final Random random = new Random(3);

  private static Recurrent cell(String name) {
    return switch (name) {
      case "lstm" -> new Lstm.Builder().nOut(4).build();
      case "gru" -> new Gru.Builder().resetAfter(true).nOut(4).build();
      default -> new SimpleRnn.Builder().nOut(4).build();
    };
  }

  private static Recurrent dropping(Recurrent layer) {
    layer.setIDropout(new SequenceDropout(0.4, 2));
    return layer;
  }

  /** Layers on top of one another, {@code recurrent0} and so on, above an embedding. */
  private static GraphBuilder graph(boolean carrying, Recurrent... layers) {
    GraphBuilder graph =
        Networks.seeded(5)
            .weightInit(WeightInit.XAVIER)
            .graphBuilder()
            .addInputs("symbols")
            .setInputTypes(InputType.recurrent(1))
            .addLayer(
                "embedding", new WordEmbedding.Builder().nIn(SYMBOLS).nOut(3).build(), "symbols");
    if (carrying) {
      graph
          .backpropType(BackpropType.TruncatedBPTT)
          .tBPTTForwardLength(STEPS)
          .tBPTTBackwardLength(STEPS);
    }
    String below = "embedding";
    for (int i = 0; i < layers.length; i++) {
      graph.addLayer("recurrent" + i, layers[i], below);
      below = "recurrent" + i;
    }
    return graph.setOutputs("output");
  }

  private static ComputationGraph network(GraphBuilder graph, String below) {
    return Networks.of(
        graph
            .addLayer("output", new SequenceSoftmax.Builder().nOut(SYMBOLS).build(), below)
            .build());
  }

  private static ComputationGraph network(boolean carrying, Recurrent... layers) {
    return network(graph(carrying, layers), "recurrent" + (layers.length - 1));
  }

  private static ComputationGraph of(String cell, int count, boolean both) {
    return network(
        !both,
        Stream.generate(() -> both ? both(cell) : cell(cell))
            .limit(count)
            .toArray(Recurrent[]::new));
  }

  private INDArray symbols() {
    float[] ids = new float[BATCH * STEPS];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = random.nextInt(SYMBOLS);
    }
    return Nd4j.create(ids, new long[] {BATCH, 1, STEPS}, 'c');
  }

  private MultiDataSet batch(int... lengths) {
    INDArray mask = Nd4j.zeros(BATCH, STEPS);
    for (int b = 0; b < BATCH; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        mask.putScalar(b, t, 1);
      }
    }
    INDArray[] masks = {mask};
    return new MultiDataSet(new INDArray[] {symbols()}, new INDArray[] {symbols()}, masks, masks);
  }

  @Test
  void layersInOneDirectionLearnTheSameAndCarryTheirStates() {
    GpuDouble gpu = new GpuDouble();
    StepPair pair = new StepPair(() -> of("lstm", 3, false), gpu);
    pair.step(batch(5, 5, 5));
    pair.step(batch(4, 1, 5));
    pair.step(batch(5, 2, 5));
    pair.assertSameParameters();
    assertThat(gpu.networks).hasSize(1);
    assertThat(gpu.cudnn.open()).isEqualTo(1);
    pair.close();
    assertThat(gpu.cudnn.open()).isZero();
    assertThat(gpu.cudnn.memory.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"lstm, 3", "gru, 2"})
  void layersInTwoDirectionsHaveTheSameGradient(String cell, int count) {
    StepPair.assertSameGradient(() -> of(cell, count, true), batch(2, 5, 3));
  }

  @Test
  void layersBetweenWhichIsDropoutAreComputedOneAfterTheOther() {
    GpuDouble gpu = new GpuDouble();
    try (StepPair pair =
        new StepPair(
            () -> network(true, dropping(cell("gru")), cell("gru"), dropping(cell("gru"))), gpu)) {
      pair.step(batch(4, 1, 5));
      pair.assertSameParameters();
      assertThat(gpu.networks).extracting(RnnShape::layers).containsExactly(2, 1);
    }
  }

  @Test
  void onlyWhatIsAlikeIsJoined() {
    assertThat(joined(network(false, both("rnn"), both("rnn"), both("rnn")))).isEqualTo(3);
    assertThat(joined(network(true, cell("lstm"), cell("gru"), cell("gru")))).isEqualTo(2);
    assertThat(joined(network(false, both("lstm"), cell("lstm")))).isEqualTo(1);
    assertThat(joined(network(true, new Lstm.Builder().nOut(3).build(), cell("lstm"))))
        .isEqualTo(1);
  }

  @Test
  void whatIsReadByOthersTooIsNotJoined() {
    GraphBuilder graph = graph(true, cell("lstm"), cell("lstm"), cell("lstm"));
    graph.addVertex("both", new MergeVertex(), "recurrent1", "recurrent2");
    RecurrentStacks stacks = new RecurrentStacks(network(graph, "both"));
    assertThat(stacks.upTo("recurrent2")).containsExactly("recurrent2");
    assertThat(stacks.upTo("recurrent1")).containsExactly("recurrent0", "recurrent1");
  }

  /** How many layers are computed with the last. */
  private static int joined(ComputationGraph network) {
    String last = network.getConfiguration().getVertexInputs().get("output").get(0);
    return new RecurrentStacks(network).upTo(last).size();
  }

  private static Recurrent both(String cell) {
    return new Bidirectional(cell(cell));
  }

  @Test
  void nothingIsLeftOfANetworkThatCannotBeComputed() {
    ComputationGraph network = network(true, cell("lstm"), new Gru.Builder().nOut(4).build());
    Optimizer optimizer = new Optimizer(network, StepPair.CONFIG);
    GpuDouble gpu = new GpuDouble();
    assertThatThrownBy(() -> new DeviceStep(gpu, network, optimizer))
        .isInstanceOf(DeviceNetwork.Unknown.class);
    assertThat(gpu.networks).isNotEmpty();
    assertThat(gpu.cudnn.open()).isZero();
  }

  /** In the network each layer has a state of its own, from which another device goes on. */
  @Test
  void statesAreHandedOverLayerByLayer() {
    try (StepPair pair = new StepPair(() -> of("lstm", 2, false))) {
      pair.step(batch(5, 5, 5));
      pair.device.updateNetwork();
      pair.device.updateMoments();
      for (String layer : new String[] {"recurrent0", "recurrent1"}) {
        INDArray expected = hidden(pair.one, layer);
        assertThat(hidden(pair.other, layer).equalsWithEps(expected, 1e-4)).as(layer).isTrue();
      }
      assertThat(hidden(pair.one, "recurrent0")).isNotEqualTo(hidden(pair.one, "recurrent1"));
      try (DeviceStep second = new DeviceStep(TestGpu.open(), pair.other, pair.deviceOptimizer)) {
        MultiDataSet next = batch(5, 5, 5);
        double expected = pair.host.step(next, StepPair.RATE, BATCH, layer -> 1).loss();
        assertThat(second.step(next, StepPair.RATE, BATCH, layer -> 1).loss())
            .isCloseTo(expected, within(1e-5 * expected));
      }
    }
  }

  private static INDArray hidden(ComputationGraph network, String layer) {
    return ((RecurrentLayer) network.getLayer(layer)).rnnGetTBPTTState().get("prevAct");
  }
}
