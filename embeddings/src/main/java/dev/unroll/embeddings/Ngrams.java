package dev.unroll.embeddings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The character n-grams of a word, hashed into buckets as fastText does it: the word stands between
 * {@code <} and {@code >}, n counts code points, the marks alone are no n-gram, and the hash is
 * FNV-1a over UTF-8, its bytes taken as signed.
 */
record Ngrams(int least, int most, int buckets) {
  private static final int FNV_BASIS = 0x811C9DC5;
  private static final int FNV_PRIME = 16777619;

  /** The buckets of the n-grams of {@code word}, in the order of their first characters. */
  int[] of(String word) {
    List<String> ngrams = strings(word);
    int[] result = new int[ngrams.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = Integer.remainderUnsigned(hash(ngrams.get(i)), buckets);
    }
    return result;
  }

  /** The n-grams themselves. */
  List<String> strings(String word) {
    int[] points = ("<" + word + ">").codePoints().toArray();
    List<String> ngrams = new ArrayList<>();
    for (int begin = 0; begin < points.length; begin++) {
      for (int n = least; n <= most && begin + n <= points.length; n++) {
        boolean markAlone = n == 1 && (begin == 0 || begin == points.length - 1);
        if (!markAlone) {
          ngrams.add(new String(points, begin, n));
        }
      }
    }
    return ngrams;
  }

  static int hash(String text) {
    int hash = FNV_BASIS;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ b) * FNV_PRIME;
    }
    return hash;
  }
}
