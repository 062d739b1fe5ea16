package dev.unroll.cli;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * The launcher as one command of picocli: what it does by itself, and every task with its verbs.
 * The launcher runs each task from a class path of its own, so that nothing needs this but what is
 * made of all of them together: the completion of a shell, and the manual.
 */
final class AllCommands {
  /** The main classes of the tasks, with blanks between them; the launcher says which there are. */
  static final String MAINS = "unroll.mains";

  private static final Pattern FEW_VALUES = Pattern.compile("[a-z0-9-]+(\\|[a-z0-9-]+)+");

  @Command(name = "demo", description = "Train each task on a small sample and show what it does.")
  private static final class Demo {}

  private AllCommands() {}

  /** Those of the tasks that the launcher named. */
  static CommandLine ofLauncher() {
    return of(Arrays.asList(System.getProperty(MAINS, "").strip().split(" +")));
  }

  /** Those of the given main classes. */
  static CommandLine of(List<String> mains) {
    CommandSpec root = CommandSpec.forAnnotatedObject(new Documentation());
    root.addSubcommand("demo", CommandSpec.forAnnotatedObject(new Demo()));
    for (String main : mains) {
      CommandSpec task = Cli.spec(command(main));
      task.name(task.name().replaceFirst("^unroll ", ""));
      task.subcommands().values().forEach(verb -> offerValues(verb.getCommandSpec()));
      root.addSubcommand(task.name(), task);
    }
    root.addOption(backend());
    return Cli.commandLine(root);
  }

  private static Object command(String main) {
    try {
      return command(Class.forName(main));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the main class " + main, e);
    }
  }

  /** The command of a main class. */
  static Object command(Class<?> main) {
    try {
      var constructor = main.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the main class " + main, e);
    }
  }

  private static OptionSpec backend() {
    List<String> backends = List.of("cpu", "cuda", "cuda-redist");
    return OptionSpec.builder("--backend")
        .paramLabel(String.join("|", backends))
        .type(String.class)
        .completionCandidates(backends)
        .scopeType(ScopeType.INHERIT)
        .description(
            "What recurrent layers are computed on: the processor (without it), or an NVIDIA GPU"
                + " with its libraries as installed or from Maven Central.")
        .build();
  }

  /** What a shell offers behind {@code --config}, and where a description names the few values. */
  private static void offerValues(CommandSpec spec) {
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (option.longestName().equals("--config")) {
        Mixins.settings(spec).ifPresent(settings -> offer(spec, option, settings.presets()));
      } else if (FEW_VALUES.matcher(option.paramLabel()).matches()) {
        offer(spec, option, List.of(option.paramLabel().split("\\|")));
      }
    }
  }

  private static void offer(CommandSpec spec, OptionSpec option, List<String> values) {
    spec.remove(option);
    spec.addOption(OptionSpec.builder(option).completionCandidates(values).build());
  }
}
