package dev.unroll.cli;

import dev.unroll.cli.trials.TrialGrid;
import dev.unroll.cli.trials.TrialResult;
import dev.unroll.cli.trials.TrialTable;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is left of trials: the best model, a table for people or lines of JSON, and failures. */
final class TrialReport {
  private final Path model;
  private final Answers answers;

  TrialReport(Path model, Answers answers) {
    this.model = model;
    this.answers = answers;
  }

  /**
   * Writes the best model and prints all.
   *
   * @param results of each trial
   * @throws UserError if trials failed, once the others have been printed
   */
  void write(TrialGrid grid, TrialFolder folder, TrialRun run, List<TrialResult> results) {
    TrialTable table = new TrialTable(inRows(grid, results));
    TrialResult best = table.best().orElseThrow(() -> allFailed(run, results));
    folder.copy(best.trial(), model);
    if (answers.isJson()) {
      results.forEach(result -> answers.text(JsonLines.line(result.summary())));
      answers.text(JsonLines.line(summary(table, best, results)));
    } else {
      answers.text(table.toString());
      answers.text("best: %s -> %s".formatted(best.trial().name(), model));
    }
    if (table.failed() > 0) {
      answers.flush();
      throw UserError.failed(
          "%d of %d trials failed, see above; the same command tries them again"
              .formatted(table.failed(), results.size()),
          null);
    }
  }

  /** In the order of the settings, which is not that in which they were tried. */
  private static List<TrialResult> inRows(TrialGrid grid, List<TrialResult> results) {
    List<TrialResult> ordered = new ArrayList<>(results);
    ordered.sort(
        Comparator.comparingInt(result -> grid.settings().indexOf(result.trial().settings())));
    return ordered;
  }

  private static RuntimeException allFailed(TrialRun run, List<TrialResult> results) {
    return run.firstFailure()
        .filter(RuntimeException.class::isInstance)
        .map(RuntimeException.class::cast)
        .orElseGet(() -> UserError.failed(results.get(0).failure(), null));
  }

  private Map<String, Object> summary(
      TrialTable table, TrialResult best, List<TrialResult> results) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("model", model.toString());
    summary.put("metric", best.metric());
    summary.put("best", best.summary());
    summary.put("trials", results.size());
    summary.put("failed", table.failed());
    summary.put(
        "seconds",
        results.stream().filter(r -> !r.isFailed()).mapToDouble(TrialResult::seconds).sum());
    summary.put("settings", table.toList());
    return summary;
  }
}
