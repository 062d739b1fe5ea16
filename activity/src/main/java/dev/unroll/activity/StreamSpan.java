package dev.unroll.activity;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of a stream, as in {@code 2s}, {@code 500ms} or {@code 100}.
 *
 * @param length above 0
 * @param seconds whether that is seconds; else it is steps
 */
record StreamSpan(double length, boolean seconds) {
  private static final Pattern SPAN = Pattern.compile("(\\d+(?:\\.\\d+)?)(s|ms|)");
  private static final double MILLI = 1000;

  /**
   * Reads it.
   *
   * @param option what it is given for
   */
  static StreamSpan parse(String option, String text) {
    Matcher matcher = SPAN.matcher(text.strip());
    double length = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
    if (!(length > 0) || Double.isInfinite(length)) {
      throw UserError.usage(
          "%s must be seconds, milliseconds or steps above 0, such as 2s, 500ms or 100; got '%s'"
              .formatted(setting(option), text));
    }
    String unit = matcher.group(2);
    return new StreamSpan(unit.equals("ms") ? length / MILLI : length, !unit.isEmpty());
  }
}
