package dev.unroll.translation;

import dev.unroll.text.ReversibleWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates word by word, each as it is translated most often: the least that a translator must do
 * better than. Which word translates which is learnt from pairs of sentences by expectation
 * maximisation (IBM model 1, Brown et al. 1993, without the empty word); a word that is not known
 * stays as it is.
 */
final class WordDictionary {
  private static final int ITERATIONS = 5;

  private final ReversibleWords words = new ReversibleWords();
  private final Map<String, String> translations = new HashMap<>();

  /** A dictionary of what the pairs have. */
  static WordDictionary learn(List<SentencePair> pairs) {
    WordDictionary dictionary = new WordDictionary();
    List<List<String>> sources = new ArrayList<>();
    List<List<String>> targets = new ArrayList<>();
    for (SentencePair pair : pairs) {
      if (pair.isTranslated()) {
        sources.add(dictionary.words.split(pair.source()));
        targets.add(dictionary.words.split(pair.target()));
      }
    }
    Map<String, Map<String, double[]>> table = uniform(sources, targets);
    for (int i = 0; i < ITERATIONS; i++) {
      for (int s = 0; s < sources.size(); s++) {
        expect(table, sources.get(s), targets.get(s));
      }
      table.values().forEach(WordDictionary::maximise);
    }
    table.forEach((word, row) -> dictionary.translations.put(word, likeliest(row)));
    return dictionary;
  }

  /** For each source word the target words beside it: their probability, and a count of 0. */
  private static Map<String, Map<String, double[]>> uniform(
      List<List<String>> sources, List<List<String>> targets) {
    Map<String, Map<String, double[]>> table = new LinkedHashMap<>();
    for (int s = 0; s < sources.size(); s++) {
      for (String source : sources.get(s)) {
        Map<String, double[]> row = table.computeIfAbsent(source, w -> new LinkedHashMap<>());
        targets.get(s).forEach(target -> row.computeIfAbsent(target, w -> new double[] {1, 0}));
      }
    }
    return table;
  }

  private static void expect(
      Map<String, Map<String, double[]>> table, List<String> source, List<String> target) {
    for (String to : target) {
      double sum = 0;
      for (String from : source) {
        sum += table.get(from).get(to)[0];
      }
      for (String from : source) {
        double[] cell = table.get(from).get(to);
        cell[1] += sum == 0 ? 0 : cell[0] / sum;
      }
    }
  }

  private static void maximise(Map<String, double[]> row) {
    double sum = row.values().stream().mapToDouble(cell -> cell[1]).sum();
    for (double[] cell : row.values()) {
      cell[0] = sum == 0 ? 0 : cell[1] / sum;
      cell[1] = 0;
    }
  }

  /** Among equals the one that was met first. */
  private static String likeliest(Map<String, double[]> row) {
    String best = "";
    double most = -1;
    for (Map.Entry<String, double[]> entry : row.entrySet()) {
      if (entry.getValue()[0] > most) {
        most = entry.getValue()[0];
        best = entry.getKey();
      }
    }
    return best;
  }

  /** The words of a sentence one by one, as text. */
  String translate(String text) {
    return ReversibleWords.join(
        words.split(text).stream().map(word -> translations.getOrDefault(word, word)).toList());
  }
}
