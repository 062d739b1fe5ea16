package dev.unroll.server;

import java.time.Duration;

/**
 * Tells whether one client calls alone. Only for it does the thread that reads from all connections
 * also compute: while it does, the calls of others would lie unread where no batch can form of
 * them.
 */
final class Alone {
  /** After so long without a call, whoever calls is alone at first. */
  private static final long QUIET = Duration.ofMillis(100).toNanos();

  /** A call. */
  private record Last(Object connection, long time) {}

  private volatile Last last = new Last(null, System.nanoTime() - 2 * QUIET);

  /**
   * Somebody calls.
   *
   * @param connection on which
   * @return whether nobody else called just now
   */
  boolean calls(Object connection) {
    Last before = last;
    long now = System.nanoTime();
    last = new Last(connection, now);
    return connection == before.connection || now - before.time > QUIET;
  }
}
