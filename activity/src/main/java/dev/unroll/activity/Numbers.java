package dev.unroll.activity;

import dev.unroll.data.LineReader;
import java.util.Locale;
import java.util.Set;

/** Reads what was measured. */
final class Numbers {
  private static final Set<String> MISSING = Set.of("", "?", "nan", "na", "null", "none");

  private Numbers() {}

  /**
   * A value, or {@code NaN} for a missing one.
   *
   * @param lines where it was just read from, for messages
   * @param where it stands on the line
   */
  static float value(LineReader lines, String text, String where) {
    String stripped = text.strip();
    if (MISSING.contains(stripped.toLowerCase(Locale.ROOT))) {
      return Float.NaN;
    }
    try {
      float value = Float.parseFloat(stripped);
      if (!Float.isInfinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw lines.error(
        "%s must be a finite number, or ? for a missing one, got '%s'; mend the line"
            .formatted(where, stripped));
  }

  static boolean allMissing(float[] step) {
    for (float value : step) {
      if (!Float.isNaN(value)) {
        return false;
      }
    }
    return true;
  }
}
