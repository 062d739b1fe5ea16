package dev.unroll.benchmarks;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.NetworkConfig.Cell;
import dev.unroll.generation.language.LanguageNetwork;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.memory.TimeMajor;
import dev.unroll.training.HostStep;
import dev.unroll.training.Networks;
import dev.unroll.training.Optimizer;
import dev.unroll.training.OptimizerConfig;
import dev.unroll.training.Pooling;
import dev.unroll.training.RecurrentStack;
import dev.unroll.training.TrainingStep;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Trains a network of the size that a task would use, on one thread, for {@code
 * benchmarks/shares.sh} to look at; a step is all that a training does with a batch of 32 random
 * examples.
 *
 * <pre>
 *   TrainingSteps NETWORK STEPS   a line "ready" once the code is compiled, then "NETWORK MILLIS":
 *                                 the median of the processor time of a step
 * </pre>
 */
public final class TrainingSteps {
  private static final int BATCH = 32;
  private static final int UNITS = 256;
  private static final int WARM_UP = 200;
  private static final int BATCHES = 8;

  /** The networks there are. */
  private enum Network {
    /** Two layers of LSTM over characters: every step predicts the next of 80. */
    LANGUAGE_MODEL {
      @Override
      ComputationGraphConfiguration configuration() {
        NetworkConfig layers = new NetworkConfig(Cell.LSTM, 2, UNITS, false, 0.3);
        return new LanguageNetwork(layers, 64, false, 0, STEPS, 1).configuration(SYMBOLS);
      }

      @Override
      MultiDataSet batch(Random random) {
        INDArray labels = TimeMajor.createDetached(DataType.FLOAT, BATCH, 1, STEPS);
        INDArray ids = TimeMajor.createDetached(DataType.FLOAT, BATCH, 1, STEPS);
        for (int b = 0; b < BATCH; b++) {
          for (int t = 0; t < STEPS; t++) {
            ids.putScalar(b, 0, t, random.nextInt(SYMBOLS));
            labels.putScalar(b, 0, t, random.nextInt(SYMBOLS));
          }
        }
        return new MultiDataSet(ids, labels);
      }
    },

    /** An LSTM in both directions over 10 to 40 words, the largest and mean states, two classes. */
    CLASSIFIER {
      @Override
      ComputationGraphConfiguration configuration() {
        var graph =
            Networks.seeded(1)
                .weightInit(WeightInit.XAVIER)
                .graphBuilder()
                .addInputs("words")
                .setInputTypes(InputType.recurrent(1));
        graph.addLayer(
            "embedding", new WordEmbedding.Builder().nIn(WORDS).nOut(DIMENSIONS).build(), "words");
        NetworkConfig layers = new NetworkConfig(Cell.LSTM, 1, UNITS, true, 0.5);
        String top = RecurrentStack.add(graph, "embedding", layers, 0.5, 1);
        graph.addLayer("pooling", Pooling.MAX_MEAN.layer(), top);
        graph.addLayer(
            "output",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .dropOut(RecurrentStack.dropout(layers.dropout(), 1, 0))
                .build(),
            "pooling");
        return graph.setOutputs("output").build();
      }

      @Override
      MultiDataSet batch(Random random) {
        int[] lengths = random.ints(BATCH, SHORTEST, LONGEST + 1).toArray();
        int steps = Arrays.stream(lengths).max().orElseThrow();
        INDArray ids = TimeMajor.createDetached(DataType.FLOAT, BATCH, 1, steps);
        INDArray mask = Nd4j.zeros(DataType.FLOAT, BATCH, steps);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, BATCH, CLASSES);
        ids.assign(0);
        for (int b = 0; b < BATCH; b++) {
          labels.putScalar(b, random.nextInt(CLASSES), 1);
          for (int t = 0; t < lengths[b]; t++) {
            ids.putScalar(b, 0, t, random.nextInt(WORDS));
            mask.putScalar(b, t, 1);
          }
        }
        return new MultiDataSet(
            new INDArray[] {ids}, new INDArray[] {labels}, new INDArray[] {mask}, null);
      }
    };

    private static final int SYMBOLS = 80;
    private static final int STEPS = 64;
    private static final int WORDS = 50_000;
    private static final int DIMENSIONS = 200;
    private static final int CLASSES = 2;
    private static final int SHORTEST = 10;
    private static final int LONGEST = 40;

    abstract ComputationGraphConfiguration configuration();

    abstract MultiDataSet batch(Random random);
  }

  private TrainingSteps() {}

  /** Trains. */
  public static void main(String[] args) {
    Network network = Network.valueOf(args[0].toUpperCase().replace('-', '_'));
    Parallel.threads(1);
    ComputationGraph graph = Networks.of(network.configuration());
    Optimizer optimizer = new Optimizer(graph, OptimizerConfig.adam().withClip(5));
    TrainingStep steps = new HostStep(graph, optimizer);
    Random random = new Random(1);
    List<MultiDataSet> batches = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      batches.add(network.batch(random));
    }
    long[] nanos = new long[Integer.parseInt(args[1])];
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    for (int i = -WARM_UP; i < nanos.length; i++) {
      if (i == 0) {
        System.out.println("ready");
      }
      long began = clock.getCurrentThreadCpuTime();
      steps.step(batches.get(Math.floorMod(i, BATCHES)), 1e-3, BATCH, layer -> 1);
      if (i >= 0) {
        nanos[i] = clock.getCurrentThreadCpuTime() - began;
      }
    }
    Arrays.sort(nanos);
    System.out.printf("%s %.2f%n", args[0], nanos[nanos.length / 2] / 1e6);
  }
}
