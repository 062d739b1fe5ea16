package dev.unroll.cli;

import static dev.unroll.data.UserError.setting;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.unroll.cli.trials.Trial;
import dev.unroll.cli.trials.TrialResult;
import dev.unroll.data.DevScore;
import dev.unroll.data.ModelFile;
import dev.unroll.data.Sha256;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Runs trials of a task within this process: each is its verb {@code train}, called with the
 * arguments that a person would give, and so writes the same bytes. Any number of threads may run
 * trials.
 */
public final class TrialRun {
  static final String TRAIN = "train";

  /** A model that is not going to be written. */
  private static final String UNUSED = "unused.zip";

  private final Class<?> task;
  private final List<String> arguments;
  private final BooleanSupplier stop;
  private final AtomicReference<Throwable> firstFailure = new AtomicReference<>();

  /**
   * Trials of a task.
   *
   * @param task its main class, which has the verb {@code train}
   * @param arguments of {@code train} that all trials share, without {@code --model}
   * @param stop asked between steps whether to end; then a trial throws {@link TrainingStopped}
   */
  public TrialRun(Class<?> task, List<String> arguments, BooleanSupplier stop) {
    this.task = task;
    this.arguments = List.copyOf(arguments);
    this.stop = stop;
  }

  /** The same, for a main class that is known by its name. */
  public static TrialRun of(String task, List<String> arguments, BooleanSupplier stop) {
    try {
      return new TrialRun(Class.forName(task), arguments, stop);
    } catch (ClassNotFoundException e) {
      throw UserError.usage("there is no task " + task + " on the class path");
    }
  }

  /**
   * Refuses settings that the task refuses, without training.
   *
   * @throws UserError if it does
   */
  public void check(Trial trial) {
    CommandLine line = line(new ScoreWatch(stop), new StringWriter());
    try {
      line.parseArgs(words(trial, Path.of(UNUSED)));
    } catch (CommandLine.ParameterException e) {
      throw UserError.usage(Failures.describe(e, line).text());
    }
    CommandSpec train = line.getSubcommands().get(TRAIN).getCommandSpec();
    Mixins.settings(train).ifPresent(ConfigOptions::config);
  }

  /**
   * By what these trials are told from others: their arguments, and digests of what the files hold
   * that these name.
   */
  public Map<String, String> shared() {
    return TrialArguments.shared(given());
  }

  /** The files and folders that the arguments name. */
  public List<Path> files() {
    return given().stream().flatMap(option -> InputFiles.files(option).stream()).toList();
  }

  private List<OptionSpec> given() {
    CommandLine line = line(new ScoreWatch(stop), new StringWriter());
    try {
      line.parseArgs(words(new Trial(Map.of(), 1, 0, 0), Path.of(UNUSED)));
    } catch (CommandLine.ParameterException e) {
      throw UserError.usage(Failures.describe(e, line).text());
    }
    return train(line).getParseResult().matchedOptions().stream()
        .filter(option -> !TrialsVerb.OWN.contains(option.longestName()))
        .toList();
  }

  /**
   * Trains, or goes on from the checkpoint beside {@code model}.
   *
   * @param model where the model is to be written
   * @return what came of it; a trial that fails, for whatever reason, is a result too
   * @throws TrainingStopped if asked to stop
   */
  public TrialResult run(Trial trial, Path model) {
    ScoreWatch watch = new ScoreWatch(stop);
    StringWriter out = new StringWriter();
    CommandLine line = line(watch, out);
    Throwable[] failure = new Throwable[1];
    line.setParameterExceptionHandler(
        (e, args) -> {
          failure[0] = e;
          return ExitCode.USAGE;
        });
    line.setExecutionExceptionHandler(
        (e, where, result) -> {
          failure[0] = e;
          return ExitCode.FAILED;
        });
    try {
      line.execute(words(trial, model));
    } catch (Throwable e) { // out of memory too is the failure of one trial
      failure[0] = e;
    }
    if (failure[0] instanceof TrainingStopped stopped) {
      throw stopped;
    } else if (failure[0] != null) {
      firstFailure.compareAndSet(null, failure[0]);
      return TrialResult.failed(trial, Failures.describe(failure[0], train(line)).text());
    }
    Optional<DevScore> score = watch.kept();
    if (score.isEmpty() && watch.wasResumed()) { // after its last epoch, so that none was seen
      delete(model);
      return run(trial, model);
    }
    JsonObject summary = JsonParser.parseString(out.toString()).getAsJsonObject();
    return score
        .map(kept -> result(trial, kept, summary, Sha256.of(model)))
        .orElseGet(() -> unscored(trial));
  }

  private TrialResult unscored(Trial trial) {
    UserError error =
        UserError.usage(
            "trials are compared by their scores on dev, and there is no dev part; give %s, or a %s"
                    .formatted(setting("dev"), setting("dev-fraction"))
                + " above 0");
    firstFailure.compareAndSet(null, error);
    return TrialResult.failed(trial, error.getMessage());
  }

  /** What the first trial that failed failed of; empty if none did. */
  Optional<Throwable> firstFailure() {
    return Optional.ofNullable(firstFailure.get());
  }

  private static void delete(Path model) {
    try {
      Files.delete(model);
    } catch (IOException e) {
      throw UserError.failed(model + ": cannot be deleted: " + e.getMessage(), e);
    }
  }

  private static CommandLine train(CommandLine line) {
    return line.getSubcommands().get(TRAIN);
  }

  private String[] words(Trial trial, Path model) {
    List<String> words = new ArrayList<>(List.of(TRAIN));
    words.addAll(arguments);
    words.addAll(trial.arguments());
    words.addAll(List.of("--model", model.toString(), "--json"));
    if (Files.exists(ModelFile.checkpoint(model))) {
      words.add("--resume");
    }
    return words.toArray(String[]::new);
  }

  private CommandLine line(TrainingWatch watch, StringWriter out) {
    CommandLine line = Cli.commandLine(Cli.spec(AllCommands.command(task)));
    train(line).getCommandSpec().addMixin("watch", CommandSpec.wrapWithoutInspection(watch));
    return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(new StringWriter()));
  }

  private static TrialResult result(
      Trial trial, DevScore score, JsonObject summary, String sha256) {
    return new TrialResult(
        trial,
        null,
        score.metric(),
        score.higherIsBetter(),
        score.value(),
        scores(summary, "dev"),
        scores(summary, "test"),
        summary.get("epochs").getAsInt(),
        summary.get("seconds").getAsDouble(),
        sha256);
  }

  /** Scores are written with a point, counts without. */
  private static Map<String, Double> scores(JsonObject summary, String part) {
    Map<String, Double> scores = new LinkedHashMap<>();
    if (summary.has(part)) {
      for (Map.Entry<String, JsonElement> score : summary.getAsJsonObject(part).entrySet()) {
        JsonElement value = score.getValue();
        if (value.isJsonPrimitive()
            && value.getAsJsonPrimitive().isNumber()
            && value.getAsString().matches(".*[.eE].*")) {
          scores.put(score.getKey(), value.getAsDouble());
        }
      }
    }
    return scores;
  }
}
