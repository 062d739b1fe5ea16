package dev.unroll.ner;

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
    return (out, err, args) -> Cli.run(new Ner(), out, err, args);
  }

  @Override
  protected Map<String, List<String>> questions(Path folder) {
    String questions = folder.resolve("questions.txt").toString();
    String data = folder.resolve("sentences.conll").toString();
    return Map.of(
        "tag.jsonl", List.of("tag", "--json", questions),
        "evaluate.jsonl", List.of("evaluate", "--json", "--data", data));
  }
}
