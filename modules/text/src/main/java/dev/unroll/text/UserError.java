package dev.unroll.text;

import java.nio.file.Path;

/**
 * A failure that the user can mend: one line that gives the rule, the offending value and the
 * remedy.
 *
 * <p>Libraries throw it; only the command line turns it into an exit code. It is unchecked because
 * no caller but the outermost can do anything about it.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it was, and with which code a program that meets it ends. */
  public enum Kind {
    /** The run failed: a full disk, a diverged training. */
    FAILED(1),
    /** The call was wrong: an option out of range, two that exclude each other. */
    USAGE(2),
    /** The data or the model was bad. */
    DATA(3);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  private UserError(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public static UserError failed(String message, Throwable cause) {
    return new UserError(Kind.FAILED, message, cause);
  }

  public static UserError usage(String message) {
    return new UserError(Kind.USAGE, message, null);
  }

  /** Bad data or a bad model as a whole; {@code source} is the file, or "standard input". */
  public static UserError data(Object source, String message) {
    return new UserError(Kind.DATA, source + ": " + message, null);
  }

  /** Bad data at one line, counted from 1. */
  public static UserError data(Object source, long line, String message) {
    return new UserError(Kind.DATA, source + ":" + line + ": " + message, null);
  }

  /** Bad data that another exception revealed. */
  public static UserError data(Path source, String message, Throwable cause) {
    return new UserError(Kind.DATA, source + ": " + message, cause);
  }

  /** The same failure with a remedy behind it that only the caller knows, such as an option. */
  public UserError advising(String remedy) {
    return new UserError(kind, getMessage() + remedy, this);
  }

  public Kind kind() {
    return kind;
  }
}
