package dev.unroll.embeddings;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.Ranking;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Pairs of words with people's score of their likeness, as in WordSim-353: two words and a number a
 * line, separated by tabs, commas or spaces. Lines that begin with {@code #}, and a first line
 * whose third column is no number, are left out. Upper and lower case are one.
 */
public final class WordPairs {
  private final List<Pair> pairs;

  private record Pair(String first, String second, double score) {}

  private WordPairs(List<Pair> pairs) {
    this.pairs = pairs;
  }

  /**
   * Reads the pairs.
   *
   * @throws UserError with file and line for a line that is no pair
   */
  public static WordPairs read(TextSource source) {
    List<Pair> pairs = new ArrayList<>();
    try (LineReader reader = source.open()) {
      for (String line; (line = reader.next()) != null; ) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        Pair pair = parse(line.strip().split("[\\t,; ]+"));
        if (pair != null) {
          pairs.add(pair);
        } else if (reader.line() > 1) {
          throw UserError.data(
              source, reader.line(), "a pair is two words and a number, not: " + line.strip());
        }
      }
    }
    if (pairs.isEmpty()) {
      throw UserError.data(source, "holds no pairs; give lines of two words and a number");
    }
    return new WordPairs(pairs);
  }

  private static Pair parse(String[] columns) {
    if (columns.length < 3) {
      return null;
    }
    try {
      double score = Double.parseDouble(columns[2]);
      return Double.isNaN(score) ? null : new Pair(columns[0], columns[1], score);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * Scores every pair.
   *
   * @param restrict how many words of the model, from its first, take part
   */
  public Ranking evaluate(EmbeddingModel model, int restrict) {
    int limit = Math.min(restrict, model.size());
    Map<String, Integer> folded = new HashMap<>();
    for (int i = 0; i < limit; i++) {
      folded.putIfAbsent(fold(model.words().get(i)), i);
    }
    Ranking ranking = new Ranking();
    for (Pair pair : pairs) {
      Integer first = folded.get(fold(pair.first));
      Integer second = folded.get(fold(pair.second));
      if (first == null || second == null) {
        ranking.addMissing();
      } else {
        ranking.add(pair.score, model.units().cosine(first, second));
      }
    }
    return ranking;
  }

  private static String fold(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
