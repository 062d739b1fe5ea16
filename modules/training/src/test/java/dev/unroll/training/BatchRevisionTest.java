package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.TrainingStopped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What the loop asks before each step, on a line through some points. */
class BatchRevisionTest {
  private static final int EPOCHS = 4;
  private static final TrainingConfig CONFIG =
      Settings.with(
          TrainingConfig.defaults(),
          Map.of("epochs", Integer.toString(EPOCHS), "batch", "5", "patience", "0"));

  @TempDir private Path folder;

  private static final Encoder<Integer, Integer> POINTS =
      new Encoder<>() {
        @Override
        public Integer prepare(Integer example) {
          return example;
        }

        @Override
        public int length(Integer example) {
          return 1;
        }

        @Override
        public MultiDataSet encode(List<Integer> points) {
          INDArray x = Nd4j.create(points.size(), 1);
          for (int i = 0; i < points.size(); i++) {
            x.putScalar(i, 0, points.get(i) / 10.0);
          }
          return new MultiDataSet(x, x.mul(2));
        }
      };

  private static ComputationGraph network() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .graphBuilder()
                .addInputs("x")
                .setInputTypes(InputType.feedForward(1))
                .addLayer(
                    "y",
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "x")
                .setOutputs("y")
                .build());
    network.init();
    return network;
  }

  private static void train(
      ComputationGraph network, BatchRevision revision, Supervision supervision) {
    List<Integer> points = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    new Training(
            network, CONFIG, new Batches<>(points, POINTS, CONFIG), Optional.empty(), supervision)
        .revision(revision)
        .run();
  }

  @Test
  void isAskedBeforeEachStepAndLearntFrom() {
    List<Long> steps = new ArrayList<>();
    List<Double> progress = new ArrayList<>();
    ComputationGraph network = network();
    float before = network.params().getFloat(0);
    train(
        network,
        (batch, learnt, step, done) -> {
          assertThat(learnt).isSameAs(network);
          steps.add(step);
          progress.add(done);
          return new MultiDataSet(batch.getFeatures(0).mul(0), batch.getLabels(0));
        },
        Supervision.none());
    assertThat(steps).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(progress).containsExactly(0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875);
    assertThat(network.params().getFloat(0)).as("a weight of zeros").isEqualTo(before);
    ComputationGraph plain = network();
    train(plain, BatchRevision.NONE, Supervision.none());
    assertThat(plain.params().getFloat(0)).isNotEqualTo(before);
  }

  /** The revision knows the network and the numbers, which are as if nothing had happened. */
  @Test
  void aResumedTrainingAsksTheSame() {
    List<String> undisturbed = new ArrayList<>();
    ComputationGraph expected = network();
    train(expected, recording(undisturbed), Supervision.none());
    List<String> asked = new ArrayList<>();
    for (int stop : new int[] {3, 2, 99}) {
      AtomicInteger left = new AtomicInteger(stop);
      BooleanSupplier stopped = () -> left.decrementAndGet() == 0;
      Checkpoint checkpoint = new Checkpoint(folder.resolve("model.zip"), Map.of(), true);
      ComputationGraph network = network();
      try {
        train(
            network,
            recording(asked),
            new Supervision(new TrainingListener() {}, stopped, Optional.of(checkpoint)));
        assertThat(network.params()).isEqualTo(expected.params());
      } catch (TrainingStopped e) {
        assertThat(stop).isLessThan(99);
      }
    }
    assertThat(asked).isEqualTo(undisturbed);
  }

  private static BatchRevision recording(List<String> asked) {
    return (batch, network, step, progress) -> {
      double said = network.outputSingle(batch.getFeatures(0)).getDouble(0);
      asked.add(step + " " + progress + " " + said);
      return new MultiDataSet(batch.getFeatures(0), batch.getLabels(0).add(said));
    };
  }
}
