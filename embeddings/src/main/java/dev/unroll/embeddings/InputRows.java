package dev.unroll.embeddings;

/**
 * Which input rows make up a word: its own, and those of its character n-grams if there are any
 * (Bojanowski et al. 2017). The vector of the word is their mean.
 */
final class InputRows {
  private final int words;
  private final int[] starts; // of each word in rows; null without n-grams
  private final int[] rows;
  private final int count;

  /** One row a word. */
  InputRows(Lexicon lexicon) {
    words = lexicon.size();
    starts = null;
    rows = null;
    count = words;
  }

  /** One row a word, and one a bucket of n-grams. */
  InputRows(Lexicon lexicon, Ngrams ngrams) {
    words = lexicon.size();
    starts = new int[words + 1];
    int[][] all = new int[words][];
    for (int i = 0; i < words; i++) {
      all[i] = ngrams.of(lexicon.word(i));
      starts[i + 1] = starts[i] + 1 + all[i].length;
    }
    rows = new int[starts[words]];
    for (int i = 0; i < words; i++) {
      rows[starts[i]] = i;
      for (int j = 0; j < all[i].length; j++) {
        rows[starts[i] + 1 + j] = words + all[i][j];
      }
    }
    count = words + ngrams.buckets();
  }

  /** The number of rows of all words and n-grams. */
  int count() {
    return count;
  }

  /** Whether each word is one row, whose number is the word's. */
  boolean single() {
    return starts == null;
  }

  /** The number of rows of a word. */
  int size(int word) {
    return single() ? 1 : starts[word + 1] - starts[word];
  }

  /** The {@code i}-th row of a word. */
  int row(int word, int i) {
    return single() ? word : rows[starts[word] + i];
  }
}
