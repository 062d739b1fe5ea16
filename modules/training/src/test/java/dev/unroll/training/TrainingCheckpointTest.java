package dev.unroll.training;

import static dev.unroll.training.BitsTask.config;
import static dev.unroll.training.BitsTask.keeping;
import static dev.unroll.training.BitsTask.network;
import static dev.unroll.training.BitsTask.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Outcome;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a training keeps on its way, and how another goes on from it. */
class TrainingCheckpointTest {
  @TempDir Path folder;

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
                + " holds 600 min of a training that did not end (epoch 1); go on with"
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
