package dev.unroll.translation;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws how BLEU goes with the length of the sentence, a curve a model, as SVG: figure 2 of
 * Bahdanau et al. 2015, where models without attention fall.
 */
final class LengthChart {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 360;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int TOP = 20;
  private static final int LEGEND = 22;
  private static final List<String> COLOURS =
      List.of("#e4572e", "#0066cc", "#2a9d4a", "#8e44ad", "#b8860b", "#555555");

  private final StringBuilder svg = new StringBuilder();
  private final int longest;
  private final double highest;

  private LengthChart(Map<String, List<LengthScore>> curves) {
    List<LengthScore> all = curves.values().stream().flatMap(List::stream).toList();
    longest = all.stream().mapToInt(LengthScore::to).max().orElse(1);
    double most =
        all.stream().max(Comparator.comparingDouble(LengthScore::bleu)).stream()
            .mapToDouble(LengthScore::bleu)
            .findFirst()
            .orElse(0);
    highest = Math.max(10, 10 * Math.ceil(most / 10));
  }

  /** The picture of several models by their names. */
  static String of(Map<String, List<LengthScore>> curves) {
    LengthChart chart = new LengthChart(curves);
    int height = HEIGHT + 50 + LEGEND * curves.size();
    chart.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"13\">",
        WIDTH, height, WIDTH);
    chart.add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, height);
    chart.axes();
    int number = 0;
    for (Map.Entry<String, List<LengthScore>> curve : curves.entrySet()) {
      chart.curve(curve.getKey(), curve.getValue(), number++);
    }
    return chart.svg.append("</svg>\n").toString();
  }

  private void axes() {
    for (int bleu = 0; bleu <= highest; bleu += 10) {
      add(
          "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>",
          LEFT, WIDTH - RIGHT, y(bleu), y(bleu));
      add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d</text>", LEFT - 8, y(bleu) + 4, bleu);
    }
    int step = Math.max(5, longest / 50 * 5);
    for (int length = 0; length <= longest; length += step) {
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>",
          x(length), HEIGHT + 18, length);
    }
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">words of the source</text>",
        (LEFT + WIDTH) / 2, HEIGHT + 38);
    add("<text x=\"8\" y=\"14\">BLEU</text>");
  }

  private void curve(String name, List<LengthScore> scores, int number) {
    String colour = COLOURS.get(number % COLOURS.size());
    StringBuilder points = new StringBuilder();
    for (LengthScore score : scores) {
      double x = x((score.from() + score.to()) / 2.0);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(score.bleu())));
      add(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"><title>%s words, %d sentences:"
              + " BLEU %.2f</title></circle>",
          x, y(score.bleu()), colour, score.name(), score.sentences(), score.bleu());
    }
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
        points.toString().strip(), colour);
    int y = HEIGHT + 60 + LEGEND * number;
    add(
        "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"3\"/>",
        LEFT, LEFT + 24, y - 4, y - 4, colour);
    add("<text x=\"%d\" y=\"%d\">%s</text>", LEFT + 32, y, escape(name));
  }

  private double x(double length) {
    return LEFT + (WIDTH - LEFT - RIGHT) * length / longest;
  }

  private double y(double bleu) {
    return HEIGHT - (HEIGHT - TOP) * bleu / highest;
  }

  private void add(String element, Object... values) {
    svg.append(String.format(Locale.ROOT, element, values)).append('\n');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
