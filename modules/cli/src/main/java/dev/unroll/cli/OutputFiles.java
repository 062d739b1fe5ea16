package dev.unroll.cli;

import dev.unroll.data.AtomicFile;
import dev.unroll.data.OutputTarget;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Checks what a command is going to write, before it begins to work: each file can be written, and
 * none is a file that the command reads, by whatever name, or lies in a folder that it reads.
 */
public final class OutputFiles {
  private final InputFiles inputs;

  OutputFiles(CommandSpec command) {
    this.inputs = new InputFiles(command);
  }

  /**
   * Checks plain files.
   *
   * @param named the value of an option or a parameter of the command
   * @param beside further files, whose names follow from it
   * @throws UserError if one is a folder, a device, a pipe or a socket, or the command reads it, or
   *     it cannot be written
   */
  public void file(Path named, Path... beside) {
    List<OutputTarget> targets = new ArrayList<>();
    for (Path path : withFirst(named, beside)) {
      refuseStandardOutput(named, "name a file (./- for one of that name)");
      OutputTarget target = OutputTarget.ofFile(path);
      refuseInput(named, target);
      for (OutputTarget other : targets) {
        refuseSame(named, target, other);
      }
      targets.add(target);
    }
    targets.forEach(target -> AtomicFile.check(target.named()));
  }

  /** Checks one file that may be a pipe or a character device instead. */
  public void fileOrStream(Path named) {
    refuseStandardOutput(named, "/dev/stdout is standard output");
    OutputTarget target = OutputTarget.of(named);
    if (!target.stream()) {
      file(named);
    }
  }

  private static List<Path> withFirst(Path first, Path... rest) {
    List<Path> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(rest));
    return all;
  }

  private void refuseStandardOutput(Path named, String remedy) {
    if (named.toString().equals(TextSource.STANDARD_INPUT)) {
      throw UserError.usage(inputs.optionOf(named) + " cannot be -; " + remedy);
    }
  }

  private void refuseInput(Path named, OutputTarget target) {
    inputs
        .whatReads(target.file(), named)
        .ifPresent(
            what -> {
              throw UserError.usage(
                  "%s would replace %s; give %s another name"
                      .formatted(target.named(), what, inputs.optionOf(named)));
            });
  }

  private void refuseSame(Path named, OutputTarget one, OutputTarget other) {
    try {
      if (Files.exists(one.file())
          && Files.exists(other.file())
          && Files.isSameFile(one.file(), other.file())) {
        throw UserError.usage(
            "%s and %s are one file; give %s another name"
                .formatted(other.named(), one.named(), inputs.optionOf(named)));
      }
    } catch (IOException e) {
      throw one.failure(e);
    }
  }
}
