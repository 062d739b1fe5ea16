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
final class Operations {
  /** The largest value, and the first step that has it. */
  static final int MAX = 0;

  static final int MEAN = 1;
  static final int LAST = 2;
  static final int FIRST = 3;
  static final int MIDDLE = 4;

  /** The longest stretch of a parameter that one block reads. */
  static final int CHUNK = 4096;

  private static final int WARP = 32;
  private static final int MOST_THREADS = 256;

  /** Columns that a thread takes, where there is something to be added up over a row. */
  private static final int EACH = 4;

  private final Launcher launcher;
  private final KernelArguments arguments = new KernelArguments();

  Operations(Launcher launcher) {
    this.launcher = launcher;
  }

  /**
   * Rows of a table, one after the other.
   *
   * @param ids ints {@code [rows]}; a negative one stands for a row of zeros
   * @param out {@code [rows, width]}
   */
  void gather(long table, long ids, long out, int rows, int width) {
    launchRows(Kernel.GATHER, rows, width, table, ids, out, width);
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
    launchRows(Kernel.SUM_ROWS, rows, width, from, starts, positions, out, width);
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
    launchEach(Kernel.DROPOUT, length, from, to, length, key0, key1, threshold, factor);
  }

  /**
   * Copies columns of sequences to columns of others: {@code to[t, b, toAt + f] = from[t', b,
   * fromAt + f]} for {@code f < width}, where t' is t, or {@code length - 1 - t} if {@code
   * reverse}. Steps beyond the length of a sequence become 0.
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
      boolean reverse,
      boolean add) {
    launchRows(
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
        reverse ? 1 : 0,
        add ? 1 : 0);
  }

  /** Adds a bias {@code [columns]} to every row of {@code z}, {@code [rows, columns]}. */
  void addBias(long z, long bias, int rows, int columns) {
    launchRows(Kernel.ADD_BIAS, rows, columns, z, bias, columns);
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
    if (rows > 0 && columns > 0) {
      arguments.set(z, bias, classes, weights, losses, columns, smoothing);
      launcher.launch(Kernel.SOFTMAX_LOSS, rows, threadsToSum(columns), arguments);
    }
  }

  /**
   * The same with a share for each class, as Deeplearning4j's {@code LossMCXENT} has it: its
   * gradient takes the shares to sum to 1, and to its loss no probability is below 1e-10.
   *
   * @param shares {@code [rows, columns]}
   */
  void softmaxShares(long z, long bias, long shares, long losses, int rows, int columns) {
    if (rows > 0 && columns > 0) {
      arguments.set(z, bias, shares, losses, columns);
      launcher.launch(Kernel.SOFTMAX_SHARES, rows, threadsToSum(columns), arguments);
    }
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
    launchEach(
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
    launchEach(
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
      launchRows(Kernel.FORGET, batch, width, state, lengths, steps, width);
    }
  }

  /**
   * The sum of squares of each chunk of a gradient.
   *
   * @param chunks ints {@code [chunkCount, 3]}: start, length up to {@link #CHUNK}, parameter
   * @param included ints by parameter; 0 if its sum is to be 0
   * @param partials doubles {@code [chunkCount]}, written
   */
  void squares(long gradient, long chunks, int chunkCount, long included, long partials) {
    if (chunkCount > 0) {
      arguments.set(gradient, chunks, included, partials);
      launcher.launch(Kernel.SQUARES, chunkCount, MOST_THREADS, arguments);
    }
  }

  /**
   * The sum of squares of each {@link #CHUNK} of a stretch.
   *
   * @param partials doubles {@code [blocks(length)]}, written
   */
  void squaresOf(long values, int length, long partials) {
    if (length > 0) {
      arguments.set(values, length, partials);
      launcher.launch(Kernel.SQUARES_OF, blocks(length), MOST_THREADS, arguments);
    }
  }

  /** The chunks of a stretch. */
  static int blocks(int length) {
    return Math.toIntExact(ceiling(length, CHUNK));
  }

  /** The sum of doubles, a double; 0 if there are none. */
  void total(long doubles, int count, long result) {
    arguments.set(doubles, count, result);
    launcher.launch(Kernel.TOTAL, 1, MOST_THREADS, arguments);
  }

  /** The sum of floats, a double; 0 if there are none. */
  void totalFloats(long floats, int count, long result) {
    arguments.set(floats, count, result);
    launcher.launch(Kernel.TOTAL_FLOATS, 1, MOST_THREADS, arguments);
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
    if (chunkCount > 0) {
      arguments.set(
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
      launcher.launch(Kernel.ADAM, chunkCount, MOST_THREADS, arguments);
    }
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
    launchRows(
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

  /** A block for each row. */
  private void launchRows(Kernel kernel, int rows, int width, Object... values) {
    if (rows > 0 && width > 0) {
      launcher.launch(kernel, rows, threads(width), arguments.set(values));
    }
  }

  /** A thread for each element. */
  private void launchEach(Kernel kernel, long elements, Object... values) {
    if (elements > 0) {
      int blocks = Math.toIntExact(ceiling(elements, MOST_THREADS));
      launcher.launch(kernel, blocks, MOST_THREADS, arguments.set(values));
    }
  }

  private static int threads(int width) {
    return (int) Math.min(MOST_THREADS, ceiling(width, WARP) * WARP);
  }

  /** A power of two. */
  private static int threadsToSum(int columns) {
    int threads = WARP;
    while (threads < MOST_THREADS && threads * EACH < columns) {
      threads *= 2;
    }
    return threads;
  }

  private static long ceiling(long a, long b) {
    return (a + b - 1) / b;
  }
}
