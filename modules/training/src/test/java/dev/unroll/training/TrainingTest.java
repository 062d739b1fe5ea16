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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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

  private static final Encoder<Integer> BITS =
      new Encoder<>() {
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

  private static Training training(ComputationGraph network, TrainingConfig config) {
    return new Training(network, config, batches(config), Optional.of(TrainingTest::score));
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
    return new DevScore("accuracy", correct / 4.0, true, loss);
  }

  @Test
  void learnsAndKeepsTheBestEpoch() {
    ComputationGraph network = network();
    List<TrainingListener.Epoch> epochs = new ArrayList<>();
    Outcome outcome = training(network, config("patience", "0")).listener(recording(epochs)).run();

    assertThat(outcome.epochs()).isEqualTo(30);
    assertThat(epochs).hasSize(30);
    assertThat(outcome.history().rows()).hasSize(30);
    History.Row best = outcome.history().rows().get(outcome.bestEpoch() - 1);
    assertThat(best.devScore()).isEqualTo(1);
    assertThat(score(network)).isEqualTo(new DevScore("accuracy", 1, true, best.devLoss()));
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
            Optional.of(net -> new DevScore("epoch", ++epoch[0], true, 0)))
        .run();

    ComputationGraph network = network();
    List<TrainingListener.Epoch> epochs = new ArrayList<>();
    Outcome outcome =
        new Training(network, config, batches(config), Optional.empty())
            .listener(recording(epochs))
            .run();

    assertThat(outcome.bestEpoch()).isEqualTo(30);
    assertThat(Parameters.copy(network)).isEqualTo(Parameters.copy(ever));
    assertThat(outcome.history().rows()).hasSize(30).allMatch(row -> Double.isNaN(row.devScore()));
    assertThat(epochs).hasSize(30).allMatch(ended -> ended.dev().isEmpty());
  }

  @Test
  void stopsOnceDevGainsNoMore() {
    Outcome outcome =
        training(
                network(), config("patience", "3", "learning-rate", "1e-9", "schedule", "constant"))
            .run();
    assertThat(outcome.epochs()).isLessThan(30);
    assertThat(outcome.epochs() - outcome.bestEpoch()).isEqualTo(3);
  }

  @Test
  void theAverageOfTheParametersIsKeptInTheirStead() {
    ComputationGraph network = network();
    float[] average = Parameters.copy(network);
    float[][] kept = new float[1][];
    int[] samples = {0};
    training(network, config("averaging", "0.9", "epochs", "4", "patience", "0"))
        .listener(
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
            })
        .run();
    assertThat(samples[0]).isEqualTo(2);
    assertThat(Parameters.copy(network)).isEqualTo(kept[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.9"})
  void aRunStoppedAnywhereAndResumedGivesTheSameBytes(String averaging) {
    ComputationGraph undisturbed = network();
    TrainingConfig config = config("averaging", averaging, "epochs", "12");
    Outcome expected = training(undisturbed, config).run();

    for (int steps : new int[] {1, 8, 13, 50}) {
      Path model = folder.resolve("m" + steps + ".zip");
      AtomicInteger left = new AtomicInteger(steps);
      assertThatThrownBy(
              () ->
                  training(network(), config)
                      .checkpoint(new Checkpoint(model, Map.of(), false))
                      .stopWhen(() -> left.decrementAndGet() == 0)
                      .run())
          .isInstanceOf(TrainingStopped.class)
          .hasMessageContaining("the checkpoint is");
      ComputationGraph resumed = network();
      Checkpoint checkpoint = new Checkpoint(model, Map.of(), true);
      Outcome outcome = training(resumed, config).checkpoint(checkpoint).run();

      assertThat(Parameters.copy(resumed)).isEqualTo(Parameters.copy(undisturbed));
      assertThat(outcome.history().rows()).isEqualTo(expected.history().rows());
      checkpoint.delete();
      assertThat(folder.toFile().list()).isEmpty();
    }
  }

  @Test
  void aCheckpointOfAnotherRunIsRefused() {
    Path model = folder.resolve("m.zip");
    assertThatThrownBy(
            () ->
                training(network(), config())
                    .checkpoint(new Checkpoint(model, Map.of("hidden", "8", "epochs", "3"), false))
                    .stopWhen(() -> true)
                    .run())
        .isInstanceOf(TrainingStopped.class);

    assertThatThrownBy(
            () ->
                training(network(), config())
                    .checkpoint(new Checkpoint(model, Map.of("hidden", "9", "epochs", "4"), true))
                    .run())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("was made with hidden = 8, this run has 9");
    assertThat(
            training(network(), config())
                .checkpoint(new Checkpoint(model, Map.of("hidden", "8", "epochs", "4"), true))
                .run()
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
  void divergenceIsNoticedAndNamesARemedy() {
    ComputationGraph network = network();
    network.params().putScalar(0, Float.NaN);
    assertThatThrownBy(() -> training(network, config()).run())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("diverged at step 1")
        .hasMessageContaining("try --learning-rate");
  }
}
