package dev.unroll.sentiment;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A text and what its author thought.
 *
 * @param label the class, such as {@code positive}; null if nobody said
 * @param text the text as it was written; it may be empty
 */
public record Review(String label, String text) {
  /** Refuses a missing text and a blank label. */
  public Review {
    if (text == null || label != null && label.isBlank()) {
      throw new IllegalArgumentException("label '" + label + "', text " + text);
    }
  }

  /** A review whose class is to be found. */
  public static Review unlabelled(String text) {
    return new Review(null, text);
  }

  /** Whether its class is known. */
  public boolean isLabelled() {
    return label != null;
  }

  /**
   * The classes of a corpus in alphabetical order.
   *
   * @throws UserError if there are fewer than two, from which nothing can be learnt
   */
  public static SortedSet<String> labels(Corpus<Review> reviews) {
    SortedSet<String> labels = new TreeSet<>();
    for (Review review : reviews.examples()) {
      if (review.isLabelled()) {
        labels.add(review.label());
      }
    }
    if (labels.size() < 2) {
      throw UserError.data(
          reviews.source(),
          "training takes reviews of two classes or more; found only " + labels + "; add others");
    }
    return labels;
  }
}
