package dev.unroll.sentiment;

/**
 * A review in numbers.
 *
 * @param words the ids of the words that are read; empty if it has none
 * @param label the index of its label, or {@link #UNLABELLED}
 */
public record EncodedReview(int[] words, int label) {
  /** The label of a review whose class is to be found. */
  public static final int UNLABELLED = -1;
}
