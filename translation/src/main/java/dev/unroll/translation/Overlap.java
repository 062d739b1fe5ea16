package dev.unroll.translation;

import dev.unroll.data.Corpus;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sentences of a dev or test part that were trained on: what a model knows by heart says nothing
 * about what it can. Sentences are compared by their letters and digits, in any case.
 *
 * @param pairs of the part
 * @param sources how many of them have a source that training has
 * @param targets how many have a translation that training has
 * @param both how many have a source that training has with the same translation
 */
record Overlap(int pairs, int sources, int targets, int both) {
  static Overlap of(Corpus<SentencePair> train, Corpus<SentencePair> part) {
    Set<String> targets = new HashSet<>();
    Map<String, Set<String>> translations = new HashMap<>();
    for (SentencePair pair : train.examples()) {
      String target = key(pair.target());
      targets.add(target);
      translations.computeIfAbsent(key(pair.source()), s -> new HashSet<>()).add(target);
    }
    int sources = 0;
    int common = 0;
    int both = 0;
    for (SentencePair pair : part.examples()) {
      String target = key(pair.target());
      Set<String> known = translations.get(key(pair.source()));
      sources += known != null ? 1 : 0;
      common += targets.contains(target) ? 1 : 0;
      both += known != null && known.contains(target) ? 1 : 0;
    }
    return new Overlap(part.size(), sources, common, both);
  }

  /** A sentence's letters and digits; of one that has none, all its characters. */
  static String key(String text) {
    if (text == null) {
      return "";
    }
    StringBuilder key = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Overlap::counts)
        .forEach(key::appendCodePoint);
    return key.isEmpty() ? text.strip() : key.toString();
  }

  private static boolean counts(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  /**
   * A warning.
   *
   * @param name of the part
   */
  Optional<String> warning(String name) {
    return sources == 0 && targets == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "warning: %s overlaps with the training data: of %,d pairs, %,d have a source and"
                    + " %,d a translation that was trained on, %,d both together",
                name,
                pairs,
                sources,
                targets,
                both));
  }

  /**
   * The group of every pair, so that no sentence is on both sides of a split: pairs that share a
   * source or a translation belong together, and so do those that they share one with.
   */
  static List<Integer> groups(List<SentencePair> pairs) {
    int[] parents = new int[pairs.size()];
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < parents.length; i++) {
      parents[i] = i;
      SentencePair pair = pairs.get(i);
      for (String key : List.of("s" + key(pair.source()), "t" + key(pair.target()))) {
        Integer other = first.putIfAbsent(key, i);
        if (other != null) {
          parents[root(parents, i)] = root(parents, other);
        }
      }
    }
    List<Integer> groups = new ArrayList<>(parents.length);
    for (int i = 0; i < parents.length; i++) {
      groups.add(root(parents, i));
    }
    return groups;
  }

  private static int root(int[] parents, int i) {
    int root = i;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]]; // halves the path, so that it stays short
      root = parents[root];
    }
    return root;
  }
}
