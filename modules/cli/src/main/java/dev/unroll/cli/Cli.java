package dev.unroll.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs a command of picocli by the contract that all tasks share: results as UTF-8 on standard
 * output and nothing else there, one line for an error, the {@link ExitCode exit codes}, {@code
 * --help}, {@code --version}, {@code --verbose} and {@code @FILE} everywhere.
 *
 * <p>It returns the code and leaves {@code System.exit} to {@code main}, so tests call what users
 * call.
 */
public final class Cli {
  private static final String DEMO = "demo";

  private Cli() {}

  /** The verbs of a command, those left out that every command has. */
  static List<String> verbs(Object command) {
    return spec(command).subcommands().keySet().stream()
        .filter(verb -> !verb.equals(DEMO))
        .toList();
  }

  /**
   * Runs {@code command} on the streams of the process.
   *
   * @param command an object annotated with {@link Command}, its verbs being subcommands that are
   *     {@code Callable<Integer>} or {@code Runnable}
   * @return the exit code
   */
  public static int run(Object command, String... args) {
    // Not System.out, which swallows what goes wrong in writing.
    return run(command, new FileOutputStream(FileDescriptor.out), System.err, args);
  }

  /**
   * Runs {@code command} on other streams, as tests do.
   *
   * @param out receives the results, as UTF-8
   * @param err receives progress and errors
   * @return the exit code
   */
  public static int run(Object command, OutputStream out, PrintStream err, String... args) {
    PrintWriter results =
        new PrintWriter(
            new OutputStreamWriter(new ResultStream(out), StandardCharsets.UTF_8), false);
    boolean verbose = Arrays.asList(args).contains(StandardOptions.VERBOSE);
    quieten(verbose, args.length > 0 && args[0].equals(DEMO));
    Failures failures = new Failures(err, verbose);
    CountDownLatch reported = Interruption.commandBegins();
    InterruptionNotice notice = InterruptionNotice.to(err);
    try {
      CommandLine line =
          commandLine(OneVerb.of(command, args))
              .setParameterExceptionHandler(
                  (e, given) -> failures.report(Guesses.of(e, given), e.getCommandLine()))
              .setExecutionExceptionHandler((e, where, result) -> failures.report(e, where))
              .setOut(results)
              .setErr(new PrintWriter(err, true));
      if (args.length == 0 && !line.getSubcommands().isEmpty()) {
        line.usage(line.getErr()); // whoever names no verb wants to know which there are
        return ExitCode.USAGE;
      }
      int code = line.execute(args);
      results.flush();
      if (code == ExitCode.DONE) {
        ClassArchive.afterRun(line);
      }
      return code;
    } catch (Throwable failure) { // the outermost frame: nothing may end in a bare stack trace
      return failures.report(failure, null);
    } finally {
      notice.close();
      reported.countDown();
    }
  }

  /** A command, and beside its verbs those that follow from them. */
  static CommandSpec spec(Object command) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(command);
    TrialsVerb.addTo(spec);
    return spec;
  }

  /** The command with its verbs, and with what every command has. */
  static CommandLine commandLine(CommandSpec spec) {
    CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF); // it warns of options given twice
    spec.addMixin("standard", CommandSpec.forAnnotatedObject(new StandardOptions()));
    addWhatAllHave(spec);
    return new CommandLine(spec)
        .setOverwrittenOptionsAllowed(true) // so that an option on the line wins over @FILE
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setHelpFactory(new DefaultsInHelp());
  }

  private static void addWhatAllHave(CommandSpec spec) {
    if (!spec.subcommands().isEmpty()) {
      spec.addSubcommand("help", new CommandLine(new HelpVerb()));
    }
    spec.subcommands().values().forEach(verb -> addWhatAllHave(verb.getCommandSpec()));
    spec.versionProvider(new Versions()).preprocessor(new OldNames());
  }

  /**
   * Libraries start without a banner, and nobody is to fix the sample of a demo; {@code --verbose}
   * lets them speak.
   */
  private static void quieten(boolean verbose, boolean demo) {
    setIfAbsent("org.nd4j.log.initialization", String.valueOf(verbose));
    setIfAbsent(
        "org.slf4j.simpleLogger.defaultLogLevel", verbose ? "info" : demo ? "error" : "warn");
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
