package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that is stopped and resumed writes the model that it would have written undisturbed,
 * dropped words included.
 */
class ResumeTest {
  private static final NerConfig CONFIG =
      NerConfig.with(Map.of("dimensions", "8", "hidden", "6", "epochs", "3", "batch", "16"));

  @TempDir Path folder;

  private void train(Path target, boolean resume, int steps) {
    Split<TaggedSentence> split = Sample.train().split(0.5, 1);
    AtomicInteger left = new AtomicInteger(steps);
    new NerTrainer(CONFIG)
        .target(target, resume)
        .stopWhen(() -> left.decrementAndGet() == 0)
        .train(TagEncoder.fit(split.train(), CONFIG), split);
  }

  @Test
  void theBytesOfTheModelAreTheSame() throws Exception {
    Path undisturbed = folder.resolve("undisturbed.zip");
    train(undisturbed, false, -1);

    Path resumed = folder.resolve("resumed.zip");
    for (int steps : new int[] {3, 2, 4}) {
      try {
        train(resumed, steps != 3, steps);
      } catch (TrainingStopped e) {
        assertThat(resumed).doesNotExist();
      }
    }
    train(resumed, true, -1);

    assertThat(Files.readAllBytes(resumed)).isEqualTo(Files.readAllBytes(undisturbed));
  }
}
