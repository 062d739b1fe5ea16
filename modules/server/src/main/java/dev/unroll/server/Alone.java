package dev.unroll.server;

import java.time.Duration;

/**
 * Tells whether one client calls alone. Only for it does a thread that reads from connections also
 * compute: while it does, the reading is another thread's, which may have to wait for a processor,
 * and then the calls of others would lie unread where no batch can form of them.
 */
final class Alone {
  /** After so long without a call, whoever calls is alone at first. */
  private static final long QUIET = Duration.ofMillis(100).toNanos();

  /** A call. */
  private record Last(Object connection, long time, boolean alone) {}

  private volatile Last last = new Last(null, System.nanoTime() - 2 * QUIET, true);

  /** Whether a call that came now would probably be that of a client alone. */
  boolean likely() {
    Last before = last;
    return before.alone || System.nanoTime() - before.time > QUIET;
  }

  /**
   * Somebody calls.
   *
   * @param connection on which
   * @return whether nobody else called just now
   */
  boolean calls(Object connection) {
    Last before = last;
    long now = System.nanoTime();
    boolean alone = connection == before.connection || now - before.time > QUIET;
    last = new Last(connection, now, alone);
    return alone;
  }
}
