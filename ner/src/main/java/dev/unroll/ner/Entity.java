package dev.unroll.ner;

/**
 * Neighbouring words of a sentence that name something.
 *
 * @param type such as {@code PER}
 * @param from index of the first word
 * @param to index after the last word
 * @param probability that the model gave to exactly these words and this type; 1 for one that
 *     somebody annotated
 */
public record Entity(String type, int from, int to, double probability) {
  /** Refuses what is no stretch of words. */
  public Entity {
    if (from < 0 || to <= from || type.isEmpty()) {
      throw new IllegalArgumentException("no entity: " + type + " from " + from + " to " + to);
    }
  }

  /** One that somebody annotated. */
  public static Entity annotated(String type, int from, int to) {
    return new Entity(type, from, to, 1);
  }

  /** Whether the two are the same words with the same type. */
  public boolean equalsIn(Entity other) {
    return type.equals(other.type) && hasWordsOf(other);
  }

  /** Whether the two are the same words. */
  boolean hasWordsOf(Entity other) {
    return from == other.from && to == other.to;
  }

  /** Whether the two have a word in common. */
  boolean overlaps(Entity other) {
    return from < other.to && other.from < to;
  }

  /** The same, so many words further on. */
  Entity shifted(int words) {
    return new Entity(type, from + words, to + words, probability);
  }
}
