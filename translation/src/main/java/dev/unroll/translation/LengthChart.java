package dev.unroll.translation;

import dev.unroll.cli.LineChart;
import dev.unroll.cli.LineChart.Axis;
import dev.unroll.cli.LineChart.Point;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws how BLEU goes with the length of the sentence, a curve a model, as SVG: figure 2 of
 * Bahdanau et al. 2015, where models without attention fall.
 */
final class LengthChart {
  private LengthChart() {}

  /** The picture of several models by their names. */
  static String of(Map<String, List<LengthScore>> curves) {
    List<LengthScore> all = curves.values().stream().flatMap(List::stream).toList();
    int longest = all.stream().mapToInt(LengthScore::to).max().orElse(1);
    double most = all.stream().mapToDouble(LengthScore::bleu).max().orElse(0);
    LineChart chart =
        new LineChart(
            new Axis("words of the source", longest, Math.max(5, longest / 50 * 5)),
            new Axis("BLEU", Math.max(10, 10 * Math.ceil(most / 10)), 10));
    curves.forEach(
        (name, scores) -> chart.curve(name, scores.stream().map(LengthChart::point).toList()));
    return chart.svg();
  }

  private static Point point(LengthScore score) {
    String note =
        String.format(
            Locale.ROOT,
            "%s words, %d sentences: BLEU %.2f",
            score.name(),
            score.sentences(),
            score.bleu());
    return new Point((score.from() + score.to()) / 2.0, score.bleu(), note);
  }
}
