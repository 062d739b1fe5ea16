package dev.unroll.spark;

import dev.unroll.cli.TrialRun;
import dev.unroll.cli.trials.Trial;
import dev.unroll.cli.trials.TrialGrid;
import dev.unroll.cli.trials.TrialResult;
import dev.unroll.cli.trials.TrialTable;
import dev.unroll.data.UserError;
import dev.unroll.serving.TaskService;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Trains many models of a task, each within one task of Spark, and compares them: what {@code
 * unroll TASK trials} does on one machine.
 *
 * <pre>{@code
 * TrialTable table =
 *     new SparkTrials(spark, "sentiment", List.of("--train", "reviews.tsv"))
 *         .run(new TrialGrid("1-20", 5, List.of("hidden=100,200")), "hdfs:///trials");
 * System.out.println(table);
 * }</pre>
 *
 * <p>A trial is the training of one machine and gives the same bytes, whatever executor it runs on
 * and however often its task was tried. Files that the arguments name travel. Started again, the
 * trials that are done are not done again.
 */
public final class SparkTrials {
  private final SparkSession spark;
  private final String main;
  private final List<String> arguments;

  /**
   * Trials of a task.
   *
   * @param task as the command line has it, such as {@code sentiment}
   * @param arguments of its verb {@code train} that all trials share, without {@code --model}
   * @throws UserError if the task is not on the class path
   */
  public SparkTrials(SparkSession spark, String task, List<String> arguments) {
    this.spark = spark;
    this.arguments = List.copyOf(arguments);
    ServiceLoader<TaskService> services =
        ServiceLoader.load(TaskService.class, SparkTrials.class.getClassLoader());
    this.main =
        services.stream()
            .map(Provider::get)
            .filter(service -> service.task().equals(task))
            .map(TaskService::mainClass)
            .findFirst()
            .orElseThrow(
                () ->
                    UserError.usage(
                        "there is no task '%s' on the class path (tasks: %s)"
                            .formatted(
                                task,
                                services.stream()
                                    .map(service -> service.get().task())
                                    .collect(Collectors.joining(", ")))));
  }

  /**
   * Runs all trials that are not done yet.
   *
   * @param folder that the driver and all executors see, of any file system that Hadoop knows; in
   *     it stay the results of all trials, and of each settings the best model
   * @return the scores; a trial that failed is among them
   * @throws UserError if the task refuses the settings, or the folder is of other trials
   */
  public TrialTable run(TrialGrid grid, String folder) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Configuration hadoop = context.hadoopConfiguration();
    TrialRun here = TrialRun.of(main, arguments, () -> false);
    grid.settings().forEach(settings -> here.check(new Trial(settings, 1, 0, 0)));
    SharedFolder shared = new SharedFolder(folder, hadoop);
    shared.check(here.shared());
    Map<Trial, TrialResult> done = new LinkedHashMap<>();
    for (Trial trial : grid.trials()) {
      shared.done(trial).ifPresent(result -> done.put(trial, result));
    }
    bestWithoutModel(grid, done, shared).forEach(done::remove);
    List<Trial> left = grid.trials().stream().filter(trial -> !done.containsKey(trial)).toList();
    results(context, here, left, folder).forEach(result -> done.put(result.trial(), result));
    TrialTable table = new TrialTable(inRows(grid, done));
    dropOthers(grid, table, done, shared);
    return table;
  }

  /** Where the best model of a table lies; empty if all trials failed. */
  public Optional<String> best(TrialTable table, String folder) {
    SharedFolder shared = new SharedFolder(folder, spark.sparkContext().hadoopConfiguration());
    return table.best().map(best -> shared.placeOf(best.trial()));
  }

  private static List<Trial> bestWithoutModel(
      TrialGrid grid, Map<Trial, TrialResult> done, SharedFolder shared) {
    TrialTable table = new TrialTable(List.copyOf(done.values()));
    return grid.settings().stream()
        .flatMap(settings -> table.best(settings).stream())
        .map(TrialResult::trial)
        .filter(trial -> !shared.holdsModel(trial))
        .toList();
  }

  private static List<TrialResult> inRows(TrialGrid grid, Map<Trial, TrialResult> done) {
    return grid.settings().stream()
        .flatMap(
            settings ->
                grid.trials().stream()
                    .filter(trial -> trial.settings().equals(settings))
                    .map(done::get))
        .toList();
  }

  private static void dropOthers(
      TrialGrid grid, TrialTable table, Map<Trial, TrialResult> done, SharedFolder shared) {
    for (Map<String, String> settings : grid.settings()) {
      Optional<Trial> best = table.best(settings).map(TrialResult::trial);
      done.keySet().stream()
          .filter(trial -> trial.settings().equals(settings) && !best.equals(Optional.of(trial)))
          .forEach(shared::drop);
    }
  }

  private List<TrialResult> results(
      JavaSparkContext context, TrialRun here, List<Trial> trials, String folder) {
    if (trials.isEmpty()) {
      return List.of();
    }
    Broadcast<TravellingFiles> files = context.broadcast(new TravellingFiles(here.files()));
    int cores = context.getConf().getInt("spark.task.cpus", 1);
    Function<SerialTrial, String> train =
        new Training(
            main,
            arguments,
            files,
            folder,
            new SerializableConfiguration(context.hadoopConfiguration()),
            cores);
    List<SerialTrial> serial = trials.stream().map(SerialTrial::of).toList();
    return context.parallelize(serial, serial.size()).map(train).collect().stream()
        .map(json -> TrialResult.ofJson(json).orElseThrow())
        .toList();
  }

  /** A trial that can travel. */
  private record SerialTrial(ArrayList<String> settings, long seed, int fold, int folds)
      implements Serializable {
    static SerialTrial of(Trial trial) {
      ArrayList<String> settings = new ArrayList<>();
      trial.settings().forEach((key, value) -> settings.addAll(List.of(key, value)));
      return new SerialTrial(settings, trial.seed(), trial.fold(), trial.folds());
    }

    Trial trial() {
      Map<String, String> map = new LinkedHashMap<>();
      for (int i = 0; i < settings.size(); i += 2) {
        map.put(settings.get(i), settings.get(i + 1));
      }
      return new Trial(map, seed, fold, folds);
    }
  }

  /** What an executor does. */
  private record Training(
      String main,
      List<String> arguments,
      Broadcast<TravellingFiles> files,
      String folder,
      SerializableConfiguration hadoop,
      int cores)
      implements Function<SerialTrial, String> {
    @Override
    public String call(SerialTrial serial) throws IOException {
      ExecutorThreads.limit(cores);
      Trial trial = serial.trial();
      TaskContext task = TaskContext.get();
      List<String> here = files.value().relocate(arguments);
      Path model = Files.createTempDirectory("unroll-trial-").resolve("model.zip");
      try {
        TrialResult result = TrialRun.of(main, here, task::isInterrupted).run(trial, model);
        if (!result.isFailed()) {
          new SharedFolder(folder, hadoop.value()).keep(result, Files.readAllBytes(model));
        }
        return result.toJson();
      } finally {
        clear(model.getParent());
      }
    }

    private static void clear(Path folder) throws IOException {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      Files.delete(folder);
    }
  }
}
