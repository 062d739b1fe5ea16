package dev.unroll.training.cuda;

/**
 * Starts kernels, each in as many blocks and threads as its work is good for; none without work.
 */
final class Grid {
  private static final int WARP = 32;

  /** As in {@code kernels.cu}. */
  private static final int MOST_THREADS = 256;

  /** Columns that a thread takes, where there is something to be added up over a row. */
  private static final int EACH = 4;

  private final Launcher launcher;
  private final KernelArguments arguments = new KernelArguments();

  Grid(Launcher launcher) {
    this.launcher = launcher;
  }

  /**
   * A block for each row, whose threads take every so many columns.
   *
   * @param values the arguments, see {@link KernelArguments#set}
   */
  void rows(Kernel kernel, int rows, int columns, Object... values) {
    if (rows > 0 && columns > 0) {
      int threads = columns < MOST_THREADS ? WARP * ceiling(columns, WARP) : MOST_THREADS;
      launcher.launch(kernel, rows, threads, arguments.set(values));
    }
  }

  /** The same where something is added up over a row, for which threads are a power of two. */
  void sums(Kernel kernel, int rows, int columns, Object... values) {
    if (rows > 0 && columns > 0) {
      int threads = WARP;
      while (threads < MOST_THREADS && threads * EACH < columns) {
        threads *= 2;
      }
      launcher.launch(kernel, rows, threads, arguments.set(values));
    }
  }

  /** A thread for each element. */
  void each(Kernel kernel, long elements, Object... values) {
    if (elements > 0) {
      int blocks = ceiling(elements, MOST_THREADS);
      launcher.launch(kernel, blocks, MOST_THREADS, arguments.set(values));
    }
  }

  /** a / b, rounded up. */
  static int ceiling(long a, long b) {
    return Math.toIntExact((a + b - 1) / b);
  }
}
