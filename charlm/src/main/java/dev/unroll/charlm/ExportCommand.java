package dev.unroll.charlm;

import dev.unroll.cli.ExportVerb;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Writes a model for programs that know nothing of this one. */
@Command(name = "export")
final class ExportCommand extends ExportVerb {
  @Override
  protected void export(Path model, Path target) {
    CharLmModel.load(model).toOnnx().write(target);
  }
}
