package dev.unroll.cli;

import dev.unroll.data.UserError;
import picocli.CommandLine.Option;

/** Whether an evaluation shows what went wrong. */
public final class MistakeOptions {
  @Option(
      names = "--errors",
      paramLabel = "N",
      description = "Show the N worst mistakes too: those that the model was surest of.")
  private int errors;

  /**
   * How many mistakes to show.
   *
   * @throws UserError if it is negative
   */
  public int count() {
    if (errors < 0) {
      throw UserError.usage("--errors must be 0 or above, got " + errors);
    }
    return errors;
  }
}
