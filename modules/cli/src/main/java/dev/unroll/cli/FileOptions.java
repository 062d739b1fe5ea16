package dev.unroll.cli;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;

/**
 * The files to answer, for a verb that answers a file rather than a line: a recording, a piece of
 * music.
 */
public final class FileOptions {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description =
          "Files to answer, and folders of them; without any, or for -, their names, one a line of"
              + " standard input.")
  private List<String> files = List.of();

  /**
   * Answers every file in its order, as its name arrives.
   *
   * @param belongs which files of a folder to answer; they come in the order of their names
   * @param most files answered together, at least 1
   * @param answer as many answers as files
   * @throws UserError if there is no such file, or none in a folder
   * @see Conversation#run
   */
  public <O> void answer(
      Predicate<Path> belongs,
      int most,
      Function<List<Path>, List<O>> answer,
      Consumer<O> print,
      Runnable flush) {
    for (String file : files.isEmpty() ? List.of(TextSource.STANDARD_INPUT) : files) {
      if (file.equals(TextSource.STANDARD_INPUT)) {
        TextSource names = TextSource.of(file).withCharset(StandardCharsets.UTF_8);
        try (LineReader lines = names.open()) {
          Conversation.run(named(lines), most, answer, print, flush);
        }
      } else {
        Conversation.run(within(path(file), belongs).iterator(), most, answer, print, flush);
      }
    }
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

  private static Iterator<Path> named(LineReader lines) {
    return Conversation.items(
        () -> {
          String line = lines.next();
          while (line != null && line.isBlank()) {
            line = lines.next();
          }
          return line == null ? null : path(line);
        });
  }

  private static Path path(String name) {
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

  private static List<Path> within(Path path, Predicate<Path> belongs) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> files = entries.filter(Files::isRegularFile).filter(belongs).sorted().toList();
      if (files.isEmpty()) {
        throw UserError.data(path, "no files in this folder that this verb answers; name one");
      }
      return files;
    } catch (IOException e) {
      throw UserError.data(path, "cannot be listed; check its permissions", e);
    }
  }
}
