package dev.unroll.embeddings;

import java.util.List;

/**
 * The words between two boundaries that no context window crosses.
 *
 * @param words in their order; may be empty
 */
public record Sentence(List<String> words) {
  /** Copies the words. */
  public Sentence {
    words = List.copyOf(words);
  }
}
