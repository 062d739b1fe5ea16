package dev.unroll.layers;

/**
 * A layer with a table of parameters of which a step uses a few rows, so that the gradient of all
 * other rows is zero.
 *
 * <p>To Deeplearning4j the gradient is a dense array and always right as one. Whoever takes the
 * gradient by rows ({@link #touchedRows}) and then hands it back ({@link #clearTouchedRows}) spares
 * the layer the clearing of the whole table before the next step, and itself the reading of it.
 */
public interface RowSparse {
  /** The name of the table's parameter, such as {@code "W"}. It is {@code [rows, columns]}, 'c'. */
  String table();

  /**
   * The rows whose gradient the last backward pass wrote, distinct and ascending; empty when the
   * table is frozen. Not a copy.
   */
  int[] touchedRows();

  /**
   * Counts rows whose gradient somebody else wrote since the backward pass among the touched ones.
   *
   * @param rows distinct and ascending
   */
  void touchRows(int[] rows);

  /**
   * Sets the gradient of the touched rows to zero and forgets them. The caller vouches that nobody
   * else wrote to other rows since the backward pass, as an updater of Deeplearning4j would.
   */
  void clearTouchedRows();
}
