package dev.unroll.training.cuda;

/**
 * What a step of training needs beside cuDNN and cuBLAS: each method starts one kernel of {@code
 * kernels.cu}, or none if there is nothing to do.
 *
 * <p>Arguments of type long are addresses in the device's memory. Unless something else is said,
 * they are those of 32-bit floats, row by row, sequences time-major: {@code [steps, batch,
 * features]}. Sums are taken in a fixed order, so that equal steps give equal bits.
 *
 * <p>Sequences may be of unequal lengths: {@code lengths} are ints {@code [batch]} from 1 to {@code
 * steps}, or 0 where all have {@code steps}.
 *
 * <p>One instance serves one thread.
 */
final class Operations extends UpdateOperations {
  /** The largest value, and the first step that has it. */
  static final int MAX = 0;

  static final int MEAN = 1;
  static final int LAST = 2;
  static final int FIRST = 3;
  static final int MIDDLE = 4;

  Operations(Launcher launcher) {
    super(new Grid(launcher));
  }

  /**
   * Rows of a table, one after the other.
   *
   * @param ids ints {@code [rows]}; a negative one stands for a row of zeros
   * @param out {@code [rows, width]}
   */
  void gather(long table, long ids, long out, int rows, int width) {
    grid.rows(Kernel.GATHER, rows, width, table, ids, out, width);
  }

  /**
   * Sums of rows: {@code out[r] = Σ from[positions[k]]}, k from {@code starts[r]} to {@code
   * starts[r + 1] - 1}, in this order.
   *
   * @param starts ints {@code [rows + 1]}
   * @param positions ints
   * @param out {@code [rows, width]}
   */
  void sumRows(long from, long starts, long positions, long out, int rows, int width) {
    grid.rows(Kernel.SUM_ROWS, rows, width, from, starts, positions, out, width);
  }

  /**
   * Multiplies by the factors of {@link dev.unroll.layers.dropout.SequenceDropout}, the same bits.
   *
   * @param to may be {@code from}
   * @param key0 of the iteration, the low half
   * @param key1 the high half
   * @param threshold the share that is dropped, of 2³¹
   * @param factor of what is kept
   */
  void dropout(long from, long to, int length, int key0, int key1, int threshold, float factor) {
    grid.each(Kernel.DROPOUT, length, from, to, length, key0, key1, threshold, factor);
  }

  /**
   * Copies columns of sequences to columns of others: {@code to[t, b, toAt + f] = from[t, b, fromAt
   * + f]} for {@code f < width}. Steps beyond the length of a sequence become 0.
   *
   * @param add adds instead, and leaves the steps beyond the length as they are
   */
  void columns(
      long from,
      int fromWidth,
      int fromAt,
      long to,
      int toWidth,
      int toAt,
      int width,
      int steps,
      int batch,
      long lengths,
      boolean add) {
    grid.rows(
        Kernel.COLUMNS,
        Math.multiplyExact(steps, batch),
        width,
        from,
        fromWidth,
        fromAt,
        to,
        toWidth,
        toAt,
        width,
        steps,
        batch,
        lengths,
        add ? 1 : 0);
  }

  /** Adds a bias {@code [columns]} to every row of {@code z}, {@code [rows, columns]}. */
  void addBias(long z, long bias, int rows, int columns) {
    grid.rows(Kernel.ADD_BIAS, rows, columns, z, bias, columns);
  }

  /**
   * Softmax and cross-entropy as {@link dev.unroll.layers.output.SoftmaxRows} defines them.
   *
   * @param z {@code [rows, columns]}: logits without their bias, which the gradient with respect to
   *     them takes the place of
   * @param classes ints {@code [rows]}, not looked at where the weight is 0
   * @param weights {@code [rows]}, or 0 if all are 1
   * @param losses {@code [rows]}, written
   * @param smoothing the share of the label that all classes share
   */
  void softmaxLoss(
      long z,
      long bias,
      long classes,
      long weights,
      long losses,
      int rows,
      int columns,
      double smoothing) {
    grid.sums(
        Kernel.SOFTMAX_LOSS, rows, columns, z, bias, classes, weights, losses, columns, smoothing);
  }

  /**
   * The same with a share for each class, as Deeplearning4j's {@code LossMCXENT} has it: its
   * gradient takes the shares to sum to 1, and to its loss no probability is below 1e-10.
   *
   * @param shares {@code [rows, columns]}
   */
  void softmaxShares(long z, long bias, long shares, long losses, int rows, int columns) {
    grid.sums(Kernel.SOFTMAX_SHARES, rows, columns, z, bias, shares, losses, columns);
  }

  /**
   * One summary of {@link dev.unroll.layers.pooling.SequencePooling}.
   *
   * @param x {@code [steps, batch, features]}
   * @param out {@code [batch, outWidth]}, of which columns from {@code outAt} on are written
   * @param kind such as {@link #MAX}
   * @param middle the share of the steps that {@link #MIDDLE} is the last of
   * @param largest ints {@code [batch, features]}, written by {@link #MAX} alone
   */
  void pool(
      long x,
      long out,
      int outWidth,
      int outAt,
      long lengths,
      int steps,
      int batch,
      int features,
      int kind,
      double middle,
      long largest) {
    grid.each(
        Kernel.POOL,
        (long) batch * features,
        x,
        out,
        outWidth,
        outAt,
        lengths,
        steps,
        batch,
        features,
        kind,
        middle,
        largest);
  }

  /** Adds to {@code dX} what the gradient of the output of {@link #pool} makes of it. */
  void poolBack(
      long dOut,
      int outWidth,
      int outAt,
      long lengths,
      int steps,
      int batch,
      int features,
      int kind,
      double middle,
      long largest,
      long dX) {
    grid.each(
        Kernel.POOL_BACK,
        (long) batch * features,
        dOut,
        outWidth,
        outAt,
        lengths,
        steps,
        batch,
        features,
        kind,
        middle,
        largest,
        dX);
  }

  /** Zeroes the rows of a state {@code [batch, width]} whose sequences end before the last step. */
  void forget(long state, long lengths, int steps, int batch, int width) {
    if (lengths != 0) {
      grid.rows(Kernel.FORGET, batch, width, state, lengths, steps, width);
    }
  }

  /**
   * {@link dev.unroll.layers.characters.CharacterConvolution} of words: for each filter tanh of its
   * largest response, at the first character that has it, and its bias; zeros for a word without
   * characters.
   *
   * @param table {@code [characters, window, filters]}: what the filters make of each character at
   *     each place of the window; a response is a sum of these
   * @param characters ints, word after word
   * @param starts ints {@code [words + 1]}, where a word begins and the one before ends
   * @param out {@code [words, filters]}
   * @param largest ints {@code [words, filters]}, written: which character of the word it is
   */
  void convolveWords(
      long table,
      long characters,
      long starts,
      long bias,
      long out,
      long largest,
      int words,
      int filters,
      int window) {
    grid.rows(
        Kernel.CONVOLVE_WORDS,
        words,
        filters,
        table,
        characters,
        starts,
        bias,
        out,
        largest,
        filters,
        window);
  }

  /**
   * The derivatives with respect to the responses of {@link #convolveWords} at each character, of
   * which all but those of the largest are 0.
   *
   * @param dResponses {@code [characters of all words, filters]}, written
   */
  void convolveWordsBack(
      long out, long dOut, long largest, long starts, long dResponses, int words, int filters) {
    grid.rows(
        Kernel.CONVOLVE_WORDS_BACK,
        words,
        filters,
        out,
        dOut,
        largest,
        starts,
        dResponses,
        filters);
  }
}
