package dev.unroll.music.abc;

import dev.unroll.data.UserError;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Mode;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the fields of a tune say: metre, length of a note, tempo, key. */
final class FieldValues {
  private static final Pattern FRACTION = Pattern.compile("(\\d{1,4})(?:/(\\d{1,4}))?");
  private static final Pattern METRE = Pattern.compile("\\(?([\\d+ ]{1,20})\\)?/(\\d{1,3})");
  private static final Pattern KEY = Pattern.compile("\\s*([A-G][#b]?)\\s*([A-Za-z]*)(?:\\s.*)?");
  private static final Pattern TEMPO =
      Pattern.compile("(?:(\\d{1,4}/\\d{1,4})\\s*=\\s*)?(\\d{1,4}(?:\\.\\d{1,3})?)");

  private final Function<String, UserError> error;

  /**
   * @param error makes an exception of what is wrong with a value
   */
  FieldValues(Function<String, UserError> error) {
    this.error = error;
  }

  /** The metre of a field M: that names one, such as {@code 6/8}, {@code 2+3/8} or {@code C|}. */
  Metre metre(String value) {
    if (value.equals("C")) {
      return Metre.COMMON;
    }
    if (value.equals("C|")) {
      return new Metre(2, 2);
    }
    Matcher matcher = METRE.matcher(value);
    int beats = 0;
    if (matcher.matches()) {
      for (String part : matcher.group(1).split("\\+")) {
        beats += part.isBlank() ? 0 : number(part.strip().replaceAll("\\D.*", ""));
      }
    }
    if (beats == 0 || !Metre.valid(beats, Integer.parseInt(matcher.group(2)))) {
      throw error.apply("M: wants a metre such as 6/8, C, C| or none, got '" + value + "'");
    }
    return new Metre(beats, Integer.parseInt(matcher.group(2)));
  }

  private static int number(String digits) {
    return digits.isEmpty() || digits.length() > 3 ? 0 : Integer.parseInt(digits);
  }

  /** The length of a field L:, in whole notes. */
  Fraction unit(String value) {
    Matcher matcher = FRACTION.matcher(value);
    if (!matcher.matches()
        || number(matcher.group(1)) == 0
        || matcher.group(2) != null && matcher.group(2).matches("0+")) {
      throw error.apply("L: wants the length of a note such as 1/8, got '" + value + "'");
    }
    return fraction(matcher.group(1), matcher.group(2));
  }

  /** A fraction of digits; 1 where there are none. */
  Fraction fraction(String over, String under) {
    try {
      return new Fraction(
          over == null || over.isEmpty() ? 1 : Long.parseLong(over),
          under == null || under.isEmpty() ? 1 : Long.parseLong(under));
    } catch (ArithmeticException | NumberFormatException e) {
      throw error.apply("no note is %s/%s long".formatted(over, under));
    }
  }

  /**
   * The tempo of a field Q:, in quarter notes a minute; 0 if it says one in words only.
   *
   * @param unit what is counted where the field does not say, in whole notes
   */
  double tempo(String value, Fraction unit) {
    Matcher matcher = TEMPO.matcher(value.replaceAll("\"[^\"]*\"", "").strip());
    double perMinute = matcher.matches() ? Double.parseDouble(matcher.group(2)) : 0;
    if (perMinute <= 0) {
      return 0;
    }
    double beat = unit.over() / (double) unit.under();
    if (matcher.group(1) != null) {
      String[] parts = matcher.group(1).split("/");
      beat = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
    }
    double quarters = perMinute * beat * 4;
    if (!(quarters >= 4 && quarters <= 1000)) {
      throw error.apply(
          "Q: is a tempo of %.0f quarter notes a minute; give one from 4 to 1000"
              .formatted(quarters));
    }
    return quarters;
  }

  /** The key of a field K:; C where it names none, as for a clef alone. */
  Key key(String value) {
    Matcher matcher = KEY.matcher(value);
    if (value.isEmpty() || value.equals("none") || value.startsWith("clef")) {
      return Key.C;
    }
    if (value.startsWith("HP") || value.startsWith("Hp")) {
      return new Key(2, Mode.MAJOR); // the pipes of the Highlands
    }
    if (!matcher.matches()) {
      throw error.apply("K: wants a key such as G, F#m or Ador, got '" + value + "'");
    }
    return Key.of(matcher.group(1) + mode(matcher.group(2)))
        .orElseThrow(() -> error.apply("K: names no key, got '" + value + "'"));
  }

  /** Only what is a mode: behind it may be a clef and other words. */
  private static String mode(String word) {
    return Key.of("C" + word).isPresent() || !word.matches("exp|clef.*|treble|bass") ? word : "";
  }
}
