package dev.unroll.sentiment;

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
    return (out, err, args) -> Cli.run(new Sentiment(), out, err, args);
  }

  @Override
  protected Map<String, List<String>> questions(Path folder) {
    String questions = folder.resolve("questions.txt").toString();
    String data = folder.resolve("reviews.tsv").toString();
    return Map.of(
        "classify.jsonl", List.of("classify", "--json", questions),
        "evaluate.jsonl", List.of("evaluate", "--json", "--data", data));
  }
}
