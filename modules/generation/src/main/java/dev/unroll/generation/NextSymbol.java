package dev.unroll.generation;

/**
 * A language model as samplers see it: it reads several texts at the same pace, and says of each
 * which symbol may come next. It remembers what it has read, so it serves one sampler at a time.
 */
public interface NextSymbol {
  /** The number of symbols; they are numbered from 0. */
  int symbols();

  /** Forgets everything, and begins a number of texts. */
  void begin(int texts);

  /**
   * Reads one more symbol of each text, or of the first ones; the others stay where they are.
   *
   * @param next the symbols of as many texts, at least one
   * @return of these, natural logarithms of the probabilities of what follows, {@code
   *     [next][symbols]}
   */
  float[][] read(int[] next);

  /**
   * Replaces the texts: text {@code i} goes on from what text {@code parents[i]} was. Their number
   * may change.
   */
  void branch(int[] parents);
}
