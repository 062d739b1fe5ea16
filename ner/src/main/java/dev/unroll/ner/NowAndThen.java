package dev.unroll.ner;

import java.util.concurrent.TimeUnit;

/**
 * Does something every few seconds, however often it is called, and by however many threads. What
 * throws is done again at the next call.
 */
final class NowAndThen implements Runnable {
  private static final long SECONDS = 5;

  private final Runnable what;
  private volatile long last = System.nanoTime();

  NowAndThen(Runnable what) {
    this.what = what;
  }

  @Override
  public void run() {
    if (System.nanoTime() - last > TimeUnit.SECONDS.toNanos(SECONDS)) {
      what.run();
      last = System.nanoTime();
    }
  }
}
