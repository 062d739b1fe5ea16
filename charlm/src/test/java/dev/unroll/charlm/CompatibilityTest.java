package dev.unroll.charlm;

import dev.unroll.cli.Cli;
import dev.unroll.testing.CompatibilityContract;
import dev.unroll.testing.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Models of earlier versions. */
class CompatibilityTest extends CompatibilityContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new CharLm(), out, err, args);
  }

  @Override
  protected Map<String, List<String>> questions(Path folder) {
    String questions = folder.resolve("questions.txt").toString();
    String data = folder.resolve("evening.txt").toString();
    return Map.of(
        "score.jsonl", List.of("score", "--json", questions),
        "evaluate.jsonl", List.of("evaluate", "--json", "--data", data),
        "likeliest.txt", sample("--length", "40", "--temperature", "0"),
        "seed7.txt", sample("--length", "40", "--seed", "7", "--top-k", "20"),
        "beam3.txt", sample("--length", "20", "--beam", "3"));
  }

  private static List<String> sample(String... options) {
    List<String> args = new ArrayList<>(List.of("sample", "--prime", "She said that the "));
    args.addAll(List.of(options));
    return args;
  }
}
