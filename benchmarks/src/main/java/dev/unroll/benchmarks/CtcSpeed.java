package dev.unroll.benchmarks;

import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.ctc.Ctc;
import dev.unroll.layers.ctc.CtcLabels;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.training.Optimizer;
import dev.unroll.training.OptimizerConfig;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How long a step of {@link Ctc} takes: a linear layer of {@value #INPUTS} inputs, softmax, loss
 * and gradients; or a training step of a recogniser, bidirectional LSTM layers over vectors of
 * {@value #FEATURES} numbers, CTC and Adam. For {@code benchmarks/speech/ctc.sh}.
 *
 * <pre>
 *   CtcSpeed BATCH TIME LABELS CLASSES THREADS [LAYERS UNITS]
 *       a line "unroll median quartile quartile" in milliseconds
 * </pre>
 */
public final class CtcSpeed {
  static final int INPUTS = 64;
  static final int FEATURES = 120;
  private static final int WARM_UP = 150;
  private static final int STEPS = 100;

  /** Those of a whole network take hundreds of times as long. */
  private static final int STEPS_OF_NETWORK = 20;

  private CtcSpeed() {}

  /** Measures. */
  public static void main(String[] args) {
    int batch = Integer.parseInt(args[0]);
    int time = Integer.parseInt(args[1]);
    int length = Integer.parseInt(args[2]);
    int classes = Integer.parseInt(args[3]);
    Parallel.threads(Integer.parseInt(args[4]));
    int layers = args.length > 5 ? Integer.parseInt(args[5]) : 0;
    int inputs = layers > 0 ? FEATURES : INPUTS;
    ComputationGraph network =
        network(inputs, layers, layers > 0 ? Integer.parseInt(args[6]) : 0, classes);
    Random random = new Random(1);
    INDArray x = Nd4j.rand(DataType.FLOAT, time, batch, inputs).permute(1, 2, 0);
    int[][] labels = new int[batch][];
    for (int b = 0; b < batch; b++) {
      labels[b] = random.ints(length, 1, classes).toArray();
    }
    network.setInputs(x);
    network.setLabels(CtcLabels.array(labels));
    if (layers == 0) {
      measure(
          WARM_UP,
          STEPS,
          () ->
              Parallel.singleThreaded(
                  () -> {
                    network.computeGradientAndScore();
                    return null;
                  }));
    } else {
      Optimizer optimizer = new Optimizer(network, OptimizerConfig.adam());
      measure(
          STEPS_OF_NETWORK / 2,
          STEPS_OF_NETWORK,
          () -> {
            network.computeGradientAndScore();
            optimizer.step(1e-3, batch);
          });
    }
  }

  private static void measure(int warmUp, int steps, Runnable step) {
    double[] millis = new double[steps];
    for (int i = -warmUp; i < steps; i++) {
      long began = System.nanoTime();
      step.run();
      if (i >= 0) {
        millis[i] = (System.nanoTime() - began) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        "unroll %.3f %.3f %.3f%n", millis[steps / 2], millis[steps / 4], millis[3 * steps / 4]);
  }

  private static ComputationGraph network(int inputs, int layers, int units, int classes) {
    var graph =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .graphBuilder()
            .addInputs("0")
            .setInputTypes(InputType.recurrent(inputs));
    for (int layer = 1; layer <= layers; layer++) {
      graph.addLayer(
          "" + layer, new Bidirectional(new Lstm.Builder().nOut(units).build()), "" + (layer - 1));
    }
    graph.addLayer("ctc", new Ctc.Builder().nOut(classes).build(), "" + layers);
    ComputationGraph network = new ComputationGraph(graph.setOutputs("ctc").build());
    network.init();
    return network;
  }
}
