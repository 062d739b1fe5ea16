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
import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import dev.unroll.training.Networks;
import dev.unroll.training.Optimizer;
import dev.unroll.training.TrainingStep;
import java.util.ArrayList;
import java.util.List;
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
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The step on a device, of which there is a double, beside that in main memory. */
class DeviceStepTest {
  private static final int WORDS = 11;
  private static final int LABELS = 3;
  private static final int BATCH = 4;

  private final Random random = new Random(7);

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
    try (StepPair pair = new StepPair(DeviceStepTest::languageModel)) {
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
    try (StepPair pair = new StepPair(() -> languageModel(layer.get(), layer.get()))) {
      pair.step(window(6, null));
      pair.step(window(6, null));
      pair.assertSameParameters();
    }
  }

  @Test
  void classifierLearnsTheSame() {
    try (StepPair pair = new StepPair(DeviceStepTest::classifier)) {
      pair.step(reviews(7, 3, 5, 1));
      pair.step(reviews(7, 7, 7, 7));
      pair.step(reviews(2, 1, 7, 4));
      pair.assertSameParameters();
    }
  }

  @Test
  void gradientIsTheSame() {
    StepPair.assertSameGradient(DeviceStepTest::languageModel, window(6, mask(6, 3, 4, 6, 1)));
    StepPair.assertSameGradient(DeviceStepTest::classifier, reviews(5, 7, 2, 3));
  }

  @Test
  void batchesThatCudnnCannotReadAreLearntFromHere() {
    try (StepPair pair = new StepPair(DeviceStepTest::classifier)) {
      pair.step(reviews(7, 3, 5, 1));
      pair.step(reviews(7, 0, 5, 1));
      pair.step(reviews(7, 3, 5, 1));
      pair.assertSameParameters();
    }
  }

  @Test
  void stepsMayCountInPart() {
    MultiDataSet batch = window(6, mask(6, 6, 4, 6, 1).muli(0.5));
    batch.setLabelsMaskArray(null);
    try (StepPair pair = new StepPair(DeviceStepTest::languageModel)) {
      pair.step(batch);
    }
  }

  @Test
  void goesOnFromWhatIsInTheNetworkAndTheOptimizer() throws Exception {
    try (StepPair pair = new StepPair(DeviceStepTest::languageModel)) {
      List<MultiDataSet> batches = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        batches.add(window(6, null));
      }
      pair.step(batches.get(0));
      pair.step(batches.get(1));
      pair.device.updateNetwork();
      pair.device.updateMoments();
      try (DeviceStep second = new DeviceStep(TestGpu.open(), pair.other, pair.deviceOptimizer)) {
        for (MultiDataSet batch : batches.subList(2, 4)) {
          pair.host.step(batch, StepPair.RATE, BATCH, layer -> 1);
          second.step(batch, StepPair.RATE, BATCH, layer -> 1);
        }
        second.updateNetwork();
      }
      assertThat(StepPair.values(pair.other))
          .containsExactly(StepPair.values(pair.one), within(2e-4f));
    }
  }

  @Test
  void layersLearnAtRatesOfTheirOwn() {
    try (StepPair pair = new StepPair(DeviceStepTest::classifier)) {
      float[] before = StepPair.values(pair.other);
      for (int i = 0; i < 2; i++) {
        pair.step(reviews(7, 3, 5, 1), this::rate);
      }
      pair.assertSameParameters();
      assertThat(StepPair.values(pair.other)).isNotEqualTo(before);
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
    float[] before = StepPair.values(network);
    Optimizer optimizer = new Optimizer(network, StepPair.CONFIG);
    try (DeviceStep device = new DeviceStep(TestGpu.open(), network, optimizer)) {
      TrainingStep.Result result =
          device.step(reviews(7, 3, 5, 1), StepPair.RATE, BATCH, layer -> 1);
      device.updateNetwork();
      assertThat(result.norm()).isNaN();
      assertThat(optimizer.steps()).isZero();
      assertThat(StepPair.values(network)).containsExactly(before);
    }
  }

  @Test
  void aStepAllocatesNothingOnceItsSizeWasSeen() {
    try (StepPair pair = new StepPair(DeviceStepTest::languageModel)) {
      GpuDouble gpu = new GpuDouble();
      try (DeviceStep device = new DeviceStep(gpu, pair.other, pair.deviceOptimizer)) {
        device.step(window(6, null), StepPair.RATE, BATCH, layer -> 1);
        device.step(window(6, null), StepPair.RATE, BATCH, layer -> 1);
        int blocks = gpu.cudnn.memory.size();
        device.step(window(5, null), StepPair.RATE, BATCH, layer -> 1);
        assertThat(gpu.cudnn.memory.size()).isEqualTo(blocks);
      }
    }
  }

  @Test
  void whatHasNoPartIsNamed() {
    Supplier<Recurrent> gru = () -> new Gru.Builder().nOut(3).build();
    ComputationGraph network = languageModel(gru.get(), gru.get());
    Optimizer optimizer = new Optimizer(network, StepPair.CONFIG);
    GpuDouble gpu = new GpuDouble();
    assertThatThrownBy(() -> new DeviceStep(gpu, network, optimizer))
        .isInstanceOf(DeviceNetwork.Unknown.class)
        .hasMessage("\"first\" is Gru");
    assertThat(gpu.cudnn.memory.size()).isZero();
  }
}
