package dev.unroll.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a model is written for other programs, and in which format. */
public final class ExportOptions {
  /** What other programs read. */
  enum Format {
    ONNX
  }

  @Option(
      names = "--format",
      paramLabel = "onnx",
      defaultValue = "onnx",
      description = "What other programs read (${DEFAULT-VALUE}).")
  private Format format;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write.")
  private Path out;

  /**
   * The file to write.
   *
   * @throws dev.unroll.data.UserError if it cannot be written, or is the model that is read
   */
  public Path target(ModelOptions model) {
    model.outputs().fileOrStream(out);
    return out;
  }
}
