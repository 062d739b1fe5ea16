package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.DevScore;
import dev.unroll.data.History;
import dev.unroll.data.Outcome;
import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The loop on the smallest task that a single layer cannot learn: are two bits different? */
class TrainingTest {
  @TempDir Path folder;

  private static final Encoder<Integer, Integer> BITS =
      new Encoder<>() {
        @Override
        public Integer prepare(Integer example) {
          return example;
        }

        @Override
        public MultiDataSet encode(List<Integer> examples) {
          INDArray features = Nd4j.create(examples.size(), 2);
          INDArray labels = Nd4j.create(examples.size(), 2);
          for (int i = 0; i < examples.size(); i++) {
            int first = examples.get(i) & 1;
            int second = examples.get(i) >> 1 & 1;
            features.putScalar(i, 0, first);
            features.putScalar(i, 1, second);
            labels.putScalar(i, first ^ second, 1);
          }
          return new MultiDataSet(features, labels);
        }

        @Override
        public int length(Integer example) {
          return 1;
        }
      };

  private static final List<Integer> EXAMPLES = new ArrayList<>();

  static {
    for (int i = 0; i < 64; i++) {
      EXAMPLES.add(i % 4);
    }
  }

  private static ComputationGraph network() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .weightInit(WeightInit.XAVIER)
                .graphBuilder()
                .addInputs("bits")
                .setInputTypes(InputType.feedForward(2))
                .addLayer(
                    "hidden",
                    new DenseLayer.Builder().nOut(8).activation(Activation.TANH).build(),
                    "bits")
                .addLayer(
                    "output",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "hidden")
                .setOutputs("output")
                .build());
    network.init();
    return network;
  }

  private static TrainingConfig config(String... settings) {
    Map<String, String> overrides = new HashMap<>();
    overrides.put("epochs", "30");
    overrides.put("batch", "8");
    overrides.put("learning-rate", "0.05");
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    return Settings.with(TrainingConfig.defaults(), overrides);
  }

  private static Outcome train(ComputationGraph network, TrainingConfig config) {
    return train(network, config, Supervision.none());
  }

  private static Outcome train(
      ComputationGraph network, TrainingConfig config, Supervision supervision) {
    return new Training(
            network, config, batches(config), Optional.of(TrainingTest::score), supervision)
        .run();
  }

  private static Supervision telling(TrainingListener listener) {
    return new Supervision(listener, () -> false, Optional.empty());
  }

  private static Supervision keeping(Checkpoint checkpoint, BooleanSupplier stop) {
    return new Supervision(new TrainingListener() {}, stop, Optional.of(checkpoint));
  }

  private static Batches<Integer> batches(TrainingConfig config) {
    return new Batches<>(EXAMPLES, BITS, config.batch(), config.tokens(), config.seed());
  }

  private static TrainingListener recording(List<TrainingListener.Epoch> epochs) {
    return new TrainingListener() {
      @Override
      public void epochEnded(Epoch epoch) {
        epochs.add(epoch);
      }
    };
  }

  private static DevScore score(ComputationGraph network) {
    MultiDataSet all = BITS.encode(List.of(0, 1, 2, 3));
    INDArray output = network.outputSingle(all.getFeatures(0));
    INDArray right = output.mul(all.getLabels(0)).sum(1);
    int correct = 0;
    double loss = 0;
    for (int i = 0; i < 4; i++) {
      correct += right.getDouble(i) > 0.5 ? 1 : 0;
      loss -= Math.log(right.getDouble(i)) / 4;
    }
    return new DevScore(
        "accuracy", correct / 4.0, true, loss, Map.of("accuracy", correct / 4.0, "loss", loss));
  }

  @Test
  void learnsAndKeepsTheBestEpoch() {
    ComputationGraph network = network();
    List<TrainingListener.Epoch> epochs = new ArrayList<>();
    Outcome outcome = train(network, config("patience", "0"), telling(recording(epochs)));

    assertThat(outcome.epochs()).isEqualTo(30);
    assertThat(epochs).hasSize(30);
    assertThat(outcome.history().rows()).hasSize(30);
    History.Row best = outcome.history().rows().get(outcome.bestEpoch() - 1);
    assertThat(best.devScore()).isEqualTo(1);
    assertThat(score(network).value()).isEqualTo(1);
    assertThat(score(network).loss()).isEqualTo(best.devLoss());
    assertThat(outcome.metrics()).isEqualTo(score(network).metrics());
  }

  @Test
  void withoutDevAllEpochsAreRunAndTheLastIsKept() {
    TrainingConfig config = config("patience", "1");
    ComputationGraph ever = network();
    int[] epoch = {0};
    new Training(
            ever,
            config,
            batches(config),
            Optional.of(net -> new DevScore("epoch", ++epoch[0], true, 0)),
            Supervision.none())
        .run();

    ComputationGraph network = network();
    List<TrainingListener.Epoch> epochs = new ArrayList<>();
    Outcome outcome =
        new Training(network, config, batches(config), Optional.empty(), telling(recording(epochs)))
            .run();

    assertThat(outcome.bestEpoch()).isEqualTo(30);
    assertThat(outcome.metrics()).isEmpty();
    assertThat(Parameters.copy(network)).isEqualTo(Parameters.copy(ever));
    assertThat(outcome.history().rows()).hasSize(30).allMatch(row -> Double.isNaN(row.devScore()));
    assertThat(epochs).hasSize(30).allMatch(ended -> ended.dev().isEmpty());
  }

  @Test
  void stopsOnceDevGainsNoMore() {
    Outcome outcome =
        train(network(), config("patience", "3", "learning-rate", "1e-9", "schedule", "constant"));
    assertThat(outcome.epochs()).isLessThan(30);
    assertThat(outcome.epochs() - outcome.bestEpoch()).isEqualTo(3);
  }

  @Test
  void theAverageOfTheParametersIsKeptInTheirStead() {
    ComputationGraph network = network();
    float[] average = Parameters.copy(network);
    float[][] kept = new float[1][];
    int[] samples = {0};
    train(
        network,
        config("averaging", "0.9", "epochs", "4", "patience", "0"),
        telling(
            new TrainingListener() {
              @Override
              public void stepped(Step step) {
                if ((step.batch() + 8 * (step.epoch() - 1)) % 16 == 0) {
                  double share =
                      Math.min(Math.pow(0.9, 16), (1.0 + samples[0]) / (10.0 + samples[0]));
                  float[] now = Parameters.copy(network);
                  for (int i = 0; i < now.length; i++) {
                    average[i] += (float) (1 - share) * (now[i] - average[i]);
                  }
                  samples[0]++;
                }
              }

              @Override
              public void epochEnded(Epoch epoch) {
                kept[0] = epoch.best() ? average.clone() : kept[0];
              }
            }));
    assertThat(samples[0]).isEqualTo(2);
    assertThat(Parameters.copy(network)).isEqualTo(kept[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.9"})
  void aRunStoppedAnywhereAndResumedGivesTheSameBytes(String averaging) {
    ComputationGraph undisturbed = network();
    TrainingConfig config = config("averaging", averaging, "epochs", "12");
    Outcome expected = train(undisturbed, config);

    for (int steps : new int[] {1, 8, 13, 50}) {
      Path model = folder.resolve("m" + steps + ".zip");
      AtomicInteger left = new AtomicInteger(steps);
      assertThatThrownBy(
              () ->
                  train(
                      network(),
                      config,
                      keeping(
                          new Checkpoint(model, Map.of(), false),
                          () -> left.decrementAndGet() == 0)))
          .isInstanceOf(TrainingStopped.class)
          .hasMessageContaining("the checkpoint is");
      ComputationGraph resumed = network();
      Checkpoint checkpoint = new Checkpoint(model, Map.of(), true);
      Outcome outcome = train(resumed, config, keeping(checkpoint, () -> false));

      assertThat(Parameters.copy(resumed)).isEqualTo(Parameters.copy(undisturbed));
      assertThat(outcome.history().rows()).isEqualTo(expected.history().rows());
      assertThat(outcome.metrics()).isEqualTo(expected.metrics()).isNotEmpty();
      checkpoint.delete();
      assertThat(folder.toFile().list()).isEmpty();
    }
  }

  @Test
  void aCheckpointOfAnotherRunIsRefused() {
    Path model = folder.resolve("m.zip");
    assertThatThrownBy(
            () ->
                train(
                    network(),
                    config(),
                    keeping(
                        new Checkpoint(model, Map.of("hidden", "8", "epochs", "3"), false),
                        () -> true)))
        .isInstanceOf(TrainingStopped.class);

    assertThatThrownBy(
            () ->
                train(
                    network(),
                    config(),
                    keeping(
                        new Checkpoint(model, Map.of("hidden", "9", "epochs", "4"), true),
                        () -> false)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("was made with hidden = 8, this run has 9");
    assertThat(
            train(
                    network(),
                    config(),
                    keeping(
                        new Checkpoint(model, Map.of("hidden", "8", "epochs", "4"), true),
                        () -> false))
                .epochs())
        .isEqualTo(30);
  }

  @Test
  void resumingAFinishedTrainingIsRefused() throws Exception {
    Path model = Files.writeString(folder.resolve("m.zip"), "a model");
    assertThatThrownBy(() -> new Checkpoint(model, Map.of(), true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nothing to resume");
  }

  @Test
  void whatIsNotFiniteBeforeTheFirstStepIsNotBlamedOnTheLearningRate() {
    ComputationGraph network = network();
    network.params().putScalar(0, Float.NaN);
    assertThatThrownBy(() -> train(network, config()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("not finite before the first step")
        .hasMessageNotContaining("learning-rate");
  }

  @Test
  void whatIsNotFiniteEndsTheTrainingAtThatStep() {
    ComputationGraph network = network();
    assertThatThrownBy(() -> train(network, config(), telling(spoiling(network, 3, Float.NaN))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("diverged at step 4: the loss is not finite")
        .hasMessageContaining("try learning-rate");
  }

  @Test
  void aParameterThatTheLastStepSpoiltIsNotKept() {
    ComputationGraph network = network();
    assertThatThrownBy(
            () ->
                train(
                    network,
                    config("epochs", "1"),
                    telling(spoiling(network, 8, Float.POSITIVE_INFINITY))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("diverged at step 8: a parameter is not finite");
  }

  private static TrainingListener spoiling(ComputationGraph network, int batch, float value) {
    return new TrainingListener() {
      @Override
      public void stepped(Step step) {
        if (step.batch() == batch) {
          network.params().putScalar(0, value);
        }
      }
    };
  }

  @Test
  void aWildLearningRateEndsTheTraining() {
    assertThatThrownBy(() -> train(network(), config("learning-rate", "50", "batch", "1")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("training diverged at step ")
        .hasMessageContaining("per label, 0.")
        .hasMessageEndingWith("before training; try learning-rate 0.001");
  }

  @Test
  void aTrainingThatDivergedInItsFirstEpochLeavesTheWayFreeForAnother() {
    ComputationGraph network = network();
    Path model = folder.resolve("m.zip");
    assertThatThrownBy(
            () ->
                train(
                    network,
                    config(),
                    new Supervision(
                        spoiling(network, 3, Float.NaN),
                        () -> false,
                        Optional.of(new Checkpoint(model, Map.of(), false)))))
        .isInstanceOf(UserError.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theBestEpochBeforeADivergenceCanBeKept() {
    Path model = folder.resolve("m.zip");
    ComputationGraph network = network();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(Step step) {
            if (step.epoch() == 3 && step.batch() == 2) {
              network.params().putScalar(0, Float.NaN);
            }
          }
        };
    assertThatThrownBy(
            () ->
                train(
                    network,
                    config(),
                    new Supervision(
                        listener,
                        () -> false,
                        Optional.of(new Checkpoint(model, Map.of(), false)))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("at step 19")
        .hasMessageEndingWith(
            " after deleting "
                + folder.resolve("m.zip.checkpoint")
                + ", or write its best epoch by resume epochs 2");
    ComputationGraph kept = network();
    Outcome outcome =
        train(
            kept,
            config("epochs", "2"),
            keeping(new Checkpoint(model, Map.of(), true), () -> false));
    assertThat(outcome.epochs()).isEqualTo(2);
    assertThat(score(kept).loss())
        .isEqualTo(outcome.history().rows().get(outcome.bestEpoch() - 1).devLoss());
  }

  @Test
  void twoTrainingsOfOneModelAreToldApart() {
    Path model = folder.resolve("m.zip");
    Checkpoint checkpoint = new Checkpoint(model, Map.of(), false);
    List<Throwable> refused = new ArrayList<>();
    TrainingListener second =
        new TrainingListener() {
          @Override
          public void epochEnded(Epoch epoch) {
            for (boolean resume : new boolean[] {false, true}) {
              try {
                new Checkpoint(model, Map.of(), resume);
              } catch (UserError e) {
                refused.add(e);
              }
            }
          }
        };
    train(
        network(),
        config("epochs", "2", "patience", "0"),
        new Supervision(second, () -> false, Optional.of(checkpoint)));
    assertThat(refused).hasSize(4).allMatch(e -> e.getMessage().contains("another training"));
    checkpoint.delete();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whoForgetsToResumeLosesNoMoreThanAMinute() throws Exception {
    Path model = folder.resolve("m.zip");
    Path file = folder.resolve("m.zip.checkpoint");
    unfinished(model, Duration.ofSeconds(59));
    new Checkpoint(model, Map.of(), false);

    unfinished(model, Duration.ofHours(10));
    byte[] kept = Files.readAllBytes(file);
    assertThatThrownBy(() -> new Checkpoint(model, Map.of(), false))
        .isInstanceOf(UserError.class)
        .hasMessage(
            file
                + " holds 600 minutes of a training that did not end (epoch 1); go on with"
                + " resume, or delete it to begin anew");
    assertThat(Files.readAllBytes(file)).isEqualTo(kept);

    Files.writeString(file, "of a later version");
    assertThatThrownBy(() -> new Checkpoint(model, Map.of(), false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("delete it to begin anew");
    Files.delete(file);
    Files.writeString(model, "finished");
    new Checkpoint(model, Map.of(), false);
  }

  private static void unfinished(Path model, Duration worked) {
    ComputationGraph network = network();
    new Checkpoint(model, Map.of(), false)
        .write(
            network,
            new Optimizer(network, OptimizerConfig.adam()),
            Parameters.copy(network),
            Optional.empty(),
            new TrainingState(5),
            new DivergenceCheck(1),
            worked);
  }
}
