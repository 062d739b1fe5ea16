package dev.unroll.ner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a tagger found in much text, as far as it is sure: sentences for the next tagger to learn
 * from (self-training; Yarowsky 1995, <i>Unsupervised Word Sense Disambiguation Rivaling Supervised
 * Methods</i>).
 *
 * <p>A name that was found more than once has the type that it has in most places, as far as the
 * probabilities tell (Krishnan and Manning 2006, <i>An Effective Two-Stage Model for Exploiting
 * Non-Local Dependencies in Named Entity Recognition</i>): what a sentence says little about,
 * others say.
 *
 * <p>Sentences without a name are not kept: a tagger that knows few names leaves many out. The
 * others take about 300 bytes of memory each, until {@link #forEach} is done.
 */
public final class PseudoLabels {
  /** How often a name must have been found, in expectation, for its places to be counted. */
  private static final double OFTEN = 2;

  /** A sentence is kept as one string, which takes less memory than a list of words. */
  private static final String BETWEEN_WORDS = "\n";

  private record Found(String words, List<Entity> entities) {
    List<String> list() {
      return List.of(words.split(BETWEEN_WORDS, -1));
    }
  }

  private final List<Found> sentences = new ArrayList<>();

  /** Of each name, how often it was found with each type, in expectation. */
  private final Map<String, Map<String, Double>> found = new HashMap<>();

  private int texts;

  /**
   * Takes a sentence and what a tagger found in it.
   *
   * @param words none with a line end in it, as no line of a text has one
   * @param entities stretches of the words, with the probabilities that the tagger gave them
   * @throws IllegalArgumentException if a word has a line end in it
   */
  public void add(List<String> words, List<Entity> entities) {
    if (words.stream().anyMatch(word -> word.contains(BETWEEN_WORDS))) {
      throw new IllegalArgumentException("a word with a line end in it: " + words);
    }
    texts++;
    if (entities.isEmpty()) {
      return;
    }
    sentences.add(new Found(String.join(BETWEEN_WORDS, words), List.copyOf(entities)));
    for (Entity entity : entities) {
      found
          .computeIfAbsent(name(words, entity), name -> new HashMap<>())
          .merge(entity.type(), entity.probability(), Double::sum);
    }
  }

  /** How many sentences were taken, those without a name too. */
  public int texts() {
    return texts;
  }

  /**
   * Hands out the sentences of whose names all are sure, in their order.
   *
   * @param least the probability, from 0 to 1, that a name must have, either where it stands or by
   *     the share of its type in all places
   * @param sentence receives the words, and the names with the types that were decided on
   * @return how many they are
   */
  public int forEach(double least, Consumer<Tagging> sentence) {
    int sure = 0;
    for (Found candidate : sentences) {
      List<String> words = candidate.list();
      List<Entity> decided =
          candidate.entities.stream().map(entity -> decide(words, entity, least)).toList();
      if (decided.stream().allMatch(entity -> entity.probability() >= least)) {
        sentence.accept(Tagging.of(words, decided));
        sure++;
      }
    }
    return sure;
  }

  private Entity decide(List<String> words, Entity entity, double least) {
    Map<String, Double> types = found.get(name(words, entity));
    double all = types.values().stream().mapToDouble(Double::doubleValue).sum();
    String most =
        types.keySet().stream()
            .max(Comparator.<String>comparingDouble(types::get).thenComparing(type -> type))
            .orElseThrow();
    double share = types.get(most) / all;
    return all < OFTEN || share < least
        ? entity
        : new Entity(most, entity.from(), entity.to(), Math.max(share, entity.probability()));
  }

  private static String name(List<String> words, Entity entity) {
    return String.join(BETWEEN_WORDS, words.subList(entity.from(), entity.to()));
  }
}
