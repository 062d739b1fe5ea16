package dev.unroll.cli;

import dev.unroll.data.UserError;
import picocli.CommandLine;

/** The codes with which a program ends; a script can rely on them. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** The run failed: a full disk, not enough memory, a diverged training. */
  public static final int FAILED = 1;

  /** The call was wrong. */
  public static final int USAGE = CommandLine.ExitCode.USAGE;

  /** The data or the model was bad; the message names file and line. */
  public static final int DATA = 3;

  /** Stopped by Ctrl-C, after a checkpoint: 128 and the number of the signal. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** The code of an error of that kind. */
  static int of(UserError.Kind kind) {
    return switch (kind) {
      case FAILED -> FAILED;
      case USAGE -> USAGE;
      case DATA -> DATA;
    };
  }
}
