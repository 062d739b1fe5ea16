package dev.unroll.activity;

import dev.unroll.cli.LineChart;
import dev.unroll.cli.LineChart.Axis;
import dev.unroll.cli.LineChart.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How soon a model knows: its accuracy when it has seen part of every recording. */
final class SeenCurve {
  private static final int SHARES = 20;

  /**
   * A point of the curve.
   *
   * @param seen share of the steps of each recording
   * @param accuracy by these
   */
  record Share(double seen, double accuracy) {}

  private SeenCurve() {}

  /** The accuracy after a twentieth of each recording, after two, and so on. */
  static List<Share> of(ActivityModel model, List<Recording> recordings) {
    List<Share> shares = new ArrayList<>();
    for (int i = 1; i <= SHARES; i++) {
      double seen = (double) i / SHARES;
      List<Recording> parts =
          recordings.stream().map(r -> r.first((int) Math.ceil(seen * r.steps()))).toList();
      shares.add(new Share(seen, model.evaluate(parts).accuracy()));
    }
    return shares;
  }

  /** The curve as SVG. */
  static String svg(String name, List<Share> shares) {
    List<Point> points = shares.stream().map(SeenCurve::point).toList();
    return new LineChart(
            new Axis("share of the recording that was seen, %", 100, 10),
            new Axis("accuracy, %", 100, 10))
        .curve(name, points)
        .svg();
  }

  private static Point point(Share share) {
    double seen = 100 * share.seen();
    double accuracy = 100 * share.accuracy();
    return new Point(
        seen, accuracy, String.format(Locale.ROOT, "%.0f %% seen: %.1f %%", seen, accuracy));
  }

  /** A table of it. */
  static String table(List<Share> shares) {
    StringBuilder table = new StringBuilder("seen  accuracy");
    for (Share share : shares) {
      table.append(
          String.format(
              Locale.ROOT, "\n%3.0f %%    %5.1f %%", 100 * share.seen(), 100 * share.accuracy()));
    }
    return table.toString();
  }
}
