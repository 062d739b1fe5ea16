package dev.unroll.server;

import java.util.Locale;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts values by their size, as Prometheus wants them: each bound counts all values up to it. */
final class Histogram {
  private final double[] bounds;
  private final LongAdder[] counts;
  private final DoubleAdder sum = new DoubleAdder();

  Histogram(double... bounds) {
    this.bounds = bounds.clone();
    this.counts = new LongAdder[bounds.length + 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  void add(double value) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sum.add(value);
  }

  /**
   * The lines of the metric.
   *
   * @param labels such as {@code task="ner"}, or empty
   */
  void write(StringBuilder out, String name, String labels) {
    String before = labels.isEmpty() ? "" : labels + ",";
    long all = 0;
    for (int i = 0; i < counts.length; i++) {
      all += counts[i].sum();
      String bound = i < bounds.length ? number(bounds[i]) : "+Inf";
      out.append(name).append("_bucket{").append(before).append("le=\"").append(bound);
      out.append("\"} ").append(all).append('\n');
    }
    String braces = labels.isEmpty() ? "" : "{" + labels + "}";
    out.append(name).append("_sum").append(braces).append(' ').append(number(sum.sum()));
    out.append('\n');
    out.append(name).append("_count").append(braces).append(' ').append(all).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.6g", value);
  }
}
