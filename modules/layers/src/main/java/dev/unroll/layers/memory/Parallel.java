package dev.unroll.layers.memory;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Spreads independent parts of a computation over the processor's cores; the threads of all layers
 * of the process.
 *
 * <p>How the work is cut into parts must depend on its size alone, and a part must write only what
 * is its own: then the result is the same to the last bit for any number of threads.
 *
 * <p>The caller works too, and never waits for a thread that has not begun: if all are busy with
 * other layers, it does everything itself. Native libraries are told to use one thread in each of
 * ours; a team of OpenMP threads inside each would have twice as many threads as cores, which waits
 * more than it computes.
 */
public final class Parallel {
  /** The most threads to begin with; for programs that do several things at once by themselves. */
  private static final String PROPERTY = "unroll.threads";

  private static volatile int threads =
      Math.max(1, Integer.getInteger(PROPERTY, Runtime.getRuntime().availableProcessors()));

  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread =
                new Thread(
                    () -> {
                      singleThreadedOpenMp();
                      task.run();
                    },
                    "unroll-layers");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Native libraries take their number of threads from this variable, ND4J too, so that there is
   * nothing to tell them; the launcher sets it. ND4J need not be loaded then.
   */
  static final boolean SINGLE_THREADED = "1".equals(System.getenv("OMP_NUM_THREADS"));

  private static volatile Consumer<long[]> watch;

  private Parallel() {}

  /**
   * Has the processor time of every part of what is computed from now on told, in nanoseconds, to
   * the thread that asked for it; null ends it. For benchmarks: a computation of one part is none
   * of several, and is not told.
   */
  public static void watch(Consumer<long[]> listener) {
    watch = listener;
  }

  /** How many threads work at most on one layer, the caller included. */
  public static int threads() {
    return threads;
  }

  /** Sets {@link #threads}; results do not depend on it. */
  public static void threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + count);
    }
    threads = count;
  }

  /**
   * Runs {@code part} for 0, 1, … {@code parts - 1}, in any order and at the same time, and returns
   * when all are done. What a part throws is thrown here.
   */
  public static void forEach(int parts, IntConsumer part) {
    if (parts == 1) {
      part.accept(0);
    } else {
      List<Runnable> tasks = new ArrayList<>(parts);
      for (int i = 0; i < parts; i++) {
        int index = i;
        tasks.add(() -> part.accept(index));
      }
      run(tasks);
    }
  }

  /**
   * Runs all tasks, several at a time, and returns when the last is done. What the first that
   * failed threw is thrown here.
   */
  public static void run(List<Runnable> tasks) {
    Consumer<long[]> listener = watch;
    if (listener == null || tasks.size() < 2) {
      runUnwatched(tasks);
      return;
    }
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long[] nanos = new long[tasks.size()];
    List<Runnable> timed = new ArrayList<>(tasks.size());
    for (int i = 0; i < nanos.length; i++) {
      int task = i;
      timed.add(
          () -> {
            long began = clock.getCurrentThreadCpuTime();
            tasks.get(task).run();
            nanos[task] = clock.getCurrentThreadCpuTime() - began;
          });
    }
    runUnwatched(timed);
    listener.accept(nanos);
  }

  private static void runUnwatched(List<Runnable> tasks) {
    withoutTeams(
        () -> {
          int helpers = Math.min(threads, tasks.size()) - 1;
          if (helpers == 0) {
            tasks.forEach(Runnable::run);
          } else {
            share(tasks, helpers);
          }
          return null;
        });
  }

  /**
   * What {@code task} gives, which this thread computes without native teams of threads of its own.
   * Small networks need it: to gather a team takes longer than what the team then does.
   */
  public static <R> R singleThreaded(Supplier<R> task) {
    NativeOps openMp = openMp();
    int before = openMp.ompGetMaxThreads();
    openMp.setOmpNumThreads(1);
    try {
      return task.get();
    } finally {
      openMp.setOmpNumThreads(before);
    }
  }

  /**
   * The same for who computes without ND4J: nothing is done, and ND4J is not loaded, where the
   * process was told so from the beginning.
   */
  public static <R> R withoutTeams(Supplier<R> task) {
    return SINGLE_THREADED ? task.get() : singleThreaded(task);
  }

  private static void share(List<Runnable> tasks, int helpers) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(tasks.size());
    Runnable worker =
        () -> {
          for (int i; (i = next.getAndIncrement()) < tasks.size(); ) {
            try {
              tasks.get(i).run();
            } catch (RuntimeException | Error e) {
              failure.compareAndSet(null, e);
            } finally {
              done.countDown();
            }
          }
        };
    for (int i = 0; i < helpers; i++) {
      POOL.execute(worker);
    }
    worker.run();
    awaitUninterruptibly(done);
    if (failure.get() instanceof Error error) {
      throw error;
    }
    if (failure.get() instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private static void awaitUninterruptibly(CountDownLatch done) {
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        // The other threads still write into our arrays; leaving now would be worse than waiting.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void singleThreadedOpenMp() {
    if (!SINGLE_THREADED) {
      openMp().setOmpNumThreads(1);
    }
  }

  private static NativeOps openMp() {
    Nd4j.getBackend(); // Loads the native operations, should ours be the first use of ND4J.
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }
}
