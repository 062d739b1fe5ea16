package dev.unroll.layers.ctc;

/**
 * What a {@link PrefixBeamSearch} knows of labels besides what the network heard: a language model
 * of them. It remembers the prefixes that the search follows, in places from 0, and serves one
 * search at a time.
 */
public interface LabelModel {
  /**
   * Forgets everything; place 0 has the empty prefix.
   *
   * @return natural logarithms of the probabilities of what comes first, one a class; that of
   *     {@link Ctc#BLANK} is of the end
   */
  float[] begin();

  /**
   * Replaces the prefixes. In the first places are some that one label makes longer, behind them
   * others as they are.
   *
   * @param parents the place of what each of the first has been
   * @param labels what it becomes longer by
   * @param kept the places of the others
   * @return of the first, what comes next: as {@link #begin}
   */
  float[][] follow(int[] parents, int[] labels, int[] kept);
}
