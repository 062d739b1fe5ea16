package dev.unroll.music;

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
    return (out, err, args) -> Cli.run(new Music(), out, err, args);
  }

  @Override
  protected Map<String, List<String>> questions(Path folder) {
    return Map.of(
        "evaluate.jsonl",
        List.of("evaluate", "--json", "--data", folder.resolve("evening.abc").toString()),
        "likeliest.abc",
        List.of("compose", "--temperature", "0", "--bars", "4"),
        "seed7.abc",
        List.of("compose", "--seed", "7", "--temperature", "0.5", "--attempts", "100"));
  }
}
