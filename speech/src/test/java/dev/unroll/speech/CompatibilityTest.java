package dev.unroll.speech;

import dev.unroll.cli.Cli;
import dev.unroll.testing.CompatibilityContract;
import dev.unroll.testing.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Models of earlier versions. */
class CompatibilityTest extends CompatibilityContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Speech(), out, err, args);
  }

  /** The recording is named as the answers name it, from the folder of the task. */
  @Override
  protected Map<String, List<String>> questions(Path folder) {
    return Map.of(
        "transcribe.jsonl",
        List.of("transcribe", "--json", "src/test/resources/models/question.wav"));
  }
}
