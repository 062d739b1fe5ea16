package dev.unroll.testing;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The command line of a task, called within the process of the tests:
 *
 * <pre>{@code
 * (out, err, args) -> Cli.run(new Sentiment(), out, err, args)
 * }</pre>
 */
@FunctionalInterface
public interface Program {
  /**
   * Runs a verb.
   *
   * @param out stands for standard output
   * @param err stands for standard error
   * @return the exit code
   */
  int run(OutputStream out, PrintStream err, String... args);

  /** Runs a verb and keeps what it printed; arguments are what their {@code toString} says. */
  default Run call(Object... args) {
    return Run.of(this, args);
  }
}
