package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.cli.Cli;
import dev.unroll.cli.TrialRun;
import dev.unroll.cli.trials.Trial;
import dev.unroll.cli.trials.TrialResult;
import dev.unroll.data.ModelFile;
import dev.unroll.data.TrainingStopped;
import dev.unroll.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials of networks, several at once, are the models that train gives one by one. */
class TrialsTest {
  private static final Program PROGRAM =
      (out, err, args) -> Cli.run(new Sentiment(), out, err, args);

  @TempDir private Path folder;
  private List<String> shared;

  @BeforeEach
  void write() throws IOException {
    List<String> lines =
        Sample.train().examples().stream()
            .limit(48)
            .map(review -> review.label() + "\t" + review.text())
            .toList();
    Path data = Files.write(folder.resolve("d.tsv"), lines);
    shared = List.of("--train", data.toString(), "--epochs", "2", "--batch", "16", "--layers", "1");
  }

  private Object[] words(Object... more) {
    return Stream.concat(
            Stream.concat(Stream.of(more[0]), shared.stream()), Stream.of(more).skip(1))
        .toArray();
  }

  @Test
  void severalAtOnceAreThoseOfOneByOne() {
    Path model = folder.resolve("m.zip");
    Object[] trials =
        words(
            "trials",
            "--model",
            model,
            "--seeds",
            "2",
            "--set",
            "hidden=5,7",
            "--at-once",
            3,
            "--keep-all");
    PROGRAM.call(trials).succeeds();
    for (int hidden : new int[] {5, 7}) {
      Path alone = folder.resolve("alone.zip");
      PROGRAM.call(words("train", "--model", alone, "--seed", 2, "--hidden", hidden)).succeeds();
      assertThat(folder.resolve("m.trials/hidden-%d_seed-2.zip".formatted(hidden)))
          .hasSameBinaryContentAs(alone);
    }
  }

  /** Two epochs of three steps; the last stop is after the last step. */
  @Test
  void aTrialThatWasStoppedGoesOnToTheSameBytesAndScore() throws IOException {
    Trial trial = new Trial(Map.of("hidden", "5"), 3, 0, 0);
    Path undisturbed = folder.resolve("undisturbed.zip");
    TrialResult expected =
        new TrialRun(Sentiment.class, shared, () -> false).run(trial, undisturbed);
    assertThat(expected.isFailed()).as(expected.failure()).isFalse();
    for (int steps : new int[] {2, 6}) {
      Path model = folder.resolve("m" + steps + ".zip");
      AtomicInteger left = new AtomicInteger(steps);
      TrialRun stopped = new TrialRun(Sentiment.class, shared, () -> left.decrementAndGet() <= 0);
      assertThatThrownBy(() -> stopped.run(trial, model)).isInstanceOf(TrainingStopped.class);
      assertThat(ModelFile.checkpoint(model)).exists();
      TrialResult result = new TrialRun(Sentiment.class, shared, () -> false).run(trial, model);
      assertThat(model).hasSameBinaryContentAs(undisturbed);
      assertThat(result.score()).isEqualTo(expected.score());
      assertThat(result.dev()).isEqualTo(expected.dev());
      assertThat(result.sha256()).isEqualTo(expected.sha256());
      assertThat(result.metric()).isEqualTo("accuracy");
    }
  }
}
