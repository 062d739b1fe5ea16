package dev.unroll.embeddings;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import picocli.CommandLine.Option;

/** How many threads answer. */
final class ThreadOptions {
  private static final int MOST = 1_024;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute; 0 takes one for each processor (${DEFAULT-VALUE}).")
  private int threads;

  /** Makes it hold for the process. */
  void apply() {
    if (threads < 0 || threads > MOST) {
      throw UserError.usage(setting("threads") + " must be from 0 to " + MOST + ", got " + threads);
    }
    Parallel.threads(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
  }
}
