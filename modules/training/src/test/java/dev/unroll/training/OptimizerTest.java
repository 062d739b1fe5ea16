package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.RowSparse;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

class OptimizerTest {
  private static final double RATE = 0.01;

  private final Random random = new Random(11);

  @Test
  void equalsTheStockUpdaterOnDenseParameters() {
    ComputationGraph stock = dense(new Adam(RATE));
    ComputationGraph ours = dense(new NoOp());
    ours.params().assign(stock.params());
    Optimizer optimizer = new Optimizer(ours, OptimizerConfig.adam());
    for (int step = 0; step < 6; step++) {
      MultiDataSet batch = denseBatch(8);
      stock.fit(batch);
      GradientStep.compute(ours, batch);
      optimizer.step(RATE, 8);
    }
    assertThat(optimizer.steps()).isEqualTo(6);
    // A step is about 1e-2; rounding of gradients near zero is all that may set the two apart.
    assertThat(ours.params().sub(stock.params()).amaxNumber().doubleValue()).isLessThan(3e-5);
  }

  /** Everything at once against equations in double, written without looking at the rows. */
  @Test
  void equalsBruteForceOnTablesWithClippingAndDecay() {
    ComputationGraph network = words(20, 3);
    OptimizerConfig config = new OptimizerConfig(0.8, 0.95, 1e-6, 0.1, 0.02);
    Optimizer optimizer = new Optimizer(network, config);
    int tableSize = 20 * 3;
    int size = (int) network.numParams();
    double[] expected = network.params().toDoubleVector();
    double[] mean = new double[size];
    double[] square = new double[size];
    for (int step = 1; step <= 5; step++) {
      GradientStep.compute(network, wordBatch(4, 3, 20));
      double[] gradient = network.getFlattenedGradients().reshape(size).toDoubleVector();
      double norm = 0;
      for (double g : gradient) {
        norm += g / 4 * (g / 4);
      }
      norm = Math.sqrt(norm);
      assertThat(norm).isGreaterThan(config.clip());
      for (int i = 0; i < size; i++) {
        int row = i / 3 * 3;
        boolean touched = i >= tableSize;
        for (int j = row; j < row + 3 && !touched; j++) {
          touched = gradient[j] != 0;
        }
        if (touched) {
          double g = gradient[i] / 4 * config.clip() / norm;
          mean[i] = 0.8 * mean[i] + 0.2 * g;
          square[i] = 0.95 * square[i] + 0.05 * g * g;
          double correction = Math.sqrt(1 - Math.pow(0.95, step)) / (1 - Math.pow(0.8, step));
          boolean weight = i < size - 2;
          expected[i] *= weight ? 1 - RATE * 0.1 : 1;
          expected[i] -= RATE * correction * mean[i] / (Math.sqrt(square[i]) + 1e-6);
        }
      }
      assertThat(optimizer.step(RATE, 4)).isCloseTo(norm, within(1e-6));
    }
    assertThat(network.params().toDoubleVector()).containsExactly(expected, within(2e-6));
  }

  /** A not-a-number in the gradient or value of a row betrays whoever reads the row. */
  @Test
  void doesNotReadRowsThatDoNotOccur() {
    ComputationGraph network = words(50_000, 3);
    Optimizer optimizer = new Optimizer(network, OptimizerConfig.adam());
    MultiDataSet batch = wordBatch(2, 4, 1000);
    GradientStep.compute(network, batch);
    optimizer.step(RATE, 2);
    INDArray unusedValue = network.getParam("words_W").getRow(30_000);
    INDArray unusedGradient = network.getFlattenedGradients().reshape(-1);
    unusedValue.assign(Float.NaN);
    unusedGradient.putScalar(30_000 * 3 + 1, Float.NaN);

    double loss = GradientStep.compute(network, batch);
    assertThat(((RowSparse) network.getLayer("words")).touchedRows()).hasSizeLessThanOrEqualTo(8);
    assertThat(loss).isFinite();
    assertThat(optimizer.step(RATE, 2)).isFinite().isPositive();
    assertThat(unusedValue.toFloatVector()).containsOnly(Float.NaN);
  }

