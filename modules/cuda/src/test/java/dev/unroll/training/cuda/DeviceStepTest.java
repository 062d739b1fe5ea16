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
import dev.unroll.layers.dropout.SequenceDropout;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import dev.unroll.training.GradientStep;
import dev.unroll.training.HostStep;
import dev.unroll.training.Networks;
import dev.unroll.training.Optimizer;
import dev.unroll.training.OptimizerConfig;
import dev.unroll.training.TrainingStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The step on a device, of which there is a double, beside that in main memory. */
class DeviceStepTest {
  private static final int WORDS = 11;
  private static final int LABELS = 3;
  private static final int BATCH = 4;
  private static final double RATE = 0.02;

  private final Random random = new Random(7);
  private final OptimizerConfig config = OptimizerConfig.adam().withClip(0.5).withWeightDecay(0.01);

  /** A network twice, one trained by each. */
  private final class Pair implements AutoCloseable {
    final ComputationGraph one;
    final ComputationGraph other;
    final Optimizer hostOptimizer;
    final Optimizer deviceOptimizer;
    final TrainingStep host;
    final DeviceStep device;

    Pair(Supplier<ComputationGraph> network) {
      one = network.get();
      other = network.get();
      hostOptimizer = new Optimizer(one, config);
      deviceOptimizer = new Optimizer(other, config);
      host = new HostStep(one, hostOptimizer);
      device = new DeviceStep(new GpuDouble(), other, deviceOptimizer);
    }

