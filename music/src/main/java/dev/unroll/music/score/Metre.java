package dev.unroll.music.score;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metre.
 *
 * @param beats of a bar, from 1 to 64
 * @param unit what a beat is, as a part of a whole note: a power of 2 up to 64
 */
public record Metre(int beats, int unit) {
  /** Four quarters. */
  public static final Metre COMMON = new Metre(4, 4);

  private static final int MOST = 64;
  private static final Pattern NAME = Pattern.compile("(\\d{1,2})/(\\d{1,2})");

  /** Refuses what cannot be counted. */
  public Metre {
    if (!valid(beats, unit)) {
      throw new IllegalArgumentException(beats + "/" + unit + " as a metre");
    }
  }

  /** Whether there is such a metre. */
  public static boolean valid(int beats, int unit) {
    return beats >= 1 && beats <= MOST && unit >= 1 && unit <= MOST && Integer.bitCount(unit) == 1;
  }

  /**
   * The metre of a name such as {@code 6/8}.
   *
   * @throws UserError if it names none
   */
  public static Metre parse(String name) {
    Matcher matcher = NAME.matcher(name.strip());
    if (matcher.matches()) {
      int beats = Integer.parseInt(matcher.group(1));
      int unit = Integer.parseInt(matcher.group(2));
      if (valid(beats, unit)) {
        return new Metre(beats, unit);
      }
    }
    throw UserError.usage(setting("metre") + " must be such as 4/4 or 6/8, got '" + name + "'");
  }

  /** The length of a bar in ticks. */
  public int bar() {
    return 4 * Score.QUARTER * beats / unit;
  }

  @Override
  public String toString() {
    return beats + "/" + unit;
  }
}
