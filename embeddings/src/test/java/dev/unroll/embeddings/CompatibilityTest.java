package dev.unroll.embeddings;

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
    return (out, err, args) -> Cli.run(new Embeddings(), out, err, args);
  }

  @Override
  protected Map<String, List<String>> questions(Path folder) {
    String analogies = folder.resolve("analogies.txt").toString();
    String pairs = folder.resolve("pairs.tsv").toString();
    return Map.of(
        "nearest.jsonl",
        List.of("nearest", "--json", "--top", "5", "king", "paris", "cat", "xyzzy"),
        "analogy.jsonl",
        List.of("analogy --json --top 5 man king woman paris france berlin".split(" ")),
        "similarity.jsonl",
        List.of("similarity", "--json", "king", "queen", "cat", "paris"),
        "evaluate.jsonl",
        List.of("evaluate", "--json", "--analogies", analogies, "--similarity", pairs));
  }
}
