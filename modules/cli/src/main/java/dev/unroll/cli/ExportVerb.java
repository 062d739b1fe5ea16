package dev.unroll.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The verb {@code export} of a task, which writes a model for programs that know nothing of this
 * one. What it refuses to write over, it refuses before it reads the model.
 */
@Command(description = "Write the network as ONNX, with all that one needs to ask it.")
public abstract class ExportVerb implements Runnable {
  /** What other programs read. */
  enum Format {
    ONNX
  }

  @Mixin private ModelOptions model;

  @Option(
      names = "--format",
      paramLabel = "onnx",
      defaultValue = "onnx",
      description = "What other programs read (${DEFAULT-VALUE}).")
  private Format format;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write.")
  private Path out;

  @Override
  public final void run() {
    model.outputs().fileOrStream(out);
    export(model.model(), out);
  }

  /**
   * Writes a model as ONNX.
   *
   * @throws dev.unroll.data.UserError if it cannot be read, exported or written
   */
  protected abstract void export(Path model, Path target);
}
