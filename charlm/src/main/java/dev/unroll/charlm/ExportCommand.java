package dev.unroll.charlm;

import dev.unroll.cli.ExportOptions;
import dev.unroll.cli.ModelOptions;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes a model for programs that know nothing of this one. */
@Command(
    name = "export",
    description = "Write the network as ONNX, with all that one needs to ask it.")
final class ExportCommand implements Runnable {
  @Mixin private ModelOptions model;
  @Mixin private ExportOptions export;

  @Override
  public void run() {
    Path target = export.target(model);
    CharLmModel.load(model.model()).toOnnx().write(target);
  }
}
