package dev.unroll.cli;

import dev.unroll.cli.trials.Spread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What is left of a cross-validation: the scores of every fold, and of all folds together. */
final class FoldReport<S> {
  private final Path model;
  private final Scoring<S> scoring;
  private final List<Map<String, Object>> folds = new ArrayList<>();
  private final List<Map<String, Object>> tests = new ArrayList<>();
  private final List<Map<String, Object>> devs = new ArrayList<>();
  private double seconds;
  private S all;

  FoldReport(Path model, Scoring<S> scoring) {
    this.model = model;
    this.scoring = scoring;
  }

  /** The model of a fold, counted from 1. */
  static Path model(Path model, int fold) {
    String name = model.getFileName().toString();
    String ending = name.endsWith(".zip") ? ".zip" : "";
    String stem = name.substring(0, name.length() - ending.length());
    return model.resolveSibling(stem + ".fold-" + fold + ending);
  }

  /**
   * Adds a fold.
   *
   * @param report of its training
   * @param scores on its test part
   * @return a line for people
   */
  String add(TrainReport report, Map<String, Double> dev, S scores) {
    Map<String, Object> test = scoring.toMap().apply(scores);
    Map<String, Object> summary = report.test(test).summary();
    folds.add(summary);
    tests.add(test);
    devs.add(new LinkedHashMap<>(dev));
    seconds += ((Number) summary.get("seconds")).doubleValue();
    all = all == null ? scores : scoring.plus().apply(all, scores);
    StringBuilder line = new StringBuilder("fold " + folds.size());
    test.forEach((key, value) -> line.append(shown(key, value)));
    return line.toString();
  }

  private static String shown(String key, Object value) {
    return isScore(value) ? String.format(Locale.ROOT, "  %s %.4f", key, value) : "";
  }

  /** All test parts counted as one. */
  S all() {
    return all;
  }

  /** The line that ends the training. */
  Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("model", model.toString());
    summary.put(
        "epochs", folds.stream().mapToInt(f -> ((Number) f.get("epochs")).intValue()).sum());
    summary.put("seconds", seconds);
    summary.put("dev", mean(devs));
    summary.put("test", scoring.toMap().apply(all));
    summary.put("testMean", mean(tests));
    summary.put("testDeviation", deviation(tests));
    summary.put("folds", folds);
    return summary;
  }

  private static Map<String, Double> mean(List<Map<String, Object>> rows) {
    return scores(rows, Spread::mean);
  }

  /** The standard deviation of the folds' scores, by count less one. */
  private static Map<String, Double> deviation(List<Map<String, Object>> rows) {
    return scores(rows, Spread::deviation);
  }

  private static Map<String, Double> scores(
      List<Map<String, Object>> rows, ToDoubleFunction<Spread> what) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (String key : rows.get(0).keySet()) {
      if (isScore(rows.get(0).get(key))) {
        List<Double> all = rows.stream().map(row -> (Double) row.get(key)).toList();
        scores.put(key, what.applyAsDouble(Spread.of(all)));
      }
    }
    return scores;
  }

  /** Whole numbers are counts, of which a mean tells nothing. */
  private static boolean isScore(Object value) {
    return value instanceof Double;
  }
}
