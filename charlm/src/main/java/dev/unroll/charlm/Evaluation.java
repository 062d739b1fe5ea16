package dev.unroll.charlm;

import dev.unroll.evaluation.Perplexity;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a model and its baseline predict a text.
 *
 * @param scores of the model
 * @param words how many words and line ends were predicted; 0 for a model of characters
 * @param baseline of an n-gram model of the same training text
 * @param baselineOrder its {@code n}
 */
public record Evaluation(
    Perplexity scores, long words, Optional<Perplexity> baseline, int baselineOrder) {

  /** Both counted as one. */
  public Evaluation plus(Evaluation other) {
    return new Evaluation(
        scores.plus(other.scores),
        words + other.words,
        baseline.flatMap(mine -> other.baseline.map(mine::plus)),
        baselineOrder);
  }

  /** The scores by name, as {@code --json} shows them. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(scores.toMap());
    if (words > 0) {
      map.put("words", words);
      map.put("perplexityPerWord", perWord(scores));
    }
    baseline.ifPresent(
        other -> {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("order", baselineOrder);
          row.put("natsPerCharacter", other.natsPerCharacter());
          row.put("bitsPerCharacter", other.bitsPerCharacter());
          row.put("perplexity", other.perplexity());
          if (words > 0) {
            row.put("perplexityPerWord", perWord(other));
          }
          map.put("baseline", row);
        });
    return map;
  }

  private double perWord(Perplexity of) {
    return Math.exp(-of.logProbability() / words);
  }

  /** A table with a row for the model and one for the baseline. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "%,d characters, %,d unknown", scores.characters(), scores.unknown()));
    text.append(
        words > 0 ? String.format(Locale.ROOT, "; %,d words and line ends%n", words) : "\n");
    text.append(
        String.format(
            "%-22s %10s %10s %12s%s\n",
            "", "nats/char", "bits/char", "perplexity", words > 0 ? "  perplexity/word" : ""));
    text.append(row("model", scores));
    baseline.ifPresent(other -> text.append(row(baselineOrder + "-grams, Kneser-Ney", other)));
    return text.toString();
  }

  private String row(String name, Perplexity row) {
    String perWord = words > 0 ? String.format(Locale.ROOT, "  %15.2f", perWord(row)) : "";
    return String.format(
        Locale.ROOT,
        "%-22s %10.4f %10.4f %12.4f%s\n",
        name,
        row.natsPerCharacter(),
        row.bitsPerCharacter(),
        row.perplexity(),
        perWord);
  }
}
