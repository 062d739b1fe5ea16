package dev.unroll.cli;

import dev.unroll.data.DevScore;
import dev.unroll.data.TrainingListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows a training on standard error: a bar on a terminal; elsewhere (a file, a pipe) plain lines,
 * one an epoch and one every half minute. Close it, so that a failed training leaves no bar behind.
 */
public final class ConsoleProgress implements TrainingListener, AutoCloseable {
  private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(30).toNanos();
  private static final int BAR_REFRESH_MILLIS = 250;

  private final String unit;
  private final PrintStream err;
  private final Terminal terminal;
  private final LongSupplier nanoTime;
  private final boolean brief;
  private int epochs;
  private ProgressBar bar;
  private long lastLine;

  /**
   * Shows it on the standard error of the process.
   *
   * @param unit what an example is, in the plural
   */
  public ConsoleProgress(String unit) {
    this(unit, System.err, Terminal.ofStandardError(), System::nanoTime, false);
  }

  /** The same with one line for the whole training, and the bar. */
  static ConsoleProgress brief(String unit) {
    return new ConsoleProgress(
        unit, System.err, Terminal.ofStandardError(), System::nanoTime, true);
  }

  ConsoleProgress(
      String unit, PrintStream err, Terminal terminal, LongSupplier nanoTime, boolean brief) {
    this.brief = brief;
    this.unit = unit;
    this.err = err;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.lastLine = nanoTime.getAsLong();
  }

  @Override
  public void planned(Plan plan) {
    epochs = plan.epochs();
    if (brief) {
      line("training on %,d %s…", plan.trainExamples(), unit);
      return;
    }
    line(
        "%,d parameters, about %,d MB of memory; %,d %s to train on, %s",
        plan.parameters(),
        Math.max(1, plan.memoryBytes() >> 20),
        plan.trainExamples(),
        unit,
        plan.devExamples() == 0
            ? String.format(Locale.ROOT, "none for dev: all %d epochs are run", epochs)
            : String.format(
                Locale.ROOT, "%,d for dev, at most %d epochs", plan.devExamples(), epochs));
    plan.advice().ifPresent(advice -> line("%s", advice));
  }

  @Override
  public void resumed(int epoch, int batch) {
    line("going on in epoch %d after %,d batches", epoch, batch);
  }

  @Override
  public void stepped(Step step) {
    String state =
        String.format(
            Locale.ROOT, "%s%,.0f %s/s", loss(step.loss()), step.examplesPerSecond(), unit);
    if (terminal.present()) {
      if (bar == null) {
        bar = newBar(step);
      }
      bar.maxHint(step.batches());
      bar.setExtraMessage("  " + state);
      bar.stepTo(step.batch());
    } else if (!brief && nanoTime.getAsLong() - lastLine >= NANOS_BETWEEN_LINES) {
      line(
          "epoch %d/%d  %3d %%  %s  %s left",
          step.epoch(),
          epochs,
          100L * step.batch() / step.batches(),
          state,
          time(step.remaining()));
    }
  }

  @Override
  public void epochEnded(Epoch epoch) {
    close();
    if (brief) {
      return;
    }
    line(
        "epoch %d/%d  %s%slearning rate %.2g  %s",
        epoch.epoch(),
        epochs,
        loss(epoch.trainLoss()),
        epoch.dev().map(score -> describe(score, epoch.best())).orElse(""),
        epoch.learningRate(),
        time(epoch.elapsed()));
  }

  private static String loss(double loss) {
    return Double.isNaN(loss) ? "" : String.format(Locale.ROOT, "loss %.4f  ", loss);
  }

  private static String describe(DevScore score, boolean best) {
    String loss = Double.isNaN(score.loss()) ? "" : "dev " + loss(score.loss());
    return String.format(
        Locale.ROOT, "%s%s %.4f%s  ", loss, score.metric(), score.value(), best ? " (best)" : "");
  }

  @Override
  public void ended(Summary summary) {
    close();
    if (brief) {
      return;
    }
    line(
        "ended after %d epochs and %s: %s; kept epoch %d%s",
        summary.epochs(),
        time(summary.elapsed()),
        summary.reason(),
        summary.bestEpoch(),
        Double.isNaN(summary.bestScore())
            ? ""
            : String.format(Locale.ROOT, " (%.4f)", summary.bestScore()));
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      err.print("\r" + " ".repeat(terminal.columns()) + "\r"); // the library leaves the bar there
    }
  }

  private ProgressBar newBar(Step step) {
    return ProgressBar.builder()
        .setTaskName("epoch " + step.epoch() + "/" + epochs)
        .setInitialMax(step.batches())
        .setUpdateIntervalMillis(BAR_REFRESH_MILLIS)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(err, terminal.columns()))
        .build();
  }

  private void line(String format, Object... arguments) {
    lastLine = nanoTime.getAsLong();
    err.println(String.format(Locale.ROOT, format, arguments));
  }

  private static String time(Duration duration) {
    return duration.toHours() > 0
        ? "%d:%02d:%02d"
            .formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart())
        : "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
  }
}
