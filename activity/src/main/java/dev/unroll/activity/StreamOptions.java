package dev.unroll.activity;

import static dev.unroll.data.UserError.setting;

import dev.unroll.cli.Conversation;
import dev.unroll.data.LineReader;
import dev.unroll.data.UserError;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** How an endless table of measurements is looked at. */
final class StreamOptions {
  /** By what share of its length a window moves on, unless told otherwise. */
  private static final double HOP = 0.5;

  private static final int MOST_AT_ONCE = 64;

  @Option(
      names = "--stream",
      description =
          "Answer while measurements come in: a table without end on standard input, or a file,"
              + " looked at through windows.")
  private boolean stream;

  @Option(
      names = "--window",
      paramLabel = "LENGTH",
      description = "With --stream: the length of a window, such as 2s, 500ms or 100 (steps).")
  private String window;

  @Option(
      names = "--hop",
      paramLabel = "LENGTH",
      description = "With --stream: from one window to the next; default: half a window.")
  private String hop;

  @Option(
      names = "--rate",
      paramLabel = "HZ",
      description = "With --stream: measurements a second, where the table has no column time.")
  private Double rate;

  /** Whether a stream is to be answered. */
  boolean stream() {
    if (!stream && (window != null || hop != null || rate != null)) {
      throw UserError.usage("--window, --hop and --rate are for --stream; add it");
    }
    if (stream && window == null) {
      throw UserError.usage("--stream takes a --window, such as 2s");
    }
    if (rate != null && !(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw UserError.usage(setting("rate") + " must be above 0, got " + rate);
    }
    return stream;
  }

  /** Answers a stream until it ends. */
  void answer(ActivityModel model, LineReader lines, Consumer<Spotted> print, Runnable flush) {
    Table table = new Table(lines);
    StreamSpan length = StreamSpan.parse("window", window);
    StreamSpan step = hop == null ? length : StreamSpan.parse("hop", hop);
    double move = hop == null ? HOP * step.length() : step.length();
    check(table, length, step, move);
    double unit = length.seconds() && !table.hasTime() ? 1 / rate : 1;
    double known = rate != null ? rate : 0;
    ActivityStream activity =
        new ActivityStream(model, table.channels(), length.length(), move, known);
    long[] read = {0};
    Conversation.run(
        Conversation.items(table::next),
        MOST_AT_ONCE,
        rows ->
            rows.stream()
                .map(
                    row -> {
                      double time =
                          length.seconds() && table.hasTime() ? row.time() : read[0] * unit;
                      read[0]++;
                      return accept(activity, time, row.values());
                    })
                .toList(),
        spotted -> spotted.forEach(print),
        flush);
    activity.end().ifPresent(print);
    flush.run();
  }

  private static List<Spotted> accept(ActivityStream activity, double time, float[] values) {
    try {
      return activity.accept(time, values);
    } catch (IllegalArgumentException e) {
      throw UserError.data("the stream", e.getMessage() + "; sort its rows");
    }
  }

  private void check(Table table, StreamSpan length, StreamSpan step, double move) {
    if (length.seconds() != step.seconds() || move > length.length()) {
      throw UserError.usage(
          "%s must be at most the window, in the same unit; got %s and %s"
              .formatted(setting("hop"), hop, window));
    }
    if (length.seconds() && !table.hasTime() && rate == null) {
      throw UserError.usage(
          "a window in seconds takes a column time, or %s; or give steps"
              .formatted(setting("rate")));
    }
  }
}
