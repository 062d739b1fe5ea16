package dev.unroll.translation;

/**
 * What a search asks: it reads some beginnings of translations at the same pace, each of one of
 * some sentences, and says which symbol may come next. Serves one search at a time.
 */
interface Decoder {
  /**
   * Reads one more symbol of each row; at first there is one row a sentence.
   *
   * @return probabilities {@code [rows, symbols]}, one row after the other; the caller's
   */
  float[] read(int[] next);

  /** Replaces the rows: number {@code i} goes on from what {@code parents[i]} was. */
  void select(int[] parents);

  /**
   * How much a row of the last step looked at each symbol of its sentence.
   *
   * @return one weight a symbol of the source, and maybe zeros behind it; empty without attention
   */
  float[] alignment(int row);
}
