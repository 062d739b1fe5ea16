package dev.unroll.benchmarks;

import dev.unroll.layers.ctc.Ctc;
import dev.unroll.layers.ctc.CtcLabels;
import dev.unroll.layers.memory.Parallel;
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
 * and gradients, for {@code benchmarks/speech/ctc.sh}.
 *
 * <pre>
 *   CtcSpeed BATCH TIME LABELS CLASSES THREADS    a line "unroll median quartile quartile" in milliseconds
 * </pre>
 */
public final class CtcSpeed {
  static final int INPUTS = 64;
  private static final int WARM_UP = 150;
  private static final int STEPS = 100;

  private CtcSpeed() {}

  /** Measures. */
  public static void main(String[] args) {
    int batch = Integer.parseInt(args[0]);
    int time = Integer.parseInt(args[1]);
    int length = Integer.parseInt(args[2]);
    int classes = Integer.parseInt(args[3]);
    Parallel.threads(Integer.parseInt(args[4]));
    ComputationGraph network = network(classes);
    Random random = new Random(1);
    INDArray x = Nd4j.rand(DataType.FLOAT, time, batch, INPUTS).permute(1, 2, 0);
    int[][] labels = new int[batch][];
    for (int b = 0; b < batch; b++) {
      labels[b] = random.ints(length, 1, classes).toArray();
    }
    network.setInputs(x);
    network.setLabels(CtcLabels.array(labels));
    double[] millis = new double[STEPS];
    for (int i = -WARM_UP; i < STEPS; i++) {
      long began = System.nanoTime();
      Parallel.singleThreaded(
          () -> {
            network.computeGradientAndScore();
            return null;
          });
      if (i >= 0) {
        millis[i] = (System.nanoTime() - began) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        "unroll %.3f %.3f %.3f%n", millis[STEPS / 2], millis[STEPS / 4], millis[3 * STEPS / 4]);
  }

  private static ComputationGraph network(int classes) {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .graphBuilder()
                .addInputs("x")
                .setInputTypes(InputType.recurrent(INPUTS))
                .addLayer("ctc", new Ctc.Builder().nOut(classes).build(), "x")
                .setOutputs("ctc")
                .build());
    network.init();
    return network;
  }
}
