package dev.unroll.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The threads that read from connections. Who finds a request of a client alone answers it itself,
 * and would have another thread woken that reads on meanwhile. Most answers are there sooner than
 * that thread, which then finds nothing to read; and the two would take turns from call to call,
 * each with caches that the other has filled. So it is woken only when a request takes longer than
 * a moment. Jetty asks for one anew with every request, and reads on itself after a request if
 * nobody came.
 */
final class Readers extends QueuedThreadPool {
  /** Of a request after which it is not usual any more, and others are to be read meanwhile. */
  static final Duration MOMENT = Duration.ofMillis(2);

  /** After so many moments without a request nobody looks any more. */
  private static final int LOOKS = 50;

  /** A reader that was not woken yet. */
  private static final class Held {
    final Runnable reader;
    final Thread instead; // reads, or answers a request
    volatile long since = System.nanoTime() | 1; // when the request came; 0 where it is answered

    Held(Runnable reader, Thread instead) {
      this.reader = reader;
      this.instead = instead;
    }
  }

  private final BooleanSupplier here;
  private final long moment; // nanoseconds
  private final AtomicReference<Held> held = new AtomicReference<>();
  private final Thread watch = new Daemons("readers").newThread(this::watch);
  private volatile boolean asleep;
  private volatile boolean stopped;

  /**
   * @param most threads
   * @param here whether who finds a request should answer it, if it came now
   * @param moment after which another thread reads; at the latest after two of them
   */
  Readers(int most, BooleanSupplier here, Duration moment) {
    super(most);
    this.here = here;
    this.moment = moment.toNanos();
    setName("http");
    setReservedThreads(2);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    watch.start();
  }

  @Override
  protected void doStop() throws Exception {
    stopped = true;
    LockSupport.unpark(watch);
    super.doStop();
  }

  @Override
  public boolean tryExecute(Runnable reader) {
    if (!here.getAsBoolean()) {
      return false;
    }
    held.set(new Held(reader, Thread.currentThread())); // whoever held one before reads by now
    wake();
    return true;
  }

  /** This thread begins with a request. */
  void begin() {
    Held now = held.get();
    if (now != null && now.instead == Thread.currentThread()) {
      now.since = System.nanoTime() | 1;
      wake();
    }
  }

  /** This thread is done with it, as far as it does it itself. */
  void end() {
    Held now = held.get();
    if (now != null && now.instead == Thread.currentThread()) {
      now.since = 0;
    }
  }

  private void wake() {
    if (asleep) {
      LockSupport.unpark(watch);
    }
  }

  private void watch() {
    int quiet = 0;
    while (!stopped) {
      Held now = held.get();
      long since = now == null ? 0 : now.since;
      quiet = since == 0 ? quiet + 1 : 0;
      if (since != 0 && System.nanoTime() - since > moment && held.compareAndSet(now, null)) {
        read(now.reader);
      }
      if (quiet < LOOKS) {
        LockSupport.parkNanos(this, moment);
      } else {
        sleep();
      }
    }
  }

  /** Until a request comes. Who says so looks at {@code asleep} afterwards, this thread before. */
  private void sleep() {
    asleep = true;
    Held now = held.get();
    if ((now == null || now.since == 0) && !stopped) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  private void read(Runnable reader) {
    if (!super.tryExecute(reader)) {
      execute(reader);
    }
  }
}
