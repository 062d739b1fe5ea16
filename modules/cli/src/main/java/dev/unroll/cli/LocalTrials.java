package dev.unroll.cli;

import dev.unroll.cli.trials.Trial;
import dev.unroll.cli.trials.TrialResult;
import dev.unroll.data.TrainingStopped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Runs trials on threads of this process, so many at once. A trial that fails takes no other with
 * it.
 */
final class LocalTrials {
  private final TrialRun run;
  private final TrialFolder folder;
  private final BooleanSupplier stop;
  private final BiConsumer<Integer, TrialResult> ended;
  private int count;

  /**
   * @param ended is told of each trial that ends, with how many have ended
   */
  LocalTrials(
      TrialRun run,
      TrialFolder folder,
      BooleanSupplier stop,
      BiConsumer<Integer, TrialResult> ended) {
    this.run = run;
    this.folder = folder;
    this.stop = stop;
    this.ended = ended;
  }

  /**
   * Runs what an earlier run has not done.
   *
   * @return a result for each trial, in their order
   * @throws TrainingStopped if asked to stop, once the trials under way have written checkpoints
   */
  List<TrialResult> run(List<Trial> trials, int atOnce) {
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.min(atOnce, trials.size()), LocalTrials::thread);
    try {
      List<Future<TrialResult>> futures = new ArrayList<>();
      for (Trial trial : trials) {
        futures.add(pool.submit(() -> result(trial)));
      }
      return all(futures);
    } finally {
      pool.shutdown();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "trial");
    thread.setDaemon(true);
    return thread;
  }

  /** Waits for every trial, so that each has written what it has to, before anything is thrown. */
  private static List<TrialResult> all(List<Future<TrialResult>> futures) {
    List<TrialResult> results = new ArrayList<>();
    Throwable failure = null;
    for (Future<TrialResult> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        failure = failure == null ? e.getCause() : failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TrainingStopped(null);
      }
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    } else if (failure instanceof Error error) {
      throw error;
    }
    return results;
  }

  private TrialResult result(Trial trial) {
    return folder.done(trial).orElseGet(() -> train(trial));
  }

  private TrialResult train(Trial trial) {
    if (stop.getAsBoolean()) {
      throw new TrainingStopped(null);
    }
    folder.begin(trial);
    TrialResult result = run.run(trial, folder.model(trial));
    folder.keep(result);
    synchronized (this) {
      ended.accept(++count, result);
    }
    return result;
  }
}
