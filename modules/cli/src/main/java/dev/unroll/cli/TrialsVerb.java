package dev.unroll.cli;

import dev.unroll.cli.trials.Trial;
import dev.unroll.cli.trials.TrialGrid;
import dev.unroll.cli.trials.TrialResult;
import dev.unroll.data.OneLine;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains many models and compares them. Every task whose training is scored has this verb beside
 * its {@code train}, with the same options, and none has to do anything for it.
 */
@Command(
    name = "trials",
    description = {
      "Train models of several seeds, folds and settings, compare them and keep the best.",
      "Each is the model that train gives with the same options. Started again, the same command goes"
          + " on where it was stopped."
    })
final class TrialsVerb implements Runnable {
  private static final String NAME = "trials";

  /** What a trial decides for itself; {@code --set} stays, with several values. */
  static final Set<String> OWN =
      Set.of("--model", "--seed", "--folds", "--fold", "--resume", "--live", "--json");

  /** How many threads the layers of one training may use, unless {@code --threads} says it. */
  private static final String THREADS = "unroll.threads";

  @Spec private CommandSpec command;
  @Mixin private ModelOptions model;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--seeds",
      paramLabel = "LIST",
      defaultValue = "1-5",
      description =
          "The seeds to train with, such as 1-5 or 1,2,7 (${DEFAULT-VALUE}). A seed also decides what is"
              + " split off for dev, where no --dev is given.")
  private String seeds;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description =
          "With each seed, divide the training data into K parts and train K models, each tested on the"
              + " part that it was not trained on.")
  private Integer folds;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description =
          "How many models are trained at the same time; each takes the memory of a training. Without"
              + " it one for each processor.")
  private Integer atOnce;

  @Option(
      names = "--keep-all",
      description = "Keep the models of all trials, and not only the best of each settings.")
  private boolean keepAll;

  /** Gives a command that has a verb {@code train} with scores this verb too. */
  static void addTo(CommandSpec task) {
    CommandLine train = task.subcommands().get(TrialRun.TRAIN);
    if (train == null
        || Mixins.find(train.getCommandSpec(), TrainingOptions.class).isEmpty()
        || Mixins.find(train.getCommandSpec(), DataOptions.class).isEmpty()) {
      return;
    }
    Object verb = train.getCommandSpec().userObject();
    CommandSpec options = CommandSpec.forAnnotatedObject(AllCommands.command(verb.getClass()));
    for (OptionSpec option : List.copyOf(options.options())) {
      if (OWN.contains(option.longestName())) {
        options.remove(option);
      }
    }
    OptionSpec set = options.findOption("--set");
    options.remove(set);
    options.addOption(
        OptionSpec.builder(set)
            .paramLabel("KEY=VALUES")
            .description(
                "Values of a setting to be tried, such as hidden=100,200; given again for another"
                    + " setting, all combinations are.")
            .build());
    CommandSpec trials = CommandSpec.forAnnotatedObject(new TrialsVerb());
    trials.addMixin(TrialRun.TRAIN, options);
    task.addSubcommand(NAME, trials);
  }

  @Override
  public void run() {
    model.checkTarget();
    TrialGrid grid = grid();
    int most = atOnce(grid.trials().size());
    Class<?> task = command.root().userObject().getClass();
    try (Interruption interruption = Interruption.listen()) {
      TrialRun run = new TrialRun(task, TrialArguments.of(trainOptions()), interruption::requested);
      grid.settings().forEach(settings -> run.check(new Trial(settings, 1, 0, 0)));
      TrialFolder folder = new TrialFolder(model.model(), run.shared(), keepAll);
      limitThreads(most);
      List<TrialResult> results = results(grid.trials(), folder, run, interruption, most);
      new TrialReport(model.model(), answer.answers()).write(grid, folder, run, results);
    }
  }

  private TrialGrid grid() {
    if (folds != null && (folds < 2 || folds > DataOptions.MOST_FOLDS)) {
      throw UserError.usage(
          "--folds must be from 2 to " + DataOptions.MOST_FOLDS + ", got " + folds);
    }
    for (OptionSpec option : trainOptions()) {
      if (InputFiles.readsStandardInput(option)) {
        throw UserError.usage(
            option.longestName()
                + " - can be read once, and every trial reads it again; name a file");
      }
    }
    List<String> sets =
        trainOptions().stream()
            .filter(option -> option.longestName().equals("--set"))
            .flatMap(option -> option.originalStringValues().stream())
            .toList();
    return new TrialGrid(seeds, folds == null ? 0 : folds, sets);
  }

  private int atOnce(int trials) {
    if (atOnce != null && atOnce < 1) {
      throw UserError.usage("--at-once must be at least 1, got " + atOnce);
    }
    int most = atOnce == null ? Runtime.getRuntime().availableProcessors() : atOnce;
    return Math.min(most, trials);
  }

  /** The trainings share the processors, so that there are not more threads than these. */
  private static void limitThreads(int trainings) {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / trainings);
    if (System.getProperty(THREADS) == null) {
      System.setProperty(THREADS, String.valueOf(threads));
    }
  }

  /** The options of {@code train} that were given, each once however often it stands there. */
  private List<OptionSpec> trainOptions() {
    CommandSpec train = command.mixins().get(TrialRun.TRAIN);
    return command.commandLine().getParseResult().matchedOptions().stream()
        .filter(option -> train.findOption(option.longestName()) != null)
        .distinct()
        .toList();
  }

  private List<TrialResult> results(
      List<Trial> trials, TrialFolder folder, TrialRun run, Interruption interruption, int most) {
    trials.forEach(folder::done);
    trials.stream()
        .map(Trial::settings)
        .forEach(settings -> folder.missing(settings).ifPresent(folder::forget));
    long left = trials.stream().filter(trial -> folder.done(trial).isEmpty()).count();
    answer
        .err()
        .println(
            left == trials.size()
                ? "%d trials, %d at once".formatted(left, most)
                : "%d trials, of which %d are done; %d at once"
                    .formatted(trials.size(), trials.size() - left, most));
    try {
      return new LocalTrials(
              run, folder, interruption::requested, (done, result) -> tell(done, left, result))
          .run(trials, most);
    } catch (TrainingStopped e) {
      throw UserError.failed("stopped; the same command goes on with the trials that are left", e);
    }
  }

  private void tell(int done, long of, TrialResult result) {
    String what =
        result.isFailed()
            ? "failed: " + result.failure()
            : String.format(
                Locale.ROOT,
                "%s %.4f  (%d epochs, %.1f s)",
                result.metric(),
                result.score(),
                result.epochs(),
                result.seconds());
    answer
        .err()
        .println(OneLine.of("%d/%d  %s  %s".formatted(done, of, result.trial().name(), what)));
  }
}
