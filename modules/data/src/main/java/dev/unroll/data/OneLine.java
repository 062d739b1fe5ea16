package dev.unroll.data;

/**
 * A message as one line that a person reads at a glance, whatever was put into it: what a message
 * quotes comes from files and command lines, and may hold line breaks or a megabyte.
 */
public final class OneLine {
  /** Longest message, in UTF-16 characters; the longest that the program writes itself has 400. */
  public static final int MOST = 800;

  /** Kept of the end, where the remedy stands; the beginning has file and line. */
  private static final int TAIL = 300;

  private static final String LEFT_OUT = " […] ";
  private static final int HEAD = MOST - TAIL - LEFT_OUT.length();

  private OneLine() {}

  /**
   * The message with control characters and other line breaks as escapes of Java ({@code \n}, and
   * {@code \}{@code u001B} for what has none of its own), and without its middle if it is longer
   * than {@link #MOST}.
   */
  public static String of(String message) {
    // Cut first, for an escape is longer than what it stands for and must not be cut in two.
    String shown = escape(cut(message));
    int longest = "\\u001B".length();
    return shown.length() <= MOST ? shown : escape(cut(message, HEAD / longest, TAIL / longest));
  }

  private static String cut(String message) {
    return message.length() <= MOST ? message : cut(message, HEAD, TAIL);
  }

  private static String cut(String message, int head, int tail) {
    int end = head;
    int begin = message.length() - tail;
    // No cut goes through a pair of surrogates.
    end -= Character.isLowSurrogate(message.charAt(end)) ? 1 : 0;
    begin += Character.isLowSurrogate(message.charAt(begin)) ? 1 : 0;
    return message.substring(0, end) + LEFT_OUT + message.substring(begin);
  }

  private static String escape(String message) {
    if (message.chars().noneMatch(OneLine::breaks)) {
      return message;
    }
    StringBuilder line = new StringBuilder();
    message
        .chars()
        .forEach(
            c -> {
              if (breaks(c)) {
                line.append(escape(c));
              } else {
                line.append((char) c);
              }
            });
    return line.toString();
  }

  private static boolean breaks(int c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format("\\u%04X", c);
    };
  }
}
