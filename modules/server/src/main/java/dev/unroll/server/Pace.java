package dev.unroll.server;

import dev.unroll.serving.Arguments;
import java.time.Duration;

/**
 * How long calls of a verb take, to tell beforehand which are short: as long as a call lasts that
 * is answered by the thread that reads from all connections, nothing is read.
 */
final class Pace {
  /** The reading may rest so long: about as long as a batch takes, for which calls wait anyway. */
  private static final long SHORT = Duration.ofMillis(5).toNanos();

  /**
   * What was slow once, as where another program had the processor, is forgotten after some tens of
   * calls.
   */
  private static final double REMEMBERED = 0.9;

  private Arguments arguments; // of the calls that were measured; null before the first
  private double slowest; // of the last calls, in nanoseconds, the older ones counting less
  private double longest; // of the same calls, in characters

  /** A call that was answered by itself. */
  synchronized void took(Arguments given, long characters, long nanos) {
    boolean other = !given.equals(arguments);
    arguments = given;
    slowest = other ? nanos : Math.max(nanos, REMEMBERED * slowest);
    double some = Math.max(1, characters); // of no text at all, any would be endlessly many
    longest = other ? some : Math.max(some, REMEMBERED * longest);
  }

  /**
   * Whether a call will probably be short: those before it with the same arguments were, and it is
   * not much longer than they were.
   */
  synchronized boolean isShort(Arguments given, long characters) {
    return given.equals(arguments) && slowest * Math.max(1, characters / longest) <= SHORT;
  }
}
