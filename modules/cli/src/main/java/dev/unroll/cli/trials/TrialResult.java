package dev.unroll.cli.trials;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.unroll.data.DevScore;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a trial came to: a model with its scores, or a failure.
 *
 * @param trial which it was
 * @param failure why there is no model, in a line; null if there is one, and then the rest is of it
 * @param metric the name of the score on dev that decides, such as {@code accuracy}
 * @param higherIsBetter false for a loss or a rate of errors
 * @param score that score, of the epoch that was kept
 * @param dev all scores on dev
 * @param test all scores on test; empty without a test part
 * @param epochs epochs run
 * @param seconds that the training took
 * @param sha256 of the model's file
 */
public record TrialResult(
    Trial trial,
    String failure,
    String metric,
    boolean higherIsBetter,
    double score,
    Map<String, Double> dev,
    Map<String, Double> test,
    int epochs,
    double seconds,
    String sha256) {
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .serializeSpecialFloatingPointValues()
          .create();

  /** Copies the scores and keeps their order. */
  public TrialResult {
    dev = Collections.unmodifiableMap(new LinkedHashMap<>(dev));
    test = Collections.unmodifiableMap(new LinkedHashMap<>(test));
  }

  /** A trial without a model. */
  public static TrialResult failed(Trial trial, String failure) {
    return new TrialResult(
        trial, failure, "", true, Double.NaN, Map.of(), Map.of(), 0, Double.NaN, "");
  }

  /** Whether there is no model. */
  public boolean isFailed() {
    return failure != null;
  }

  /** The score turned so that higher is better. */
  double comparable() {
    return new DevScore(metric, score, higherIsBetter, Double.NaN).comparable();
  }

  /** All of it as JSON. */
  public String toJson() {
    return GSON.toJson(this) + "\n";
  }

  /** What {@link #toJson} wrote; empty if it is anything else, such as half of it. */
  public static Optional<TrialResult> ofJson(String json) {
    try {
      return Optional.ofNullable(GSON.fromJson(json, TrialResult.class));
    } catch (JsonParseException | NullPointerException e) {
      return Optional.empty();
    }
  }

  /** What a line of JSON tells of it, by the names that {@code train} has for the same. */
  public Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("settings", trial.settings());
    summary.put("seed", trial.seed());
    if (trial.folds() > 0) {
      summary.put("fold", trial.fold());
    }
    if (isFailed()) {
      summary.put("error", failure);
      return summary;
    }
    summary.put("metric", metric);
    summary.put("score", score);
    summary.put("dev", dev);
    if (!test.isEmpty()) {
      summary.put("test", test);
    }
    summary.put("epochs", epochs);
    summary.put("seconds", seconds);
    summary.put("sha256", sha256);
    return summary;
  }
}
