package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import dev.unroll.training.Gestures.Config;
import dev.unroll.training.Gestures.Encoder;
import dev.unroll.training.Gestures.Gesture;
import dev.unroll.training.Gestures.GestureTrainer;
import dev.unroll.training.Gestures.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole training of a task whose examples are arrays of numbers. */
class TrainerTest {
  private static final Config CONFIG =
      Config.with(Map.of("epochs", "6", "batch", "8", "learning-rate", "0.02"));

  @TempDir Path folder;

  /** One channel climbs or falls around 1,000; the other is noise. */
  private static List<Gesture> gestures(int seed, int count) {
    Random random = new Random(seed);
    List<Gesture> gestures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean up = random.nextBoolean();
      float[][] samples = new float[8 + random.nextInt(8)][];
      for (int t = 0; t < samples.length; t++) {
        float slope = (up ? 1 : -1) * (t - samples.length / 2f);
        samples[t] = new float[] {1_000 + slope + random.nextFloat(), random.nextFloat()};
      }
      gestures.add(new Gesture(up, samples));
    }
    return gestures;
  }

  private static Corpus<Gesture> corpus(int seed, int count) {
    return new Corpus<>(gestures(seed, count), "sensors " + seed, "digest " + seed);
  }

  private static Split<Gesture> split() {
    return new Split<>(corpus(1, 64), corpus(2, 30));
  }

  private static Encoder encoder(Split<Gesture> split) {
    return new Encoder(
        Standardisation.fit(split.train().examples().stream().map(Gesture::samples).toList()));
  }

  private static Trained<Model> train(GestureTrainer trainer, Split<Gesture> split) {
    return trainer.train(encoder(split), split);
  }

  @Test
  void learnsAndKeepsTheScoreOfTheEpochThatItKept() {
    Trained<Model> trained = train(new GestureTrainer(CONFIG), split());
    double kept =
        trained.outcome().history().rows().get(trained.outcome().bestEpoch() - 1).devScore();
    assertThat(trained.model().metrics()).isEqualTo(Map.of("accuracy", kept));
    assertThat(trained.model().accuracy(gestures(2, 30))).isEqualTo(kept).isGreaterThan(0.9);
    assertThat(trained.model().provenance().data())
        .isEqualTo(Map.of("train", "digest 1", "dev", "digest 2"));
    assertThat(trained.model().provenance().examples()).isEqualTo(Map.of("train", 64L, "dev", 30L));
  }

  @Test
  void examplesAreEncodedOnceForAllEpochs() {
    GestureTrainer trainer = new GestureTrainer(CONFIG);
    train(trainer, split());
    assertThat(trainer.prepared()).isEqualTo(1);
  }

  @Test
  void aSavedModelAnswersAlike() {
    Path path = folder.resolve("m.zip");
    Model model = train(new GestureTrainer(CONFIG).target(path, false), split()).model();
    Model loaded = Model.load(path);
    assertThat(loaded.config()).isEqualTo(CONFIG);
    assertThat(loaded.encoder()).isEqualTo(model.encoder());
    assertThat(loaded.network().params()).isEqualTo(model.network().params());
    assertThat(loaded.accuracy(gestures(3, 50))).isEqualTo(model.accuracy(gestures(3, 50)));
    assertThat(folder.toFile().list()).containsExactly("m.zip");
  }

  /** The arrays are read anew, and are other objects with the same content. */
  @Test
  void aStoppedTrainingGoesOnToTheSameBytes() {
    Path undisturbed = folder.resolve("undisturbed.zip");
    train(new GestureTrainer(CONFIG).target(undisturbed, false), split());
    for (int steps : new int[] {1, 9, 30, 47}) {
      Path path = folder.resolve("m" + steps + ".zip");
      AtomicInteger left = new AtomicInteger(steps);
      GestureTrainer stopped =
          new GestureTrainer(CONFIG)
              .target(path, false)
              .stopWhen(() -> left.decrementAndGet() == 0);
      assertThatThrownBy(() -> train(stopped, split())).isInstanceOf(TrainingStopped.class);
      train(new GestureTrainer(CONFIG).target(path, true), split());
      assertThat(path).as("stopped after %d", steps).hasSameBinaryContentAs(undisturbed);
    }
  }

  @Test
  void aSampleThatDiffersIsAnotherTraining() {
    Path path = folder.resolve("m.zip");
    GestureTrainer stopped = new GestureTrainer(CONFIG).target(path, false).stopWhen(() -> true);
    assertThatThrownBy(() -> train(stopped, split())).isInstanceOf(TrainingStopped.class);
    Split<Gesture> other = split();
    other.train().examples().get(5).samples()[3][1] += 0.001f;
    GestureTrainer resumed = new GestureTrainer(CONFIG).target(path, true);
    assertThatThrownBy(() -> resumed.train(encoder(split()), other))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("was made with train.sha256 = ");
  }

  @Test
  void whatCannotBeWrittenIsNotTrained() {
    GestureTrainer trainer = new GestureTrainer(CONFIG).target(folder.resolve("none/m.zip"), false);
    assertThatThrownBy(() -> train(trainer, split())).isInstanceOf(UserError.class);
    assertThat(trainer.prepared()).isZero();
  }

  @Test
  void aScheduleThatWaitsForDevNeedsADevPart() {
    Split<Gesture> split = new Split<>(corpus(1, 64), Optional.empty(), Optional.empty());
    Config plateau = Config.with(Map.of("schedule", "plateau"));
    assertThatThrownBy(() -> train(new GestureTrainer(plateau), split))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("there is no dev part");
  }

  @Test
  void whatIsPlannedIsToldFirst() {
    List<TrainingListener.Plan> plans = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void planned(Plan plan) {
            plans.add(plan);
          }

          @Override
          public void stepped(Step step) {
            assertThat(plans).hasSize(1);
          }
        };
    Model model = train(new GestureTrainer(CONFIG).listener(listener), split()).model();
    assertThat(plans.get(0).parameters()).isEqualTo(model.network().numParams());
    assertThat(plans.get(0).trainExamples()).isEqualTo(64);
    assertThat(plans.get(0).devExamples()).isEqualTo(30);
    assertThat(plans.get(0).epochs()).isEqualTo(6);
    assertThat(plans.get(0).advice()).isEmpty();
  }
}