  /** A layer that waited takes the very step that it would have taken, from where it is. */
  @Test
  void layersLearnAtTheirOwnRates() {
    ComputationGraph alike = words(20, 3);
    ComputationGraph apart = alike.clone();
    Optimizer same = new Optimizer(alike, OptimizerConfig.adam());
    Optimizer different = new Optimizer(apart, OptimizerConfig.adam());
    MultiDataSet batch = wordBatch(4, 3, 12);
    INDArray table = alike.getParam("words_W").dup();
    INDArray others = alike.params().dup();
    for (int step = 0; step < 2; step++) {
      boolean waits = step == 0;
      GradientStep.compute(alike, batch);
      GradientStep.compute(apart, batch);
      same.step(RATE, 4);
      different.step(RATE, 4, layer -> layer.equals("words") ? (waits ? 0 : 0.5) : 1);
      if (waits) {
        assertThat(apart.getParam("words_W")).isEqualTo(table);
        assertThat(apart.params()).isNotEqualTo(others);
        apart.params().assign(alike.params());
        table = alike.getParam("words_W").dup();
      }
    }
    INDArray full = alike.getParam("words_W").sub(table);
    INDArray half = apart.getParam("words_W").sub(table);
    assertThat(half.mul(2).sub(full).amaxNumber().doubleValue()).isLessThan(1e-6);
    assertThat(full.amaxNumber().doubleValue()).isGreaterThan(1e-3);
  }

  @Test
  void goesOnFromItsStateToTheSameBits() throws IOException {
    ComputationGraph network = words(20, 3);
    Optimizer optimizer = new Optimizer(network, OptimizerConfig.adam().withClip(1));
    List<MultiDataSet> batches = random.ints(6).mapToObj(any -> wordBatch(4, 3, 12)).toList();
    train(network, optimizer, batches.subList(0, 3));
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    optimizer.write(new DataOutputStream(state));
    ComputationGraph copy = words(20, 3);
    copy.params().assign(network.params());
    Optimizer resumed = new Optimizer(copy, OptimizerConfig.adam().withClip(1));
    resumed.read(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));

    train(network, optimizer, batches.subList(3, 6));
    train(copy, resumed, batches.subList(3, 6));

