package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that is stopped and resumed writes the model that it would have written undisturbed.
 */
class ResumeTest {
  private static final SentimentConfig CONFIG =
      SentimentConfig.with(
          Map.of("dimensions", "8", "hidden", "6", "epochs", "3", "batch", "32", "layers", "2"));

  @TempDir Path folder;

  private void train(Path target, boolean resume, int steps) {
    Split<Review> split = Sample.train().split(0.5, 1, Review::label);
    AtomicInteger left = new AtomicInteger(steps);
    new SentimentTrainer(CONFIG)
        .target(target, resume)
        .stopWhen(() -> left.decrementAndGet() == 0)
        .train(ReviewEncoder.fit(split.train(), CONFIG), split);
  }

  @Test
  void theBytesOfTheModelAreTheSame() throws Exception {
    Path undisturbed = folder.resolve("undisturbed.zip");
    train(undisturbed, false, -1);

    Path resumed = folder.resolve("resumed.zip");
    for (int steps : new int[] {3, 5, 4}) {
      try {
        train(resumed, steps != 3, steps);
      } catch (TrainingStopped e) {
        assertThat(resumed).doesNotExist();
      }
    }
    train(resumed, true, -1);

    assertThat(Files.readAllBytes(resumed)).isEqualTo(Files.readAllBytes(undisturbed));
  }

  /** The bytes of the file are the same, but what was read of them is not. */
  @Test
  void otherExamplesAreRefused() {
    Path target = folder.resolve("other.zip");
    assertThatThrownBy(() -> train(target, false, 2)).isInstanceOf(TrainingStopped.class);
    Corpus<Review> sample = Sample.train();
    var fewer = new Corpus<>(sample.examples().subList(1, 60), sample.source(), sample.digest());
    Split<Review> split = fewer.split(0.5, 1, Review::label);
    var encoder = ReviewEncoder.fit(Sample.train().split(0.5, 1, Review::label).train(), CONFIG);
    assertThatThrownBy(
            () -> new SentimentTrainer(CONFIG).target(target, true).train(encoder, split))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("was made with dev.sha256 = ");
  }
}
