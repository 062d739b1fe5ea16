package dev.unroll.translation;

import dev.unroll.text.ReversibleWords;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.subwords.BytePairs;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@link Alignment} of whole words and punctuation marks: parts of a word of the source are
 * added up, of one of the translation averaged, and the ends are left out.
 *
 * @param weights {@code [target][source]}; what a row lacks to 1 went to the end of the source
 */
record WordAlignment(List<String> source, List<String> target, float[][] weights) {

  /** Words that are made of the symbols from {@code starts.get(w)} to before the next start. */
  private record Words(List<String> words, List<Integer> starts) {
    static Words of(List<String> symbols) {
      List<String> words = new ArrayList<>();
      List<Integer> starts = new ArrayList<>();
      int start = 0;
      for (int i = 0; i < symbols.size() && !symbols.get(i).equals(Vocabulary.END); i++) {
        boolean last = i + 1 == symbols.size() || symbols.get(i + 1).equals(Vocabulary.END);
        if (last || !symbols.get(i).endsWith(BytePairs.CONTINUED)) {
          starts.add(start);
          List<String> word = BytePairs.join(symbols.subList(start, i + 1));
          words.add(ReversibleWords.join(word));
          start = i + 1;
        }
      }
      starts.add(start);
      return new Words(words, starts);
    }

    int size() {
      return words.size();
    }
  }

  static WordAlignment of(Alignment symbols) {
    Words source = Words.of(symbols.source());
    Words target = Words.of(symbols.target());
    float[][] weights = new float[target.size()][source.size()];
    for (int t = 0; t < target.size(); t++) {
      int from = target.starts.get(t);
      int to = target.starts.get(t + 1);
      for (int s = 0; s < source.size(); s++) {
        double sum = 0;
        for (int i = from; i < to; i++) {
          for (int j = source.starts.get(s); j < source.starts.get(s + 1); j++) {
            sum += symbols.weights()[i][j];
          }
        }
        weights[t][s] = (float) (sum / (to - from));
      }
    }
    return new WordAlignment(source.words, target.words, weights);
  }

  /**
   * For each word of the translation the word of the source that was looked at most, as {@code
   * source-target} pairs, counted from 0; none where that was the end of the source.
   */
  String links() {
    List<String> links = new ArrayList<>();
    for (int t = 0; t < weights.length; t++) {
      int best = -1;
      double rest = 1;
      for (int s = 0; s < weights[t].length; s++) {
        rest -= weights[t][s];
        best = best < 0 || weights[t][s] > weights[t][best] ? s : best;
      }
      if (best >= 0 && weights[t][best] >= rest) {
        links.add(best + "-" + t);
      }
    }
    return String.join(" ", links);
  }
}