    assertThat(copy.params().toFloatVector()).isEqualTo(network.params().toFloatVector());
    assertThat(resumed.steps()).isEqualTo(6);
    assertThatThrownBy(
            () ->
                new Optimizer(words(21, 3), OptimizerConfig.adam())
                    .read(new DataInputStream(new ByteArrayInputStream(state.toByteArray()))))
        .isInstanceOf(IOException.class)
        .hasMessage("optimizer state holds 20 where parameter \"words_W\" of this network has 21");
    assertThatThrownBy(
            () ->
                new Optimizer(dense(new NoOp()), OptimizerConfig.adam())
                    .read(new DataInputStream(new ByteArrayInputStream(state.toByteArray()))))
        .hasMessage("optimizer state holds 3 parameters, this network has 4");
  }

  @Test
  void sameBitsForAnyNumberOfThreads() {
    MultiDataSet batch = denseBatch(8);
    float[][] results = new float[2][];
    int before = Parallel.threads();
    try {
      for (int i = 0; i < 2; i++) {
        ComputationGraph network = dense(new NoOp());
        Optimizer optimizer = new Optimizer(network, OptimizerConfig.adam().withClip(0.01));
        GradientStep.compute(network, batch);
        Parallel.threads(1 + 3 * i);
        optimizer.step(RATE, 8);
        results[i] = network.params().toFloatVector();
      }
    } finally {
      Parallel.threads(before);
    }
    assertThat(results[1]).isEqualTo(results[0]);
  }

  @Test
  void leavesEverythingAsItIsWhenTheGradientIsNoNumber() {
    ComputationGraph network = dense(new NoOp());
    Optimizer optimizer = new Optimizer(network, OptimizerConfig.adam());
    GradientStep.compute(network, denseBatch(2));
    network.getFlattenedGradients().putScalar(5, Float.NaN);
    float[] before = network.params().toFloatVector();

    assertThat(optimizer.step(RATE, 2)).isNaN();

    assertThat(network.params().toFloatVector()).isEqualTo(before);
    assertThat(optimizer.steps()).isZero();
  }

  @Test
  void leavesFrozenLayersAndTablesAsTheyAre() {
    ComputationGraph network = words(20, 3);
    ComputationGraph frozen =
        new TransferLearning.GraphBuilder(network).setFeatureExtractor("words").build();
    INDArray before = frozen.getParam("words_W").dup();
    Optimizer optimizer = new Optimizer(frozen, OptimizerConfig.adam());
    GradientStep.compute(frozen, wordBatch(4, 3, 20));
    optimizer.step(RATE, 4);
    assertThat(frozen.getParam("words_W")).isEqualTo(before);
    assertThat(frozen.getParam("out_W")).isNotEqualTo(network.getParam("out_W"));
  }

  @Test
  void refusesWhatItCannotDo() {
    ComputationGraph network = words(20, 3);
    Optimizer optimizer = new Optimizer(network, OptimizerConfig.adam());
    assertThatThrownBy(() -> optimizer.step(Double.NaN, 1)).hasMessageContaining("got NaN and 1.0");
    assertThatThrownBy(() -> optimizer.step(RATE, 0)).hasMessageContaining("got 0.01 and 0.0");
    assertThatThrownBy(() -> new OptimizerConfig(1, 0.9, 1e-8, 0, 0))
        .hasMessage("beta1 must be in [0, 1), got 1.0");
    assertThatThrownBy(() -> OptimizerConfig.adam().withClip(Double.NaN))
        .hasMessage("clip must be 0 or more, got NaN");
    ComputationGraph doubles = network.convertDataType(DataType.DOUBLE);
    assertThatThrownBy(() -> new Optimizer(doubles, OptimizerConfig.adam()))
        .hasMessage("the optimizer works on networks of FLOAT, got DOUBLE");
  }

  private static void train(
      ComputationGraph network, Optimizer optimizer, List<MultiDataSet> batches) {
    for (MultiDataSet batch : batches) {
      GradientStep.compute(network, batch);
      optimizer.step(RATE, 4);
    }
  }

  private MultiDataSet denseBatch(int examples) {
    INDArray in = Nd4j.randn(DataType.FLOAT, examples, 300);
    return new MultiDataSet(in, classes(examples));
  }

  private MultiDataSet wordBatch(int examples, int time, int words) {
    int[] ids = random.ints((long) examples * time, 0, words).toArray();
    INDArray in = Nd4j.createFromArray(ids).castTo(DataType.FLOAT).reshape(examples, 1, time);
    return new MultiDataSet(in, classes(examples));
  }

  private INDArray classes(int examples) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, examples, 2);
    for (int example = 0; example < examples; example++) {
      labels.putScalar(example, random.nextInt(2), 1);
    }
    return labels;
  }

  /** Of more parameters than one thread takes at once. */
  private static ComputationGraph dense(IUpdater updater) {
    return init(
        builder(updater)
            .setInputTypes(InputType.feedForward(300))
            .addLayer(
                "dense",
                new DenseLayer.Builder().nOut(301).activation(Activation.TANH).build(),
                "in")
            .addLayer("out", new OutputLayer.Builder().nOut(2).build(), "dense"));
  }

  private static ComputationGraph words(int words, int width) {
    return init(
        builder(new NoOp())
            .setInputTypes(InputType.recurrent(1))
            .addLayer("words", new WordEmbedding.Builder().nIn(words).nOut(width).build(), "in")
            .addLayer("pool", new SequencePooling.Builder(Summary.MEAN).build(), "words")
            .addLayer("out", new OutputLayer.Builder().nOut(2).build(), "pool"));
  }

  private static ComputationGraphConfiguration.GraphBuilder builder(IUpdater updater) {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .updater(updater)
        .graphBuilder()
        .addInputs("in")
        .setOutputs("out");
  }

  private static ComputationGraph init(ComputationGraphConfiguration.GraphBuilder builder) {
    ComputationGraph network = new ComputationGraph(builder.build());
    network.init();
    return network;
  }
}
