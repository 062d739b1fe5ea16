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
 * @param baselineSymbols how many symbols it has counted, if the training text had more; else 0
 * @param dynamic of the model when it goes on learning from the text as it reads, if asked for
 */
public record Evaluation(
    Perplexity scores,
    long words,
    Optional<Perplexity> baseline,
    int baselineOrder,
    long baselineSymbols,
    Optional<Perplexity> dynamic) {

  Evaluation withDynamic(Perplexity learning) {
    return new Evaluation(
        scores, words, baseline, baselineOrder, baselineSymbols, Optional.of(learning));
  }

  /** Both counted as one. */
  public Evaluation plus(Evaluation other) {
    return new Evaluation(
        scores.plus(other.scores),
        words + other.words,
        baseline.flatMap(mine -> other.baseline.map(mine::plus)),
        baselineOrder,
        baselineSymbols,
        dynamic.flatMap(mine -> other.dynamic.map(mine::plus)));
  }

  /** The scores by name, as {@code --json} shows them. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(scores.toMap());
    if (words > 0) {
      map.put("words", words);
      map.put("perplexityPerWord", perWord(scores));
    }
    dynamic.ifPresent(learning -> map.put("dynamic", row(learning)));
    baseline.ifPresent(
        other -> {
          Map<String, Object> row = new LinkedHashMap<>(Map.of("order", baselineOrder));
          if (baselineSymbols > 0) {
            row.put("symbols", baselineSymbols);
          }
          row.putAll(row(other));
          map.put("baseline", row);
        });
    return map;
  }

  private Map<String, Object> row(Perplexity of) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("natsPerCharacter", of.natsPerCharacter());
    row.put("bitsPerCharacter", of.bitsPerCharacter());
    row.put("perplexity", of.perplexity());
    if (words > 0) {
      row.put("perplexityPerWord", perWord(of));
    }
    return row;
  }

  private double perWord(Perplexity of) {
    return Math.exp(-of.logProbability() / words);
  }

  /** A table with a row for the model, one for it learning on, and one for the baseline. */
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
    dynamic.ifPresent(learning -> text.append(row("model, dynamic", learning)));
    baseline.ifPresent(other -> text.append(row(baselineOrder + "-grams, Kneser-Ney", other)));
    if (baselineSymbols > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "The n-grams are those of the first %,d symbols of the training text.\n",
              baselineSymbols));
    }
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
