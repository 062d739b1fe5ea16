package dev.unroll.ner;

/**
 * A sentence in numbers.
 *
 * @param words ids of the words; as many are in the other arrays
 * @param spellings the character numbers of each word, see {@link Spelling#numbers}; null if the
 *     network does not read them
 * @param shapes how each word is capitalised, see {@link Spelling#shape}; null if the network does
 *     not ask for it
 * @param tags numbers of the tags in {@link TagScheme#BIOES}; null if nobody said
 * @param hash of the words as they were written
 */
public record EncodedSentence(int[] words, int[][] spellings, int[] shapes, int[] tags, int hash) {

  /** The number of words. */
  public int length() {
    return words.length;
  }
}
