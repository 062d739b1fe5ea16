package dev.unroll.cli;

import dev.unroll.data.AtomicFile;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a manual page for the launcher, each task and each verb. */
@Command(
    name = "manual",
    description = "Write the manual pages, for man; try: man -M FOLDER unroll")
final class ManualCommand implements Runnable {
  @Spec private CommandSpec command;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "Where to write; the pages go into its folder man1.")
  private Path out;

  @Override
  public void run() {
    Path pages = out.resolve("man1");
    try {
      Files.createDirectories(pages);
    } catch (IOException e) {
      throw UserError.failed(pages + ": cannot make this folder; name another with --out", e);
    }
    Set<String> written = new TreeSet<>();
    write(AllCommands.ofLauncher(), pages, written);
    command.commandLine().getOut().println(written.size() + " pages in " + pages);
  }

  private static void write(CommandLine command, Path pages, Set<String> written) {
    ManualPage page = new ManualPage(command);
    AtomicFile.write(pages.resolve(page.name() + ".1"), page.text());
    written.add(page.name());
    for (CommandLine verb : command.getSubcommands().values()) {
      if (!(verb.getCommand() instanceof HelpVerb)) {
        write(verb, pages, written);
      }
    }
  }
}
