package dev.unroll.generation.language;

/** What language models have in mind after each word of one sentence. */
@FunctionalInterface
public interface WordStates {
  /**
   * Copies what belongs to a word.
   *
   * @param word its place in the sentence, from 0
   * @param to receives {@link StackedStates#width()} values from {@code offset} on
   */
  void copy(int word, float[] to, int offset);
}
