package dev.unroll.cli.trials;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The scores of all trials, a row for each combination of settings. The best settings are those of
 * the best mean on dev, and the best model is that of them which is best on dev. Test decides
 * nothing, and so stays an honest estimate.
 */
public final class TrialTable {
  private final List<TrialResult> results;
  private final Map<Map<String, String>, List<TrialResult>> rows;

  /** A table of results, rows in the order in which their settings first come. */
  public TrialTable(List<TrialResult> results) {
    this.results = List.copyOf(results);
    this.rows =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> result.trial().settings(), LinkedHashMap::new, Collectors.toList()));
  }

  /** The best model; empty if all trials failed. */
  public Optional<TrialResult> best() {
    return bestSettings().flatMap(this::best);
  }

  /** The best model of some settings; of equals that of the lowest seed and the first fold. */
  public Optional<TrialResult> best(Map<String, String> settings) {
    return trained(settings).stream()
        .min(
            Comparator.comparingDouble((TrialResult result) -> -result.comparable())
                .thenComparing(result -> result.trial().seed())
                .thenComparing(result -> result.trial().fold()));
  }

  private Optional<Map<String, String>> bestSettings() {
    return rows.keySet().stream()
        .filter(settings -> !trained(settings).isEmpty())
        .max(Comparator.comparingDouble(this::comparableMean).thenComparing(earlier()));
  }

  private double comparableMean(Map<String, String> settings) {
    return Spread.of(trained(settings).stream().map(TrialResult::comparable).toList()).mean();
  }

  private Comparator<Map<String, String>> earlier() {
    List<Map<String, String>> order = List.copyOf(rows.keySet());
    return Comparator.comparingInt(settings -> -order.indexOf(settings));
  }

  private List<TrialResult> trained(Map<String, String> settings) {
    return rows.getOrDefault(settings, List.of()).stream()
        .filter(result -> !result.isFailed())
        .toList();
  }

  /** How many trials gave no model. */
  public int failed() {
    return (int) results.stream().filter(TrialResult::isFailed).count();
  }

  /** The rows as JSON shows them. */
  public List<Map<String, Object>> toList() {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Map<String, String> settings : rows.keySet()) {
      List<TrialResult> trained = trained(settings);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("settings", settings);
      row.put("trials", rows.get(settings).size());
      row.put("failed", rows.get(settings).size() - trained.size());
      if (!trained.isEmpty()) {
        row.put("score", Spread.of(trained.stream().map(TrialResult::score).toList()).toMap());
        row.put("dev", spreads(trained, TrialResult::dev));
        row.put("test", spreads(trained, TrialResult::test));
      }
      list.add(row);
    }
    return list;
  }

  private static Map<String, Object> spreads(
      List<TrialResult> trained, Function<TrialResult, Map<String, Double>> scores) {
    Map<String, Object> spreads = new LinkedHashMap<>();
    for (String key : scores.apply(trained.get(0)).keySet()) {
      spread(trained, scores, key).ifPresent(spread -> spreads.put(key, spread.toMap()));
    }
    return spreads;
  }

  private static Optional<Spread> spread(
      List<TrialResult> trained, Function<TrialResult, Map<String, Double>> scores, String key) {
    List<Double> numbers =
        trained.stream()
            .map(scores)
            .filter(map -> map.get(key) != null)
            .map(m -> m.get(key))
            .toList();
    return numbers.isEmpty() ? Optional.empty() : Optional.of(Spread.of(numbers));
  }

  /** The table for people; its best row ends with {@code <- best}. */
  @Override
  public String toString() {
    Optional<TrialResult> best = best();
    List<List<String>> cells = new ArrayList<>();
    cells.add(header(best));
    for (Map<String, String> settings : rows.keySet()) {
      boolean isBest = best.isPresent() && best.get().trial().settings().equals(settings);
      cells.add(row(settings, best, isBest && rows.size() > 1));
    }
    return aligned(cells);
  }

  private List<String> header(Optional<TrialResult> best) {
    List<String> header = new ArrayList<>(rows.keySet().iterator().next().keySet());
    header.add("trials");
    best.ifPresent(result -> header.add(result.metric() + " on dev"));
    best.flatMap(TrialTable::testKey).ifPresent(key -> header.add(key + " on test"));
    return header;
  }

  private List<String> row(
      Map<String, String> settings, Optional<TrialResult> best, boolean marked) {
    List<TrialResult> trained = trained(settings);
    int all = rows.get(settings).size();
    List<String> row = new ArrayList<>(settings.values());
    int failed = all - trained.size();
    row.add(failed == 0 ? String.valueOf(all) : all + " (" + failed + " failed)");
    if (best.isPresent() && !trained.isEmpty()) {
      row.add(Spread.of(trained.stream().map(TrialResult::score).toList()).toString());
      testKey(best.get())
          .flatMap(key -> spread(trained, TrialResult::test, key))
          .ifPresent(spread -> row.add(spread.toString()));
    }
    if (marked) {
      row.add("<- best");
    }
    return row;
  }

  /** The score on test that is the deciding one of dev, or else the first. */
  private static Optional<String> testKey(TrialResult result) {
    Map<String, String> keys = new TreeMap<>();
    result.test().keySet().forEach(key -> keys.put(key.toLowerCase(Locale.ROOT), key));
    String same = keys.get(result.metric().replace(" ", "").toLowerCase(Locale.ROOT));
    return same == null ? result.test().keySet().stream().findFirst() : Optional.of(same);
  }

  private static String aligned(List<List<String>> cells) {
    int columns = cells.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    cells.forEach(
        row -> {
          for (int i = 0; i < row.size(); i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    return cells.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
