package dev.unroll.data;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A failure that the user can fix: one line that gives the rule, the offending value and the
 * remedy. The message is made {@link OneLine one line}, of bounded length, whatever the value.
 *
 * <p>Libraries throw it; only the command line turns it into an exit code. It is unchecked because
 * no caller but the outermost can do anything about it.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it was. */
  public enum Kind {
    /** The run failed: a full disk, a diverged training. */
    FAILED,
    /** The call was wrong: an option out of range, two that exclude each other. */
    USAGE,
    /** The data or the model was bad. */
    DATA
  }

  private static final char MARK = '\uE000'; // of private use: no text has it by chance
  private static final Pattern SETTING = Pattern.compile(MARK + "([a-z][a-z0-9-]*)");

  private final Kind kind;

  private UserError(Kind kind, String message, Throwable cause) {
    super(OneLine.of(message), cause);
    this.kind = kind;
  }

  /**
   * The name of a setting within a message, such as {@code top-k}. Callers of a library read it as
   * it is; the command line makes an option of it.
   */
  public static String setting(String name) {
    return MARK + name;
  }

  /** The message with the names of settings as they are. */
  @Override
  public String getMessage() {
    return message(name -> name);
  }

  /**
   * The message for who knows the settings by other names.
   *
   * @param naming how a setting is to be called, such as {@code --top-k} for {@code top-k}
   */
  public String message(UnaryOperator<String> naming) {
    return SETTING
        .matcher(super.getMessage())
        .replaceAll(match -> Matcher.quoteReplacement(naming.apply(match.group(1))));
  }

  /** The run failed, though the call and the data were right. */
  public static UserError failed(String message, Throwable cause) {
    return new UserError(Kind.FAILED, message, cause);
  }

  /** The call was wrong. */
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
  public static UserError data(Object source, String message, Throwable cause) {
    return new UserError(Kind.DATA, source + ": " + message, cause);
  }

  /** The same failure with a remedy behind it that only the caller knows, such as an option. */
  public UserError advising(String remedy) {
    return new UserError(kind, super.getMessage() + remedy, this);
  }

  /** What kind of failure it was. */
  public Kind kind() {
    return kind;
  }
}
