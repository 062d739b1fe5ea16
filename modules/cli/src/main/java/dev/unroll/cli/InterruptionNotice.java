package dev.unroll.cli;

import java.io.PrintStream;

/**
 * Says on standard error that a command was interrupted by Ctrl-C (or SIGTERM), which otherwise
 * ends the process without a word. A training that {@link Interruption listens} says more itself.
 */
final class InterruptionNotice {
  private final Thread hook;

  private InterruptionNotice(PrintStream err) {
    hook = new Thread(() -> say(err), "interruption-notice");
  }

  /** Begins to wait for a signal, until the command has ended. */
  static InterruptionNotice to(PrintStream err) {
    InterruptionNotice notice = new InterruptionNotice(err);
    try {
      Runtime.getRuntime().addShutdownHook(notice.hook);
    } catch (IllegalStateException e) {
      // The signal has come already, and ends what is about to begin.
    }
    return notice;
  }

  private static void say(PrintStream err) {
    if (!Interruption.isHeard()) {
      err.println("interrupted");
      err.flush();
    }
  }

  /** The command has ended: a signal from now on interrupts nothing. */
  void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and it has been said.
    }
  }
}
