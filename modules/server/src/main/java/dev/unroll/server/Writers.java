package dev.unroll.server;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for texts that are written piece by piece. They are others than the {@link Workers},
 * because those would answer many calls in the time that a long text takes; the operating system
 * shares the processors between both.
 */
final class Writers implements AutoCloseable {
  private static final int WAITING_EACH = 8;

  private final ThreadPoolExecutor threads;

  Writers(int count) {
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_EACH * count),
            new Daemons("writer"));
  }

  /**
   * Has a text written.
   *
   * @throws Problem if too many wait already
   */
  void submit(Runnable text) {
    try {
      threads.execute(text);
    } catch (RejectedExecutionException e) {
      throw new Problem(
          503,
          threads.isShutdown()
              ? "the server is stopping; ask another one, or this one later"
              : threads.getQueue().size() + " texts wait to be written already; try again");
    }
  }

  /** Texts that are written, or wait for it. */
  int busy() {
    return threads.getActiveCount() + threads.getQueue().size();
  }

  /** Lets no more in; those that are go on. */
  @Override
  public void close() {
    threads.shutdown();
  }

  /** Waits until the last text has ended. */
  void join(Duration most) {
    try {
      threads.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
