package dev.unroll.doctor;

import dev.unroll.layers.Lstm;
import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.Kernels;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.memory.SingleThreadedBlas;
import dev.unroll.layers.pooling.SequencePooling;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Times forward and backward pass through two LSTM layers, for five seconds. */
final class LstmBenchmark {
  private static final int INPUTS = 80;
  private static final int HIDDEN = 256;
  private static final int BATCH = 32;
  private static final int STEPS = 64;
  private static final long WARM_UP_NANOS = 1_000_000_000L;
  private static final long NANOS = 5_000_000_000L;

  static final String DESCRIPTION =
      "2 LSTM layers of "
          + HIDDEN
          + ", batch "
          + BATCH
          + ", "
          + STEPS
          + " time steps, forward and backward";

  /**
   * Multiplications and additions of a training step: four gates, each with a product of the input
   * and of the state; once forward, and twice backward, for the inputs and for the weights.
   */
  private static final double FLOPS =
      3 * 2.0 * BATCH * STEPS * 4 * HIDDEN * ((INPUTS + HIDDEN) + (HIDDEN + HIDDEN));

  private LstmBenchmark() {}

  /**
   * What was measured.
   *
   * @param milliseconds median of a step
   * @param gigaflopsPerSecond of the matrix products in it
   */
  record Result(double milliseconds, double gigaflopsPerSecond) {}

  /** The kernel that a network in single precision gets here. */
  static String kernel() {
    return Kernels.get(Cell.LSTM, DataType.FLOAT).name();
  }

  static Result run() {
    SingleThreadedBlas.ensure();
    ComputationGraph network = network();
    MultiDataSet batch = batch();
    times(network, batch, WARM_UP_NANOS);
    double[] times = times(network, batch, NANOS);
    double nanos = times[times.length / 2];
    return new Result(nanos / 1e6, FLOPS / nanos);
  }

  /** Times of as many steps as it takes to fill {@code nanos}, at least one; sorted. */
  private static double[] times(ComputationGraph network, MultiDataSet batch, long nanos) {
    long end = System.nanoTime() + nanos;
    DoubleStream.Builder times = DoubleStream.builder();
    do {
      long began = System.nanoTime();
      Parallel.singleThreaded(() -> step(network, batch));
      times.add(System.nanoTime() - began);
    } while (System.nanoTime() < end);
    return times.build().sorted().toArray();
  }

  private static double step(ComputationGraph network, MultiDataSet batch) {
    network.setInputs(batch.getFeatures());
    network.setLabels(batch.getLabels());
    network.computeGradientAndScore();
    return network.score();
  }

  private static ComputationGraph network() {
    var configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new NoOp())
            .graphBuilder()
            .addInputs("input")
            .addLayer("first", new Lstm.Builder().nOut(HIDDEN).build(), "input")
            .addLayer("second", new Lstm.Builder().nOut(HIDDEN).build(), "first")
            .addLayer(
                "pooled",
                new SequencePooling.Builder(SequencePooling.Summary.MEAN).build(),
                "second")
            .addLayer(
                "output",
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .activation(Activation.SOFTMAX)
                    .nOut(2)
                    .build(),
                "pooled")
            .setOutputs("output")
            .setInputTypes(InputType.recurrent(INPUTS))
            .build();
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    return network;
  }

  private static MultiDataSet batch() {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, BATCH, 2);
    for (int i = 0; i < BATCH; i++) {
      labels.putScalar(i, i % 2, 1);
    }
    INDArray inputs = Nd4j.rand(DataType.FLOAT, BATCH, INPUTS, STEPS).dup('f');
    return new MultiDataSet(inputs, labels);
  }
}
