package dev.unroll.cli;

import dev.unroll.data.Corpus;
import dev.unroll.data.Outcome;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the verb {@code train} of every task does around its trainer: tells what data was
 * recognised, shows the progress, listens to Ctrl-C, scores the test part, and reports; with {@code
 * --folds}, once for each fold and then for all of them together.
 */
public final class TrainSession implements AutoCloseable {
  /**
   * A model that was trained.
   *
   * @param outcome how the training went
   * @param metric the name of the dev score that decided
   * @param dev all metrics on dev of the epoch that was kept; empty without a dev part
   * @param evaluate scores the model
   */
  public record Trained<E, S>(
      Outcome outcome, String metric, Map<String, Double> dev, Function<List<E>, S> evaluate) {}

  /** Trains one model. */
  @FunctionalInterface
  public interface Training<E, S> {
    /**
     * Trains and saves a model.
     *
     * @param target where the model is to be written
     */
    Trained<E, S> train(Split<E> split, Path target);
  }

  private final TrainingWatch watch;
  private final Path model;
  private final AnswerOptions answer;

  /**
   * A session that listens until it is closed.
   *
   * @param unit what an example is, in the plural
   * @throws dev.unroll.data.UserError if there is no port for {@code --live}
   */
  public TrainSession(String unit, ModelOptions model, AnswerOptions answer) {
    this.watch = answer.watch().orElseGet(() -> new ConsoleWatch(unit, model.live()));
    this.model = model.model();
    this.answer = answer;
  }

  /**
   * Shows the training on standard error, and in a browser with {@code --live}; one of many trials
   * is not shown.
   */
  public TrainingListener progress() {
    return watch.listener();
  }

  /** Whether the training is to stop; to be asked from any thread. */
  public boolean interrupted() {
    return watch.stopRequested();
  }

  /**
   * Trains a model for every split. One alone is written where {@code --model} says, and those of
   * folds beside it: {@code m.fold-1.zip} for {@code m.zip}.
   *
   * @param describe what was recognised in a part, for a line on standard error
   * @param scoring of what {@link Trained#evaluate} gives
   */
  public <E, S> void run(
      List<Split<E>> splits,
      Function<Corpus<E>, String> describe,
      Scoring<S> scoring,
      Training<E, S> training) {
    if (splits.size() == 1) {
      one(splits.get(0), describe, scoring, training);
    } else {
      folds(splits, describe, scoring, training);
    }
  }

  private <E, S> void one(
      Split<E> split,
      Function<Corpus<E>, String> describe,
      Scoring<S> scoring,
      Training<E, S> training) {
    describe(split, describe);
    Trained<E, S> trained = training.train(split, model);
    TrainReport report = new TrainReport(model, trained.outcome(), trained.dev());
    if (split.test().isPresent()) {
      S scores = trained.evaluate().apply(split.test().get().examples());
      report.test(scoring.toMap().apply(scores));
      forPeople(scores.toString().stripTrailing());
    }
    if (answer.watch().isPresent()) { // a program wants the line, and no pictures
      answer.answers().text(JsonLines.line(report.summary()));
    } else {
      report.write(trained.metric(), answer.answers());
    }
  }

  private <E, S> void folds(
      List<Split<E>> splits,
      Function<Corpus<E>, String> describe,
      Scoring<S> scoring,
      Training<E, S> training) {
    FoldReport<S> folds = new FoldReport<>(model, scoring);
    for (int f = 1; f <= splits.size(); f++) {
      Split<E> split = splits.get(f - 1);
      Path target = FoldReport.model(model, f);
      answer.err().println("fold " + f + " of " + splits.size());
      describe(split, describe);
      Trained<E, S> trained = training.train(split, target);
      S scores = trained.evaluate().apply(split.test().orElseThrow().examples());
      TrainReport report = new TrainReport(target, trained.outcome(), trained.dev());
      forPeople(folds.add(report, trained.dev(), scores));
      report.writeFiles(trained.metric());
    }
    forPeople(folds.all().toString().stripTrailing());
    answer.answers().text(JsonLines.line(folds.summary()));
  }

  private <E> void describe(Split<E> split, Function<Corpus<E>, String> describe) {
    answer.err().println("train: " + describe.apply(split.train()));
    split.dev().ifPresent(part -> answer.err().println("dev: " + describe.apply(part)));
    split.test().ifPresent(part -> answer.err().println("test: " + describe.apply(part)));
  }

  private void forPeople(String text) {
    if (!answer.json()) {
      answer.answers().text(text);
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
