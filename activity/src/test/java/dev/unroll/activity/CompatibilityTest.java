package dev.unroll.activity;

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
    return (out, err, args) -> Cli.run(new Activity(), out, err, args);
  }

  @Override
  protected Map<String, List<String>> questions(Path folder) {
    String data = folder.resolve("questions.csv").toString();
    return Map.of(
        "recognise.jsonl", List.of("recognise", "--json", data),
        "evaluate.jsonl", List.of("evaluate", "--json", "--data", data));
  }
}
