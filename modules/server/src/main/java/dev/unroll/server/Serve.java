package dev.unroll.server;

import dev.unroll.cli.Cli;
import dev.unroll.cli.Interruption;
import dev.unroll.data.UserError;
import dev.unroll.serving.TaskService;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command: loads models, serves them, and stops when it is told to. */
@Command(
    name = "unroll serve",
    description =
        "Serve models over HTTP, with a page to try them in. Without a model, small ones are trained"
            + " on the samples that come with the program.")
public final class Serve implements Runnable {
  private static final long MILLISECONDS_BETWEEN = 100;

  private final PrintStream err = System.err;

  private final List<TaskService> tasks = TaskOptions.tasks();

  private CommandSpec command;

  @Option(
      names = "--models",
      paramLabel = "FOLDER",
      description = "Serve all models of a folder; may be given with others.")
  private Path folder;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where to listen; 0 takes any port that is free; default: ${DEFAULT-VALUE}.")
  private int port = 8080;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description =
          "The address to listen at; 0.0.0.0 lets other machines in, which then should bring a"
              + " token; default: ${DEFAULT-VALUE}.")
  private String bind = "127.0.0.1";

  @Option(
      names = "--name",
      paramLabel = "HOST",
      description = "A name by which others call this machine; may be given again.")
  private List<String> names = List.of();

  @Option(
      names = "--cors",
      paramLabel = "ORIGIN",
      description =
          "Let pages of another origin call, such as https://example.org; may be given again.")
  private List<String> origins = List.of();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Answer only who brings the token that stands in this file.")
  private Path tokenFile;

  @Option(
      names = "--key-store",
      paramLabel = "FILE",
      description = "Speak TLS with the key of this store (PKCS12 or JKS).")
  private Path keyStore;

  @Option(
      names = "--key-store-password-file",
      paramLabel = "FILE",
      description = "The password of the key store stands in this file.")
  private Path keyStorePassword;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute; 0 takes one for each processor.")
  private int threads;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "Most items that wait for a thread; others are refused; default: ${DEFAULT-VALUE}.")
  private int queue = Limits.usual().queue();

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      description = "Most bytes of a request; default: ${DEFAULT-VALUE}.")
  private int bytes = Limits.usual().bytes();

  @Option(
      names = "--max-characters",
      paramLabel = "N",
      description = "Most characters of text of a request; default: ${DEFAULT-VALUE}.")
  private int characters = Limits.usual().characters();

  @Option(
      names = "--max-items",
      paramLabel = "N",
      description = "Most texts of a request; default: ${DEFAULT-VALUE}.")
  private int items = Limits.usual().items();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description =
          "Longest wait for an answer, or for the end of a text; default: ${DEFAULT-VALUE}.")
  private int timeout = (int) Limits.usual().answer().toSeconds();

  /** Runs the command and ends the program with its exit code. */
  public static void main(String... args) {
    System.exit(Cli.run(new Serve(), args));
  }

  @Spec
  void command(CommandSpec spec) {
    command = spec;
    TaskOptions.add(spec, tasks);
  }

  @Override
  public void run() {
    ServerConfig config = config();
    try (Interruption interruption = Interruption.listen()) {
      Served served = new Served(tasks, err);
      ParseResult line = command.commandLine().getParseResult();
      tasks.forEach(task -> TaskOptions.given(line, task).forEach(file -> served.add(task, file)));
      if (folder != null) {
        served.addFolder(folder);
      }
      Models models = served.models();
      try (ModelServer server = new ModelServer(config, models)) {
        say(server, config);
        if (models.all().isEmpty()) {
          serveDemos(served, models, interruption);
        }
        while (!interruption.requested()) {
          Thread.sleep(MILLISECONDS_BETWEEN);
        }
        err.println("stopping, when what is asked already is answered");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void say(ModelServer server, ServerConfig config) {
    if (!server.isLocal() && config.token().isEmpty()) {
      err.println("warning: other machines may call without a token; see --token-file");
    }
    PrintWriter out = command.commandLine().getOut();
    out.println(server.address());
    out.flush();
  }

  private void serveDemos(Served served, Models models, Interruption interruption) {
    Path temporary = temporaryFolder();
    try {
      served.serveDemos(temporary, models, interruption::requested);
    } finally {
      delete(temporary); // they are in memory, or mapped
    }
  }

  private ServerConfig config() {
    Limits usual = Limits.usual();
    return new ServerConfig(
        bind,
        inRange("--port", port, 0, 65_535),
        Set.copyOf(names),
        Set.copyOf(origins),
        Optional.ofNullable(tokenFile).map(file -> secret("--token-file", file)),
        keys(),
        inRange("--threads", threads, 0, 1024),
        new Limits(
            inRange("--max-bytes", bytes, 1, 1 << 30),
            inRange("--max-characters", characters, 1, 1 << 30),
            inRange("--max-items", items, 1, 1 << 20),
            usual.body(),
            Duration.ofSeconds(inRange("--timeout", timeout, 1, 3600)),
            inRange("--queue", queue, 1, 1 << 20),
            usual.batch(),
            usual.connections(),
            usual.idle()));
  }

  private static int inRange(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw UserError.usage(
          "%s must be from %d to %d, got %d".formatted(option, least, most, value));
    }
    return value;
  }

  private Optional<ServerConfig.Keys> keys() {
    if (keyStore == null) {
      return Optional.empty();
    }
    if (!Files.isReadable(keyStore)) {
      throw UserError.data(keyStore, "there is no such key store; keytool -genkeypair makes one");
    }
    if (keyStorePassword == null) {
      throw UserError.usage("--key-store needs --key-store-password-file; give it");
    }
    return Optional.of(
        new ServerConfig.Keys(keyStore, secret("--key-store-password-file", keyStorePassword)));
  }

  /** Not on the command line, where every user of the machine could read it. */
  private static String secret(String option, Path file) {
    String text;
    try {
      text = Files.readString(file).strip();
    } catch (IOException e) {
      throw UserError.data(file, "cannot be read; " + option + " names a file of text", e);
    }
    if (text.isEmpty() || text.lines().count() > 1) {
      throw UserError.data(file, "must hold one line, which is the secret of " + option);
    }
    return text;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("unroll-serve");
    } catch (IOException e) {
      throw UserError.failed("no temporary folder for the demo's models: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // In the folder for temporary files it does no harm.
    }
  }
}
