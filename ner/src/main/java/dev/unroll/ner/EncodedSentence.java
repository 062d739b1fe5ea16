package dev.unroll.ner;

import dev.unroll.generation.language.WordStates;
import java.util.List;

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
 * @param written the words as they were written; null unless language models read them
 * @param states what language models made of them; null if that is still to be computed
 */
public record EncodedSentence(
    int[] words,
    int[][] spellings,
    int[] shapes,
    int[] tags,
    int hash,
    List<String> written,
    WordStates states) {

  /** The number of words. */
  public int length() {
    return words.length;
  }

  /** The same with what language models made of it. */
  EncodedSentence withStates(WordStates computed) {
    return new EncodedSentence(words, spellings, shapes, tags, hash, written, computed);
  }
}
