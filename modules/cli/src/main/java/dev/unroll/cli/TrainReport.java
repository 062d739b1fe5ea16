package dev.unroll.cli;

import com.google.gson.GsonBuilder;
import dev.unroll.data.AtomicFile;
import dev.unroll.data.History;
import dev.unroll.data.Outcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is left of a training: the last line on standard output, and beside the model its learning
 * curve as a picture and its metrics as JSON.
 */
public final class TrainReport {
  private final Path model;
  private final Outcome outcome;
  private final Map<String, Object> summary = new LinkedHashMap<>();

  /**
   * A report on one training.
   *
   * @param model where the model was written
   * @param dev the metrics on dev of the epoch that was kept; empty without a dev part
   */
  public TrainReport(Path model, Outcome outcome, Map<String, Double> dev) {
    this.model = model;
    this.outcome = outcome;
    summary.put("model", model.toString());
    summary.put("epochs", outcome.epochs());
    summary.put("bestEpoch", outcome.bestEpoch());
    summary.put("seconds", outcome.elapsed().toMillis() / 1000.0);
    summary.put("dev", dev);
  }

  /** Adds the scores on the test part. */
  public TrainReport test(Map<String, Object> scores) {
    summary.put("test", scores);
    return this;
  }

  /**
   * Writes the files and prints the line.
   *
   * @param metric the name of the dev score that decided
   * @throws dev.unroll.data.UserError if the metrics cannot be written
   */
  public void write(String metric, Answers answers) {
    writeFiles(metric);
    answers.text(JsonLines.line(summary));
  }

  /** What the line shows. */
  Map<String, Object> summary() {
    return summary;
  }

  /** Writes the files only. */
  void writeFiles(String metric) {
    LearningCurve.draw(outcome.history(), metric, curve(model));
    Map<String, Object> metrics = new LinkedHashMap<>(summary);
    metrics.put("history", outcome.history().rows().stream().map(TrainReport::numbers).toList());
    var gson = new GsonBuilder().setPrettyPrinting().serializeSpecialFloatingPointValues();
    AtomicFile.write(metrics(model), gson.create().toJson(metrics) + "\n");
  }

  /** JSON has no NaN, which is what an epoch without a dev part has for its scores. */
  private static Map<String, Number> numbers(History.Row row) {
    Map<String, Number> numbers = new LinkedHashMap<>();
    numbers.put("epoch", row.epoch());
    numbers.put("trainLoss", row.trainLoss());
    numbers.put("devScore", row.devScore());
    numbers.put("devLoss", row.devLoss());
    numbers.put("learningRate", row.learningRate());
    numbers.values().removeIf(number -> Double.isNaN(number.doubleValue()));
    return numbers;
  }

  /** The picture of the learning curve of {@code model}. */
  static Path curve(Path model) {
    return beside(model, ".curve.png");
  }

  /** The metrics of {@code model}. */
  static Path metrics(Path model) {
    return beside(model, ".metrics.json");
  }

  private static Path beside(Path model, String ending) {
    String name = model.getFileName().toString().replaceFirst("\\.zip$", "");
    return model.resolveSibling(name + ending);
  }
}
