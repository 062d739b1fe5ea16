package dev.unroll.training.cuda;

/**
 * What {@link Operations} does once there is a gradient: its norm, and the update of the parameters
 * by Adam.
 */
abstract class UpdateOperations {
  /** The longest stretch of a parameter that one block reads. */
  static final int CHUNK = 4096;

  final Grid grid;

  UpdateOperations(Grid grid) {
    this.grid = grid;
  }

  /**
   * The sum of squares of each chunk of a gradient.
   *
   * @param chunks ints {@code [chunkCount, 3]}: start, length up to {@link #CHUNK}, parameter
   * @param included ints by parameter; 0 if its sum is to be 0
   * @param partials doubles {@code [chunkCount]}, written
   */
  void squares(long gradient, long chunks, int chunkCount, long included, long partials) {
    grid.sums(Kernel.SQUARES, chunkCount, CHUNK, gradient, chunks, included, partials);
  }

  /**
   * The sum of squares of each {@link #CHUNK} of a stretch.
   *
   * @param partials doubles {@code [blocks(length)]}, written
   */
  void squaresOf(long values, int length, long partials) {
    grid.sums(Kernel.SQUARES_OF, blocks(length), CHUNK, values, length, partials);
  }

  /** The chunks of a stretch. */
  static int blocks(int length) {
    return Grid.ceiling(length, CHUNK);
  }

  /** The sum of doubles, a double; 0 if there are none. */
  void total(long doubles, int count, long result) {
    grid.sums(Kernel.TOTAL, 1, CHUNK, doubles, count, result);
  }

  /** The sum of floats, a double; 0 if there are none. */
  void totalFloats(long floats, int count, long result) {
    grid.sums(Kernel.TOTAL_FLOATS, 1, CHUNK, floats, count, result);
  }

  /**
   * A step of Adam as {@link dev.unroll.training.Optimizer} makes it, the same bits where the norm
   * is the same. Does nothing if the norm is not finite.
   *
   * @param mean of the gradient, updated
   * @param square the mean of its square, updated
   * @param chunks as in {@link #squares}
   * @param rules {@code [parameters, 2]}: the learning rate with the correction of both means, and
   *     the factor that weight decay leaves of a parameter
   * @param sum a double, the sum of squares of all of the gradient, not yet divided
   */
  void adam(
      long values,
      long gradient,
      long mean,
      long square,
      long chunks,
      int chunkCount,
      long rules,
      long sum,
      AdamScalars s) {
    grid.rows(
        Kernel.ADAM,
        chunkCount,
        CHUNK,
        values,
        gradient,
        mean,
        square,
        chunks,
        rules,
        sum,
        s.beta1(),
        s.beta2(),
        s.epsilon(),
        s.clip(),
        s.divisor());
  }

  /**
   * The same for some rows of a table, whose other rows rest.
   *
   * @param values the table {@code [*, width]}, as are mean and square
   * @param gradient {@code [rowCount, width]}
   * @param rows ints {@code [rowCount]}, all different
   * @param parameter whose of the rules apply
   */
  void adamRows(
      long values,
      long gradient,
      long mean,
      long square,
      long rows,
      int rowCount,
      int width,
      long rules,
      int parameter,
      long sum,
      AdamScalars s) {
    grid.rows(
        Kernel.ADAM_ROWS,
        rowCount,
        width,
        values,
        gradient,
        mean,
        square,
        rows,
        width,
        rules,
        parameter,
        sum,
        s.beta1(),
        s.beta2(),
        s.epsilon(),
        s.clip(),
        s.divisor());
  }
}