    void step(MultiDataSet batch) {
      TrainingStep.Result expected = host.step(batch, RATE, BATCH, layer -> 1);
      TrainingStep.Result actual = device.step(batch, RATE, BATCH, layer -> 1);
      assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-5 * expected.loss()));
      assertThat(actual.norm()).isCloseTo(expected.norm(), within(1e-4 * expected.norm()));
    }

    void assertSameParameters() {
      device.updateNetwork();
      assertThat(values(other)).containsExactly(values(one), within(2e-4f));
    }

    @Override
    public void close() {
      device.close();
    }
  }

  private static float[] values(ComputationGraph network) {
    return network.params().dup().data().asFloat();
  }

  private static GraphBuilder graph() {
    return Networks.seeded(5)
        .weightInit(WeightInit.XAVIER)
        .graphBuilder()
        .addInputs("words")
        .setInputTypes(InputType.recurrent(1))
        .addLayer("embedding", new WordEmbedding.Builder().nIn(WORDS).nOut(5).build(), "words");
  }

  /** A language model of two layers that carries its state. */
  private static ComputationGraph languageModel(Recurrent first, Recurrent second) {
    return Networks.of(
        graph()
            .backpropType(BackpropType.TruncatedBPTT)
            .tBPTTForwardLength(6)
            .tBPTTBackwardLength(6)
            .addLayer("first", first, "embedding")
            .addLayer("second", second, "first")
            .addLayer(
                "output",
                new SequenceSoftmax.Builder()
                    .nOut(WORDS)
                    .dropOut(new SequenceDropout(0.25, 3))
                    .build(),
                "second")
            .setOutputs("output")
            .build());
  }

  private static ComputationGraph languageModel() {
    return languageModel(
        new Lstm.Builder().nOut(4).build(),
        new Lstm.Builder().nOut(6).dropOut(new SequenceDropout(0.5, 2)).build());
  }

  private static ComputationGraph classifier() {
    return Networks.of(
        graph()
            .addLayer(
                "recurrent",
                new Bidirectional(
                    new Lstm.Builder().nOut(4).dropOut(new SequenceDropout(0.3, 1)).build()),
                "embedding")
            .addLayer(
                "pooling",
                new SequencePooling.Builder(Summary.MAX, Summary.MEAN, Summary.LAST).build(),
                "recurrent")
            .addLayer(
                "output",
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(LABELS)
                    .activation(Activation.SOFTMAX)
                    .dropOut(new SequenceDropout(0.4, 9))
                    .build(),
                "pooling")
            .setOutputs("output")
            .build());
  }

  private INDArray ids(int steps) {
    float[] ids = new float[BATCH * steps];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = random.nextInt(WORDS - 2); // some rows are never touched
    }
    return Nd4j.create(ids, new long[] {BATCH, 1, steps}, 'c');
  }

  private static INDArray mask(int steps, int... lengths) {
    INDArray mask = Nd4j.zeros(BATCH, steps);
    for (int b = 0; b < BATCH; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        mask.putScalar(b, t, 1);
      }
    }
    return mask;
  }

  private MultiDataSet window(int steps, INDArray mask) {
    INDArray[] masks = mask == null ? null : new INDArray[] {mask};
    return new MultiDataSet(new INDArray[] {ids(steps)}, new INDArray[] {ids(steps)}, masks, masks);
  }

  private MultiDataSet reviews(int... lengths) {
    INDArray labels = Nd4j.zeros(BATCH, LABELS);
    for (int b = 0; b < BATCH; b++) {
      labels.putScalar(b, random.nextInt(LABELS), 1);
    }
    return new MultiDataSet(
        new INDArray[] {ids(7)}, new INDArray[] {labels}, new INDArray[] {mask(7, lengths)}, null);
  }

  @Test
  void languageModelLearnsTheSame() {
    try (Pair pair = new Pair(DeviceStepTest::languageModel)) {
      for (int epoch = 0; epoch < 2; epoch++) {
        pair.host.forget();
        pair.device.forget();
        pair.step(window(6, null));
        pair.step(window(6, null));
        pair.step(window(6, mask(6, 6, 4, 6, 1)));
      }
      pair.assertSameParameters();
      assertThat(pair.deviceOptimizer.steps()).isEqualTo(pair.hostOptimizer.steps()).isEqualTo(6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gru", "rnn"})
  void otherCellsLearnTheSame(String cell) {
    Supplier<Recurrent> layer =
        () ->
            cell.equals("gru")
                ? new Gru.Builder().resetAfter(true).nOut(5).build()
                : new SimpleRnn.Builder().nOut(5).build();
    try (Pair pair = new Pair(() -> languageModel(layer.get(), layer.get()))) {
      pair.step(window(6, null));
      pair.step(window(6, null));
      pair.assertSameParameters();
    }
  }

  @Test
  void classifierLearnsTheSame() {
    try (Pair pair = new Pair(DeviceStepTest::classifier)) {
      pair.step(reviews(7, 3, 5, 1));
      pair.step(reviews(7, 7, 7, 7));
      pair.step(reviews(2, 1, 7, 4));
      pair.assertSameParameters();
    }
  }

  /** The gradient itself, before Adam makes a step of about the same size of whatever there is. */
  @Test
  void gradientIsTheSame() {
    assertSameGradient(languageModel(), languageModel(), window(6, mask(6, 3, 4, 6, 1)));
    assertSameGradient(classifier(), classifier(), reviews(5, 7, 2, 3));
  }

  private void assertSameGradient(
      ComputationGraph one, ComputationGraph other, MultiDataSet batch) {
    new Optimizer(one, config); // so that there is a place for the gradient
    Optimizer optimizer = new Optimizer(other, config);
    GradientStep.compute(one, batch);
    Map<String, float[]> found = new HashMap<>();
    try (DeviceStep device = new DeviceStep(new GpuDouble(), other, optimizer)) {
      device.step(batch, RATE, BATCH, layer -> 1);
      device.gradient(
          moments ->
              found.computeIfAbsent(
                  moments.layer() + "_" + moments.key(),
                  name -> new float[(int) other.getParam(name).length()]));
    }
    assertThat(found.keySet()).isEqualTo(one.paramTable().keySet());
    found.forEach(
        (name, values) ->
            assertThat(values).as(name).containsExactly(gradient(one, name), within(2e-5f)));
  }

  /** That of a parameter, in the order in which it lies. */
  private static float[] gradient(ComputationGraph network, String name) {
    INDArray values = network.getParam(name);
    long from =
        (NativeMemory.address(values) - NativeMemory.address(network.params())) / Float.BYTES;
    INDArray flat = network.getFlattenedGradients();
    return flat.reshape(flat.length())
        .get(NDArrayIndex.interval(from, from + values.length()))
        .dup()
        .data()
        .asFloat();
  }

  @Test
  void batchesThatCudnnCannotReadAreLearntFromHere() {
    try (Pair pair = new Pair(DeviceStepTest::classifier)) {
      pair.step(reviews(7, 3, 5, 1));
      pair.step(reviews(7, 0, 5, 1));
      pair.step(reviews(7, 3, 5, 1));
      pair.assertSameParameters();
    }
  }

  @Test
  void goesOnFromWhatIsInTheNetworkAndTheOptimizer() throws Exception {
    try (Pair pair = new Pair(DeviceStepTest::languageModel)) {
      List<MultiDataSet> batches = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        batches.add(window(6, null));
      }
      pair.step(batches.get(0));
      pair.step(batches.get(1));
      pair.device.updateNetwork();
      pair.device.updateMoments();
      try (DeviceStep second = new DeviceStep(new GpuDouble(), pair.other, pair.deviceOptimizer)) {
        for (MultiDataSet batch : batches.subList(2, 4)) {
          pair.host.step(batch, RATE, BATCH, layer -> 1);
          second.step(batch, RATE, BATCH, layer -> 1);
        }
        second.updateNetwork();
      }
      assertThat(values(pair.other)).containsExactly(values(pair.one), within(2e-4f));
    }
  }

  @Test
  void layersLearnAtRatesOfTheirOwn() {
    try (Pair pair = new Pair(DeviceStepTest::classifier)) {
      float[] before = values(pair.other);
      for (int i = 0; i < 2; i++) {
        MultiDataSet batch = reviews(7, 3, 5, 1);
        double expected = pair.host.step(batch, RATE, BATCH, this::rate).norm();
        assertThat(pair.device.step(batch, RATE, BATCH, this::rate).norm())
            .isCloseTo(expected, within(1e-4 * expected));
      }
      pair.assertSameParameters();
      assertThat(values(pair.other)).isNotEqualTo(before);
      assertThat(pair.other.getLayer("embedding").params().dup().data().asFloat())
          .containsExactly(classifier().getLayer("embedding").params().dup().data().asFloat());
    }
  }

  private double rate(String layer) {
    return switch (layer) {
      case "embedding" -> 0;
      case "recurrent" -> 0.5;
      default -> 1;
    };
  }

  @Test
  void nothingIsUpdatedIfTheNormIsNotFinite() {
    ComputationGraph network = classifier();
    network.getLayer("output").getParam("W").putScalar(0, Float.NaN);
    float[] before = values(network);
    Optimizer optimizer = new Optimizer(network, config);
    try (DeviceStep device = new DeviceStep(new GpuDouble(), network, optimizer)) {
      TrainingStep.Result result = device.step(reviews(7, 3, 5, 1), RATE, BATCH, layer -> 1);
      device.updateNetwork();
      assertThat(result.norm()).isNaN();
      assertThat(optimizer.steps()).isZero();
      assertThat(values(network)).containsExactly(before);
    }
  }

  @Test
  void aStepAllocatesNothingOnceItsSizeWasSeen() {
    try (Pair pair = new Pair(DeviceStepTest::languageModel)) {
      GpuDouble gpu = new GpuDouble();
      try (DeviceStep device = new DeviceStep(gpu, pair.other, pair.deviceOptimizer)) {
        device.step(window(6, null), RATE, BATCH, layer -> 1);
        device.step(window(6, null), RATE, BATCH, layer -> 1);
        int blocks = gpu.cudnn.memory.size();
        device.step(window(5, null), RATE, BATCH, layer -> 1);
        assertThat(gpu.cudnn.memory.size()).isEqualTo(blocks);
      }
    }
  }

  @Test
  void whatHasNoPartIsNamed() {
    Supplier<Recurrent> gru = () -> new Gru.Builder().nOut(3).build();
    ComputationGraph network = languageModel(gru.get(), gru.get());
    Optimizer optimizer = new Optimizer(network, config);
    assertThatThrownBy(() -> new DeviceStep(new GpuDouble(), network, optimizer))
        .isInstanceOf(DeviceNetwork.Unknown.class)
        .hasMessage("\"first\" is Gru");
  }
}
