package dev.unroll.cli;

import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;

/** Answers files of which a broken one does not cost the answers to the others. */
final class ManyFiles<O> {
  private final Function<List<Path>, List<O>> answer;
  private final CommandLine command;
  private int asked;
  private int broken;

  /**
   * No files so far.
   *
   * @param answer as many answers as files
   * @param command on whose standard error broken files are named
   */
  ManyFiles(Function<List<Path>, List<O>> answer, CommandLine command) {
    this.answer = answer;
    this.command = command;
  }

  /** As many answers as names; none for a file that is missing or broken. */
  List<Optional<O>> answer(List<String> names) {
    asked += names.size();
    return together(names);
  }

  private List<Optional<O>> together(List<String> names) {
    try {
      List<Path> paths = names.stream().map(FileOptions::path).toList();
      return answer.apply(paths).stream().map(Optional::of).toList();
    } catch (UserError failure) {
      if (failure.kind() != UserError.Kind.DATA) {
        throw failure; // the others would fail too
      }
      if (names.size() > 1) {
        return names.stream().flatMap(name -> together(List.of(name)).stream()).toList();
      }
      broken++;
      command.getErr().println("error: " + Failures.text(failure, command));
      command.getErr().flush();
      return List.of(Optional.empty());
    }
  }

  /**
   * To be called after the last file.
   *
   * @throws UserError if a file was broken
   */
  void end() {
    if (broken > 0) {
      throw UserError.data(
          "%,d of %,d files".formatted(broken, asked), "not answered; the lines above say why");
    }
  }
}
