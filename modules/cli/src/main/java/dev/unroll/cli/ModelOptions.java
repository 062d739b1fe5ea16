package dev.unroll.cli;

import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The model file: {@code train} writes it, the other verbs read it. */
public final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "The model file: train writes it, the other verbs read it.")
  private Path model;

  /** The model file. */
  public Path model() {
    return model;
  }

  /** Refuses an output that would take the place of the model while it is read. */
  public void refuseToOverwrite(Path output) {
    try {
      if (Files.exists(output) && Files.isSameFile(output, model)) {
        throw UserError.usage(output + " is the model itself; write to another file");
      }
    } catch (IOException e) {
      // Whoever reads the one or writes the other says what is wrong.
    }
  }
}
