package dev.unroll.training;

/**
 * The moments of Adam of one parameter, for steps that are taken elsewhere: the mean of the
 * gradient and of its square, as the values of the parameter lie in the network. A table of which
 * only rows are touched has moments row by row; any other parameter is one row.
 */
public interface AdamMoments {
  /** The name of its layer. */
  String layer();

  /** Its name in the layer. */
  String key();

  /** Whether weight decay applies. */
  boolean decays();

  /** How many rows have moments of their own; 1 unless a step touches rows. */
  int rows();

  /** The mean of the gradient; not a copy. Null if the row was never touched. */
  float[] mean(int row);

  /** The mean of its square; not a copy. Null if the row was never touched. */
  float[] square(int row);

  /** Sets the moments of a row, which are copied. */
  void set(int row, float[] mean, float[] square);
}
