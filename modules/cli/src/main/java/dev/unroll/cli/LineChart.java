package dev.unroll.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws curves over one axis, with a legend below them, as SVG. */
public final class LineChart {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 360;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int TOP = 20;
  private static final int LEGEND = 22;
  private static final List<String> COLOURS =
      List.of("#e4572e", "#0066cc", "#2a9d4a", "#8e44ad", "#b8860b", "#555555");

  /**
   * An axis from 0 on.
   *
   * @param name what stands beside it
   * @param end the largest value
   * @param step from one tick to the next, above 0
   */
  public record Axis(String name, double end, double step) {}

  /**
   * A point of a curve.
   *
   * @param note what is shown when it is pointed at
   */
  public record Point(double x, double y, String note) {}

  private final Axis across;
  private final Axis up;
  private final List<String> curves = new ArrayList<>();
  private final StringBuilder svg = new StringBuilder();

  /** A chart without curves. */
  public LineChart(Axis across, Axis up) {
    this.across = across;
    this.up = up;
    for (double value = 0; value <= up.end(); value += up.step()) {
      add(
          "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>",
          LEFT, WIDTH - RIGHT, y(value), y(value));
      add(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
          LEFT - 8, y(value) + 4, number(value));
    }
    for (double value = 0; value <= across.end(); value += across.step()) {
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          x(value), HEIGHT + 18, number(value));
    }
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
        (LEFT + WIDTH) / 2, HEIGHT + 38, escape(across.name()));
    add("<text x=\"%d\" y=\"14\">%s</text>", LEFT, escape(up.name()));
  }

  /** Adds a curve through points, from left to right. */
  public LineChart curve(String name, List<Point> points) {
    String colour = COLOURS.get(curves.size() % COLOURS.size());
    StringBuilder line = new StringBuilder();
    for (Point point : points) {
      line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x()), y(point.y())));
      add(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"><title>%s</title></circle>",
          x(point.x()), y(point.y()), colour, escape(point.note()));
    }
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
        line.toString().strip(), colour);
    int y = HEIGHT + 60 + LEGEND * curves.size();
    add(
        "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"3\"/>",
        LEFT, LEFT + 24, y - 4, y - 4, colour);
    add("<text x=\"%d\" y=\"%d\">%s</text>", LEFT + 32, y, escape(name));
    curves.add(name);
    return this;
  }

  /** The picture. */
  public String svg() {
    int height = HEIGHT + 50 + LEGEND * curves.size();
    String head =
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"13\">\n"
                + "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n",
            WIDTH,
            height,
            WIDTH,
            WIDTH,
            height);
    return head + svg + "</svg>\n";
  }

  private double x(double value) {
    return LEFT + (WIDTH - LEFT - RIGHT) * value / across.end();
  }

  private double y(double value) {
    return HEIGHT - (HEIGHT - TOP) * value / up.end();
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  private void add(String element, Object... values) {
    svg.append(String.format(Locale.ROOT, element, values)).append('\n');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
