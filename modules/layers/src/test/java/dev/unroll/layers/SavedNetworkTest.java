package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.Networks.Batch;
import dev.unroll.layers.Networks.Result;
import dev.unroll.layers.kernel.Kernels;
import dev.unroll.layers.memory.Parallel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network as a whole: saved and loaded, on several threads, in a graph. */
class SavedNetworkTest {
  private static final int THREADS = Parallel.threads();

  @AfterEach
  void restore() {
    Kernels.use(null);
    Parallel.threads(THREADS);
  }

  @Test
  void savedWithOneKernelAnswersTheSameWithAnother(@TempDir Path folder) throws IOException {
    Batch data = batch(4, 11, "holes");
    Kernels.use(Kernels.available().get(0));
    MultiLayerNetwork network = network();
    Path file = folder.resolve("network.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    INDArray expected = network.output(data.x(), false, data.mask(), data.mask());

    for (String kernel : Kernels.available()) {
      Kernels.use(kernel);
      MultiLayerNetwork loaded = ModelSerializer.restoreMultiLayerNetwork(file.toFile());

      assertThat(loaded.getLayerWiseConfigurations())
          .isEqualTo(network.getLayerWiseConfigurations());
      assertThat(loaded.params()).isEqualTo(network.params());
      Networks.assertEquals(
          loaded.output(data.x(), false, data.mask(), data.mask()),
          expected,
          Networks.tolerance(kernel),
          kernel);
    }
  }

  @Test
  void aCopyComputesTheSameAndIsIndependent() {
    Batch data = batch(3, 7, "trailing");
    MultiLayerNetwork network = network();
    MultiLayerNetwork copy = network.clone();
    Result expected = Result.of(network, data);

    Result.of(copy, data).assertEquals(expected, 1e-7, "copy");
    copy.params().addi(0.1);
    Result.of(network, data).assertEquals(expected, 1e-7, "original");
    assertThat(Result.of(copy, data).score()).isNotEqualTo(expected.score());
  }

  @Test
  void changedParametersAreNoticed() {
    Batch data = batch(20, 7, "none");
    MultiLayerNetwork network = network();
    INDArray before = network.output(data.x()).dup();
    MultiLayerNetwork other = network();
    other.params().muli(0.5);

    network.params().muli(0.5);

    assertThat(network.output(data.x())).isEqualTo(other.output(data.x())).isNotEqualTo(before);
  }

  @Test
  void theSameSeedGivesTheSameBytesOnAnyNumberOfThreads() {
    for (String kernel : Kernels.available()) {
      Kernels.use(kernel);
      List<INDArray> trained = new ArrayList<>();
      for (int threads : new int[] {1, 2, 3}) {
        Parallel.threads(threads);
        trained.add(train().params().dup());
      }
      assertThat(trained.get(1)).as(kernel).isEqualTo(trained.get(0));
      assertThat(trained.get(2)).as(kernel).isEqualTo(trained.get(0));
    }
  }

  private static ComputationGraph train() {
    ComputationGraph graph = new ComputationGraph(graph());
    graph.init();
    for (int step = 0; step < 3; step++) {
      Batch data = batch(40, 9, step == 0 ? "none" : "trailing");
      graph.fit(new DataSet(data.x(), data.y(), data.mask(), data.mask()));
    }
    return graph;
  }

  private static ComputationGraphConfiguration graph() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .weightInit(WeightInit.XAVIER)
        .updater(new Adam(1e-2))
        .graphBuilder()
        .addInputs("x")
        .addLayer("first", new Bidirectional(new Lstm.Builder().nOut(8).build()), "x")
        .addLayer("second", new Gru.Builder().nOut(6).dropOut(0.8).build(), "first")
        .addLayer(
            "y",
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(Networks.LABELS)
                .activation(Activation.SOFTMAX)
                .build(),
            "second")
        .setOutputs("y")
        .setInputTypes(InputType.recurrent(4))
        .build();
  }

  @Test
  void manyNetworksComputeAtOnce() throws Exception {
    Batch data = batch(5, 30, "trailing");
    MultiLayerNetwork network = network();
    INDArray expected = network.output(data.x(), false, data.mask(), data.mask());
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<INDArray>> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      MultiLayerNetwork copy = network.clone();
      for (int call = 0; call < 5; call++) {
        answers.add(
            pool.submit(
                () -> {
                  synchronized (copy) {
                    return copy.output(data.x(), false, data.mask(), data.mask());
                  }
                }));
      }
    }
    for (Future<INDArray> answer : answers) {
      assertThat(answer.get()).isEqualTo(expected);
    }
    pool.shutdown();
  }

  private static Batch batch(int batch, int time, String mask) {
    Random random = new Random(9);
    return Batch.random(
        DataType.FLOAT, batch, 4, time, Networks.mask(mask, batch, time, random), random);
  }

  private static MultiLayerNetwork network() {
    return Networks.of(
        DataType.FLOAT,
        4,
        List.of(
            KernelAgreementTest.layer("lstm", 1, 6),
            KernelAgreementTest.layer("gru", 0, 5),
            KernelAgreementTest.layer("gru reset after", 0, 5),
            KernelAgreementTest.layer("rnn", 1, 5)));
  }
}
