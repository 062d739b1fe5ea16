package dev.unroll.cli;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The files to answer, for a verb that answers a file rather than a line: a recording, a piece of
 * music. Of several, a broken one does not cost the answers to the others.
 */
public final class FileOptions {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description =
          "Files to answer, and folders of them; without any, or for -, their names, one a line of"
              + " standard input.")
  private List<String> files = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * Answers every file in its order, as its name arrives. One file that cannot be answered ends it;
   * of several, such a file is named on standard error, and the end says how many there were.
   *
   * @param belongs which files of a folder to answer; they come in the order of their names
   * @param most files answered together, at least 1
   * @param answer as many answers as files
   * @throws UserError if a file was not answered: there is none of this name, none in a folder, or
   *     {@code answer} threw it
   * @see Conversation#run
   */
  public <O> void answer(
      Predicate<Path> belongs,
      int most,
      Function<List<Path>, List<O>> answer,
      Consumer<O> print,
      Runnable flush) {
    if (files.size() == 1 && !isMany(files.get(0))) {
      Conversation.run(List.of(path(files.get(0))).iterator(), 1, answer, print, flush);
      return;
    }
    ManyFiles<O> many = new ManyFiles<>(answer, command.commandLine());
    Consumer<Optional<O>> printed = found -> found.ifPresent(print);
    for (String file : files.isEmpty() ? List.of(TextSource.STANDARD_INPUT) : files) {
      if (file.equals(TextSource.STANDARD_INPUT)) {
        TextSource names = TextSource.of(file).withCharset(StandardCharsets.UTF_8);
        try (LineReader lines = names.open()) {
          Conversation.run(named(lines), most, many::answer, printed, flush);
        }
      } else {
        Conversation.run(within(file, belongs).iterator(), most, many::answer, printed, flush);
      }
    }
    many.end();
  }

  /**
   * The one file, for a verb that reads a stream; {@code -}, standard input, where none was given.
   *
   * @throws UserError if there are several
   */
  public String only() {
    if (files.size() > 1) {
      throw UserError.usage("a stream is one file or standard input, got " + files);
    }
    return files.isEmpty() ? TextSource.STANDARD_INPUT : files.get(0);
  }

  private static Iterator<String> named(LineReader lines) {
    return Conversation.items(
        () -> {
          String line = lines.next();
          while (line != null && line.isBlank()) {
            line = lines.next();
          }
          return line;
        });
  }

  private static boolean isMany(String name) {
    return name.equals(TextSource.STANDARD_INPUT) || new File(name).isDirectory();
  }

  /** The file of this name. */
  static Path path(String name) {
    try {
      Path path = Path.of(name);
      if (Files.exists(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw UserError.data(name, "not a file name: " + e.getReason());
    }
    throw UserError.data(name, "no such file; check the name");
  }

  /** The names of the files in a folder; a file stands for itself. */
  private static List<String> within(String name, Predicate<Path> belongs) {
    File folder = new File(name); // which any name can be
    if (!folder.isDirectory()) {
      return List.of(name);
    }
    try (Stream<Path> entries = Files.list(folder.toPath())) {
      List<String> files =
          entries
              .filter(Files::isRegularFile)
              .filter(belongs)
              .sorted()
              .map(Path::toString)
              .toList();
      if (files.isEmpty()) {
        throw UserError.data(name, "no files in this folder that this verb answers; name one");
      }
      return files;
    } catch (IOException e) {
      throw UserError.data(name, "cannot be listed; check its permissions", e);
    }
  }
}
