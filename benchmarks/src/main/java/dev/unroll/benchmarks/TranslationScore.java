package dev.unroll.benchmarks;

import dev.unroll.evaluation.Bleu;
import dev.unroll.evaluation.BleuConfig;
import dev.unroll.evaluation.ChrF;
import dev.unroll.translation.SentencePair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scores translations that another program made: {@code DATA HYPOTHESES}, a line a pair.
 *
 * <p>As {@code translation evaluate} does, a source that occurs several times in a collection of
 * pairs is one sentence with several references.
 */
public final class TranslationScore {
  private TranslationScore() {}

  private record Answer(String hypothesis, List<String> references) {}

  /** Runs it. */
  public static void main(String[] arguments) throws IOException {
    List<SentencePair> pairs = TranslationSymbols.read(arguments[0]).examples();
    List<String> hypotheses = Files.readAllLines(Path.of(arguments[1]));
    if (hypotheses.size() != pairs.size()) {
      throw new IllegalArgumentException(
          "%d pairs and %d translations".formatted(pairs.size(), hypotheses.size()));
    }
    boolean parallel = arguments[0].contains(",");
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (int i = 0; i < pairs.size(); i++) {
      String hypothesis = hypotheses.get(i);
      String key = parallel ? Integer.toString(i) : pairs.get(i).source();
      answers
          .computeIfAbsent(key, any -> new Answer(hypothesis, new ArrayList<>()))
          .references()
          .add(pairs.get(i).target());
    }
    BleuConfig usual = BleuConfig.defaults();
    Bleu mixed = new Bleu();
    Bleu lower =
        new Bleu(new BleuConfig(usual.tokens(), true, usual.smoothing(), usual.effectiveOrder()));
    ChrF chrf = new ChrF();
    for (Answer answer : answers.values()) {
      mixed.add(answer.hypothesis(), answer.references());
      lower.add(answer.hypothesis(), answer.references());
      chrf.add(answer.hypothesis(), answer.references());
    }
    System.out.printf(
        Locale.ROOT,
        "BLEU %.2f, in lower case %.2f, chrF2 %.2f, %d sentences%n",
        mixed.score(),
        lower.score(),
        chrf.score(),
        answers.size());
  }
}
