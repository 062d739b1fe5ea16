package dev.unroll.translation;

import dev.unroll.data.Corpus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A language whose sentences are translated backwards, and into capitals. */
final class Reversed {
  static final int LONGEST = 6;
  private static final String[] WORDS = {"a", "b", "c", "d", "e", "f", "g", "h"};

  private Reversed() {}

  static Corpus<SentencePair> pairs(int count, long seed) {
    Random random = new Random(seed);
    List<SentencePair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> words = new ArrayList<>();
      for (int n = 1 + random.nextInt(LONGEST); n > 0; n--) {
        words.add(WORDS[random.nextInt(WORDS.length)]);
      }
      String source = String.join(" ", words);
      pairs.add(new SentencePair(source, translation(source)));
    }
    return new Corpus<>(pairs, "a handful", "seed " + seed);
  }

  static String translation(String source) {
    List<String> words = new ArrayList<>(List.of(source.split(" ")));
    Collections.reverse(words);
    return String.join(" ", words).toUpperCase(Locale.ROOT);
  }
}
