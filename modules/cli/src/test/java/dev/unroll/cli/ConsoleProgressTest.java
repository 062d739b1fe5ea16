package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.DevScore;
import dev.unroll.data.TrainingListener.Epoch;
import dev.unroll.data.TrainingListener.Plan;
import dev.unroll.data.TrainingListener.Step;
import dev.unroll.data.TrainingListener.Summary;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long now;

  private ConsoleProgress progress(int columns) {
    return progress(columns, false);
  }

  private ConsoleProgress progress(int columns, boolean brief) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new ConsoleProgress("reviews", stream, new Terminal(columns), () -> now, brief);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static Step step(int batch) {
    return new Step(2, batch, 200, 32L * batch, 1234.5, 0.43219, Duration.ofSeconds(95));
  }

  private static void play(ConsoleProgress progress) {
    progress.planned(new Plan(1_234_567, 310L << 20, 6920, 872, 20));
    progress.resumed(2, 1500);
    progress.stepped(step(1));
    progress.epochEnded(
        new Epoch(
            2,
            0.4321,
            Optional.of(new DevScore("accuracy", 0.8125, true, Double.NaN)),
            true,
            1e-3,
            Duration.ofSeconds(3725)));
    progress.ended(new Summary(2, 2, 0.8125, Duration.ofSeconds(65), "all 2 epochs done"));
  }

  @Test
  void withoutATerminalThereAreOnlyPlainLines() {
    play(progress(0));
    assertThat(err().lines())
        .containsExactly(
            "1,234,567 parameters, about 310 MB of memory; 6,920 reviews to train on, 872 for dev,"
                + " at most 20 epochs",
            "going on in epoch 2 after 1,500 batches",
            "epoch 2/20  loss 0.4321  accuracy 0.8125 (best)  learning rate 0.0010  1:02:05",
            "ended after 2 epochs and 1:05: all 2 epochs done; kept epoch 2 (0.8125)");
  }

  @Test
  void aLongEpochGetsALineEveryHalfMinute() {
    ConsoleProgress progress = progress(0);
    for (int batch = 1; batch <= 100; batch++) {
      now += Duration.ofSeconds(1).toNanos();
      progress.stepped(step(batch));
    }
    assertThat(err().lines()).hasSize(3);
    assertThat(err()).startsWith("epoch 2/0   15 %  loss 0.4322  1,235 reviews/s  1:35 left");
  }

  @Test
  void onATerminalThereIsABarThatIsGoneAfterTheEpoch() {
    play(progress(100));
    assertThat(err()).contains("\r", "epoch 2/20", "/200", "loss 0.4322");
    String last = err().substring(err().lastIndexOf('\r') + 1);
    assertThat(last).startsWith("epoch 2/20  loss 0.4321");
  }

  @Test
  void aBriefOneIsALineAndTheBarOfATerminal() {
    play(progress(0, true));
    assertThat(err().lines())
        .containsExactly("training on 6,920 reviews…", "going on in epoch 2 after 1,500 batches");
    err.reset();
    play(progress(100, true));
    assertThat(err()).contains("\r", "epoch 2/20").doesNotContain("ended", "learning rate");
  }

  @Test
  void theDevLossIsShownWhereThereIsOne() {
    var score = Optional.of(new DevScore("f1", 55, true, 0.5));
    progress(0).epochEnded(new Epoch(1, 1, score, false, 1e-3, Duration.ZERO));
    assertThat(err()).contains("loss 1.0000  dev loss 0.5000  f1 55.0000  learning");
  }

  @Test
  void adviceIsShownBeforeTheTrainingBegins() {
    progress(0).planned(new Plan(1_000, 1 << 20, 6920, 872, 20, Optional.of("other settings")));
    assertThat(err().lines()).hasSize(2).last().isEqualTo("other settings");
  }

  @Test
  void withoutADevPartThereIsNothingToSayOfIt() {
    ConsoleProgress progress = progress(0);
    progress.planned(new Plan(1_000, 1 << 20, 6920, 0, 20));
    progress.epochEnded(new Epoch(20, 1, Optional.empty(), true, 1e-3, Duration.ZERO));
    progress.ended(new Summary(20, 20, Double.NaN, Duration.ofSeconds(65), "all 20 epochs done"));
    assertThat(err().lines())
        .containsExactly(
            "1,000 parameters, about 1 MB of memory; 6,920 reviews to train on, none for dev: all 20"
                + " epochs are run",
            "epoch 20/20  loss 1.0000  learning rate 0.0010  0:00",
            "ended after 20 epochs and 1:05: all 20 epochs done; kept epoch 20");
  }

  @Test
  void aTaskWithoutALossShowsNone() {
    ConsoleProgress progress = progress(0);
    progress.planned(new Plan(1_000, 1 << 20, 17_000_000_000L, 0, 3));
    now += Duration.ofMinutes(1).toNanos();
    progress.stepped(new Step(1, 50, 200, 1600, 712e3, Double.NaN, Duration.ofSeconds(95)));
    progress.epochEnded(
        new Epoch(1, Double.NaN, Optional.empty(), true, 2e-2, Duration.ofSeconds(70)));
    assertThat(err())
        .contains("17,000,000,000 reviews to train on")
        .contains("epoch 1/3   25 %  712,000 reviews/s  1:35 left")
        .contains("epoch 1/3  learning rate 0.020  1:10")
        .doesNotContain("NaN", "loss");
  }
}
