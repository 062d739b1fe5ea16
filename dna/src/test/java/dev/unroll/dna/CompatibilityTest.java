package dev.unroll.dna;

import dev.unroll.cli.Cli;
import dev.unroll.testing.CompatibilityContract;
import dev.unroll.testing.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Models of earlier versions that label whole strands. */
class CompatibilityTest extends CompatibilityContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Dna(), out, err, args);
  }

  @Override
  protected Map<String, List<String>> questions(Path folder) {
    String strands = folder.resolve("strands.tsv").toString();
    return Map.of(
        "classify.jsonl", List.of("classify", "--json", strands),
        "evaluate.jsonl", List.of("evaluate", "--json", "--data", strands));
  }
}
