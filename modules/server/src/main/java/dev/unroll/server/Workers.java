package dev.unroll.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of workers behind one bounded queue. A worker takes the oldest job, and with it
 * those behind it that can be answered together; nobody waits for a batch to fill. What does not
 * fit into the queue is refused at once, so that whoever is let in is answered in time.
 *
 * <p>Where nothing waits and a worker is free, the thread that brings a job does it in that
 * worker's place, if it may: two threads less have to be woken for it. There are never more jobs at
 * work than there are workers.
 */
final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final Deque<Job<?>> queue = new ArrayDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private final int capacity;
  private final int batch;
  private final Metrics metrics;
  private int waiting; // items in the queue
  private int busy; // workers at work, and those whose place was taken
  private boolean closed;

  /**
   * Starts the workers.
   *
   * @param capacity items that may wait
   * @param batch most items answered together
   */
  Workers(int count, int capacity, int batch, Metrics metrics) {
    this.capacity = capacity;
    this.batch = batch;
    this.metrics = metrics;
    Daemons daemons = new Daemons("worker");
    for (int i = 0; i < count; i++) {
      threads.add(daemons.newThread(this::run));
    }
    threads.forEach(Thread::start); // when it is known how many there are
  }

  /** Items that wait now. */
  synchronized int waiting() {
    return waiting;
  }

  int capacity() {
    return capacity;
  }

  /** Whether a job that came now would not wait. */
  synchronized boolean free() {
    return queue.isEmpty() && busy < threads.size();
  }

  /**
   * Has a job done: before this returns if a worker is free and nothing waits, else when its turn
   * comes.
   *
   * @param here whether this thread may do it
   * @throws Problem if there is no room
   */
  void submit(Job<?> job, boolean here) {
    if (here && begin()) {
      try {
        work(List.of(job));
      } finally {
        end();
      }
    } else {
      add(job);
    }
  }

  /** Takes the place of a worker, if that is free. */
  private synchronized boolean begin() {
    boolean free = free() && !closed;
    busy += free ? 1 : 0;
    return free;
  }

  /** Leaves the place of a worker. */
  private synchronized void end() {
    busy--;
    if (!queue.isEmpty()) {
      notify();
    }
  }

  private synchronized void add(Job<?> job) {
    if (closed) {
      throw new Problem(503, "the server is stopping; ask another one, or this one later");
    }
    if (waiting + job.size() > capacity && waiting > 0) {
      throw new Problem(
          503, "%d items wait already, and no more may; try again".formatted(waiting));
    }
    queue.add(job);
    waiting += job.size();
    if (busy < threads.size()) {
      notify(); // else whoever leaves a place sees to it
    }
  }

  private void run() {
    for (List<Job<?>> jobs = next(false); !jobs.isEmpty(); jobs = next(true)) {
      work(jobs);
    }
  }

  private void work(List<Job<?>> jobs) {
    try {
      answer(jobs);
    } catch (Throwable e) { // a worker must not end by what one request did
      metrics.error();
      LOG.error("a worker met what it did not expect", e);
      jobs.forEach(job -> job.answers().completeExceptionally(e));
    }
  }

  /**
   * Takes the oldest job with those that fit to it; none when all is done for good.
   *
   * @param again whether the worker leaves its place first
   */
  private synchronized List<Job<?>> next(boolean again) {
    busy -= again ? 1 : 0;
    List<Job<?>> jobs = new ArrayList<>();
    while (jobs.isEmpty()) {
      while (queue.isEmpty() || busy >= threads.size()) {
        if (closed && queue.isEmpty()) {
          notifyAll(); // who waits for a place that nobody needs any more
          return jobs;
        }
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return jobs;
        }
      }
      take(jobs);
    }
    busy++;
    return jobs;
  }

  private void take(List<Job<?>> jobs) {
    int items = 0;
    for (Iterator<Job<?>> all = queue.iterator(); all.hasNext(); ) {
      Job<?> job = all.next();
      if (job.late() || job.answers().isDone()) {
        all.remove();
        waiting -= job.size();
        job.answers()
            .completeExceptionally(
                new Problem(503, "no worker was free in time; try again when less is asked"));
      } else if (jobs.isEmpty() || job.fits(jobs.get(0)) && items + job.size() <= batch) {
        all.remove();
        waiting -= job.size();
        items += job.size();
        jobs.add(job);
      }
      if (items >= batch) {
        return;
      }
    }
  }

  @SuppressWarnings("unchecked") // jobs of one verb have items of one type
  private <I> void answer(List<Job<?>> jobs) {
    Job<I> first = (Job<I>) jobs.get(0);
    Call<I> call = first.call();
    List<I> items = new ArrayList<>();
    jobs.forEach(job -> items.addAll(((Job<I>) job).call().items()));
    metrics.batch(items.size());
    List<? extends List<?>> answers;
    long began = System.nanoTime();
    try {
      answers = call.verb().answer(items, call.arguments());
    } catch (RuntimeException e) {
      if (jobs.size() == 1) {
        first.answers().completeExceptionally(e);
      } else {
        jobs.forEach(job -> answer(List.of(job))); // so that one does not spoil the others
      }
      return;
    }
    if (jobs.size() == 1) {
      first.pace().took(call.arguments(), call.characters(), System.nanoTime() - began);
    }
    int done = 0;
    for (Job<?> job : jobs) {
      job.answers().complete(answers.subList(done, done + job.size()));
      done += job.size();
    }
  }

  /** Lets no more in, and answers those that are. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
  }

  /** Waits until the last job is done. */
  void join(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
