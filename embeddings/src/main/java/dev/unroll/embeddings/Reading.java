package dev.unroll.embeddings;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Reads in a thread of its own, so that a request to stop is heard while standard input or a pipe
 * keeps a read waiting, which nothing can end.
 */
final class Reading {
  private static final long MILLISECONDS = 50;

  private Reading() {}

  /**
   * Returns when all is read; what the reading throws is thrown here.
   *
   * @param stop asked a few times a second whether to give up; the thread may go on to wait in its
   *     read, and the reading must itself refuse what it gets from there later
   * @throws CancellationException if {@code stop} says so
   */
  static void whole(Runnable reading, BooleanSupplier stop) {
    FutureTask<Void> task = new FutureTask<>(reading, null);
    Thread thread = new Thread(task, "text-reader");
    thread.setDaemon(true);
    thread.start();
    try {
      while (true) {
        try {
          task.get(MILLISECONDS, TimeUnit.MILLISECONDS);
          return;
        } catch (TimeoutException e) {
          if (stop.getAsBoolean()) {
            throw new CancellationException("stopped while the text was read");
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while the text was read");
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    }
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }
}
