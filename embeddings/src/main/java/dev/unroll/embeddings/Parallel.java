package dev.unroll.embeddings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * The threads of all searches and maps of the process, one pool that never grows beyond its limit
 * however many callers there are. The caller works too, and never waits for a thread that has not
 * begun: if all are busy with the tasks of others, it does everything itself.
 */
public final class Parallel {
  private static final int IDLE_SECONDS = 30;

  /**
   * Tasks are claimed in so many pieces a thread: few enough to be cheap, many enough to be fair.
   */
  private static final int PIECES = 8;

  private static volatile int threads = Runtime.getRuntime().availableProcessors();
  private static final ThreadPoolExecutor POOL = pool();

  /** Whether this thread does a task of several. */
  private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

  private Parallel() {}

  private static ThreadPoolExecutor pool() {
    int helpers = Math.max(1, threads - 1);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            helpers,
            helpers,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "unroll-embeddings");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** How many threads work at most for one caller, the caller included. */
  public static int threads() {
    return threads;
  }

  /** Sets {@link #threads}, the processors of the machine at first; results do not depend on it. */
  public static synchronized void threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + count);
    }
    int helpers = Math.max(1, count - 1);
    threads = count;
    if (helpers > POOL.getMaximumPoolSize()) {
      POOL.setMaximumPoolSize(helpers);
      POOL.setCorePoolSize(helpers);
    } else {
      POOL.setCorePoolSize(helpers);
      POOL.setMaximumPoolSize(helpers);
    }
  }

  /**
   * Does the tasks 0 to {@code count} − 1, in any order, and returns when the last is done. A task
   * that itself has several does them alone: the threads have enough to do.
   */
  static void forEach(int count, IntConsumer task) {
    int most = INSIDE.get() ? 1 : Math.min(threads, count);
    if (most <= 1) {
      for (int i = 0; i < count; i++) {
        task.accept(i);
      }
      return;
    }
    Job job = new Job(count, Math.max(1, count / (PIECES * most)), task);
    for (int i = 1; i < most; i++) {
      POOL.execute(job);
    }
    job.run();
    while (POOL.getQueue().remove(job)) {
      // Whoever has not begun is not needed any more.
    }
    job.await();
  }

  /** The results of the tasks 0 to {@code count} − 1 in their order. */
  static <R> List<R> map(int count, IntFunction<R> task) {
    List<R> results = new ArrayList<>(Collections.nCopies(count, null));
    forEach(count, i -> results.set(i, task.apply(i)));
    return results;
  }

  /** The tasks of one caller. */
  private static final class Job implements Runnable {
    private final int count;
    private final int size; // of a piece
    private final IntConsumer task;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Job(int count, int size, IntConsumer task) {
      this.count = count;
      this.size = size;
      this.task = task;
      this.left = new CountDownLatch((count + size - 1) / size);
    }

    @Override
    public void run() {
      INSIDE.set(true);
      try {
        work();
      } finally {
        INSIDE.set(false);
      }
    }

    private void work() {
      int pieces = (count + size - 1) / size;
      for (int piece; (piece = next.getAndIncrement()) < pieces; ) {
        try {
          for (int i = piece * size; i < Math.min(count, (piece + 1) * size); i++) {
            task.accept(i);
          }
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          left.countDown();
        }
      }
    }

    /** Waits for what others have begun, interrupted or not: they still write into our arrays. */
    private void await() {
      boolean interrupted = false;
      for (boolean done = false; !done; ) {
        try {
          left.await();
          done = true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure.get() instanceof Error e) {
        throw e;
      } else if (failure.get() instanceof RuntimeException e) {
        throw e;
      }
    }
  }
}
