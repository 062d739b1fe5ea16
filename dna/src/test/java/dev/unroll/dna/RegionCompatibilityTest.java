package dev.unroll.dna;

import dev.unroll.cli.Cli;
import dev.unroll.testing.CompatibilityContract;
import dev.unroll.testing.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Models of earlier versions that find regions. */
class RegionCompatibilityTest extends CompatibilityContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Dna(), out, err, args);
  }

  @Override
  protected Map<String, List<String>> questions(Path folder) {
    String genes = folder.resolve("genes.fa").toString();
    String regions = folder.resolve("genes.bed").toString();
    return Map.of(
        "annotate.jsonl", List.of("annotate", "--json", genes),
        "regions.jsonl", List.of("evaluate", "--json", "--data", genes, "--regions", regions));
  }
}
