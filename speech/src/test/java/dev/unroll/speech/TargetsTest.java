package dev.unroll.speech;

import dev.unroll.cli.Cli;
import dev.unroll.testing.Program;
import dev.unroll.testing.TargetContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

class TargetsTest extends TargetContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Speech(), out, err, args);
  }

  @Override
  protected String text() {
    try {
      return Files.readString(Spoken.write(folder, "said", "ada", 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected List<String> inputs() {
    return List.of("--dev", "--test", "--config");
  }
}
