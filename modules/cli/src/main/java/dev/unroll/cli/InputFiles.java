package dev.unroll.cli;

import dev.unroll.data.TextSource;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The files and folders that a command reads: the values of all options and parameters that are
 * labelled {@code FILE} or {@code PATH}, and the {@code @FILE}s with options.
 */
final class InputFiles {
  /** What {@code -} reads, where there is such a name for it. */
  private static final Path STANDARD_INPUT = Path.of("/dev/stdin");

  private final CommandSpec command;

  InputFiles(CommandSpec command) {
    this.command = command;
  }

  /**
   * What is lost to the command if {@code file} is replaced, such as {@code the file that --train
   * reads}.
   *
   * @param file where an output leads; it need not be there
   * @param output the value of the option that names the output
   */
  Optional<String> whatReads(Path file, Path output) {
    for (ArgSpec argument : command.args()) {
      for (Path input : argument.getValue() == output ? List.<Path>of() : files(argument)) {
        Optional<String> what = what(file, Optional.of(input), name(argument));
        if (what.isPresent()) {
          return what;
        }
      }
    }
    for (String argument : command.root().commandLine().getParseResult().originalArgs()) {
      if (argument.matches("@[^@].*")) {
        Optional<String> what = what(file, path(argument.substring(1)), argument);
        if (what.isPresent()) {
          return what;
        }
      }
    }
    return Optional.empty();
  }

  /** The files and folders that an option or a parameter names, of those that there are. */
  static List<Path> files(ArgSpec argument) {
    List<Path> files = new ArrayList<>();
    if (argument.paramLabel().matches("(FILE|PATH)\\b.*")) {
      for (Object value : values(argument.getValue())) {
        parts(value.toString()).forEach(part -> path(part).ifPresent(files::add));
      }
    }
    return files;
  }

  /** Whether an option or a parameter reads standard input, or another pipe. */
  static boolean readsStandardInput(ArgSpec argument) {
    return files(argument).stream()
        .anyMatch(file -> !Files.isRegularFile(file) && !Files.isDirectory(file));
  }

  /** The name of the option or parameter whose value is {@code output}. */
  String optionOf(Path output) {
    return command.args().stream()
        .filter(argument -> argument.getValue() == output)
        .map(InputFiles::name)
        .findFirst()
        .orElseThrow();
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static Iterable<?> values(Object value) {
    return value instanceof Iterable<?> many && !(value instanceof Path)
        ? many
        : Optional.ofNullable(value).stream().toList();
  }

  /** Parallel files are one value with commas; a name may have a comma of its own. */
  private static List<String> parts(String value) {
    List<String> parts = new ArrayList<>(List.of(value));
    if (value.contains(",")) {
      parts.addAll(List.of(value.split(",")));
    }
    return parts;
  }

  private static Optional<Path> path(Object value) {
    try {
      Path path =
          value.toString().equals(TextSource.STANDARD_INPUT)
              ? STANDARD_INPUT
              : Path.of(value.toString());
      return Optional.of(path).filter(Files::exists);
    } catch (InvalidPathException e) {
      return Optional.empty(); // Whoever reads it says so.
    }
  }

  private static Optional<String> what(Path file, Optional<Path> input, String name) {
    try {
      if (input.isEmpty() || !Files.exists(file)) {
        return Optional.empty(); // a new file takes nothing away, wherever it is
      }
      if (Files.isDirectory(input.get())) {
        return isWithin(file, input.get())
            ? Optional.of("a file in the folder that " + name + " reads")
            : Optional.empty();
      }
      return Files.isSameFile(file, input.get())
          ? Optional.of("the file that " + name + " reads")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // Whoever reads the one or writes the other says what is wrong.
    }
  }

  private static boolean isWithin(Path file, Path folder) throws IOException {
    Path place = file.toAbsolutePath().getParent().toRealPath();
    return place.startsWith(folder.toRealPath()) || holdsLinkTo(file, folder);
  }

  /** Whether a file in {@code folder} is the same as {@code file}, by a hard or a symbolic link. */
  private static boolean holdsLinkTo(Path file, Path folder) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    boolean[] found = {false};
    if (key != null) { // Windows knows none
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
              found[0] = key.equals(attributes.fileKey());
              return found[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    }
    return found[0];
  }
}
