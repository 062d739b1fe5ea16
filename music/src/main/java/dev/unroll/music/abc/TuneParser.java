package dev.unroll.music.abc;

import dev.unroll.data.UserError;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Mode;
import dev.unroll.music.score.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one tune: its fields here, its music by {@link LineParser}. */
final class TuneParser {
  private static final Pattern FIELD = Pattern.compile("([A-Za-z]):(.*)");
  private static final Pattern FRACTION = Pattern.compile("(\\d{1,4})(?:/(\\d{1,4}))?");
  private static final Pattern METRE = Pattern.compile("\\(?([\\d+ ]{1,20})\\)?/(\\d{1,3})");
  private static final Pattern KEY = Pattern.compile("\\s*([A-G][#b]?)\\s*([A-Za-z]*)(?:\\s.*)?");
  private static final Pattern TEMPO =
      Pattern.compile("(?:(\\d{1,4}/\\d{1,4})\\s*=\\s*)?(\\d{1,4}(?:\\.\\d{1,3})?)");

  private final String source;
  private final Map<String, AbcVoice> voices = new LinkedHashMap<>();
  private final Map<String, Integer> left = new TreeMap<>();
  private AbcVoice voice;
  private int line;
  private boolean inBody;
  private String title = "";
  private String style = "";
  private Fraction unit;
  private Metre metre = Metre.COMMON;
  private boolean free;
  private Key key = Key.C;
  private Integer tempo;

  TuneParser(String source) {
    this.source = source;
  }

  /** Reads a line of the tune, of which the first is {@code X:}. */
  void read(String text, int number) {
    line = number;
    if (text.startsWith("%")) {
      return;
    }
    Matcher field = FIELD.matcher(text);
    if (field.matches()) {
      field(field.group(1).charAt(0), withoutComment(field.group(2)).strip());
    } else if (!text.isBlank()) {
      if (!inBody) {
        throw error("music before the field K:, which ends the head of a tune; add it");
      }
      new LineParser(this, withoutComment(text)).read();
    }
  }

  private static String withoutComment(String text) {
    int comment = text.indexOf('%');
    while (comment > 0 && text.charAt(comment - 1) == '\\') {
      comment = text.indexOf('%', comment + 1);
    }
    return comment < 0 ? text : text.substring(0, comment);
  }

  /** A field on a line of its own, or within music. */
  void field(char name, String value) {
    switch (name) {
      case 'T' -> title = title.isEmpty() ? value : title;
      case 'R' -> style = value.toLowerCase(Locale.ROOT);
      case 'M' -> metre(value);
      case 'L' -> unit(value);
      case 'Q' -> tempo(value);
      case 'K' -> key(value);
      case 'V' -> voice(value);
      case 'm', 'U', 's' -> note("macros and symbol lines");
      case 'w', 'W' -> note("words");
      default -> {} // of who wrote it and where it was found
    }
  }

  private void metre(String value) {
    free = value.equals("none");
    if (value.equals("C") || value.equals("C|")) {
      metre = value.equals("C") ? Metre.COMMON : new Metre(2, 2);
    } else if (!free) {
      Matcher matcher = METRE.matcher(value);
      int beats = 0;
      if (matcher.matches()) {
        for (String part : matcher.group(1).split("\\+")) {
          beats += part.isBlank() ? 0 : number(part.strip().replaceAll("\\D.*", ""));
        }
      }
      if (beats == 0 || !Metre.valid(beats, Integer.parseInt(matcher.group(2)))) {
        throw error("M: wants a metre such as 6/8, C, C| or none, got '" + value + "'");
      }
      metre = new Metre(beats, Integer.parseInt(matcher.group(2)));
    }
    if (inBody) {
      voice().change(free ? null : metre);
    }
  }

  private static int number(String digits) {
    return digits.isEmpty() || digits.length() > 3 ? 0 : Integer.parseInt(digits);
  }

  private void unit(String value) {
    Matcher matcher = FRACTION.matcher(value);
    if (!matcher.matches() || number(matcher.group(1)) == 0 || "0".equals(matcher.group(2))) {
      throw error("L: wants the length of a note such as 1/8, got '" + value + "'");
    }
    unit = fraction(matcher.group(1), matcher.group(2));
    if (inBody) {
      voice().unit = unit;
    }
  }

  /** A fraction of digits; 1 where there are none. */
  Fraction fraction(String over, String under) {
    try {
      return new Fraction(
          over == null || over.isEmpty() ? 1 : Long.parseLong(over),
          under == null || under.isEmpty() ? 1 : Long.parseLong(under));
    } catch (ArithmeticException | NumberFormatException e) {
      throw error("no note is %s/%s long".formatted(over, under));
    }
  }

  private void tempo(String value) {
    Matcher matcher = TEMPO.matcher(value.replaceAll("\"[^\"]*\"", "").strip());
    double perMinute = matcher.matches() ? Double.parseDouble(matcher.group(2)) : 0;
    if (perMinute <= 0) {
      note("tempos in words");
      return;
    }
    double beat = defaultUnit().over() / (double) defaultUnit().under();
    if (matcher.group(1) != null) {
      String[] parts = matcher.group(1).split("/");
      beat = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
    }
    double quarters = perMinute * beat * 4;
    if (!(quarters >= 4 && quarters <= 1000)) {
      throw error(
          "Q: is a tempo of %.0f quarter notes a minute; give one from 4 to 1000"
              .formatted(quarters));
    }
    if (inBody && tempo != null) {
      note("changes of tempo");
      return;
    }
    tempo = Score.microseconds(quarters);
  }

  private void key(String value) {
    Matcher matcher = KEY.matcher(value);
    if (value.isEmpty() || value.equals("none") || value.startsWith("clef")) {
      key = Key.C;
    } else if (value.startsWith("HP") || value.startsWith("Hp")) {
      key = new Key(2, Mode.MAJOR);
    } else if (matcher.matches()) {
      key =
          Key.of(matcher.group(1) + mode(matcher.group(2)))
              .orElseThrow(() -> error("K: names no key, got '" + value + "'"));
    } else {
      throw error("K: wants a key such as G, F#m or Ador, got '" + value + "'");
    }
    if (inBody) {
      voice().change(key);
    }
    inBody = true;
  }

  /** Only what is a mode: behind it may be a clef and other words. */
  private static String mode(String word) {
    return Key.of("C" + word).isPresent() || !word.matches("exp|clef.*|treble|bass") ? word : "";
  }

  private void voice(String value) {
    String id = value.split("\\s", 2)[0];
    if (id.isEmpty()) {
      throw error("V: wants the name of a voice");
    }
    AbcVoice named = voices.computeIfAbsent(id, AbcVoice::new);
    Matcher name = Pattern.compile("(?:name|nm)=\"([^\"]*)\"").matcher(value);
    if (name.find()) {
      named.name = name.group(1);
    }
    if (inBody) {
      voice = named;
      prepare();
    }
  }

  /** The voice that the next notes belong to. */
  AbcVoice voice() {
    if (voice == null) {
      voice =
          voices.isEmpty()
              ? voices.computeIfAbsent("1", AbcVoice::new)
              : voices.values().iterator().next();
      prepare();
    }
    return voice;
  }

  private void prepare() {
    if (voice.unit == null) {
      voice.unit = defaultUnit();
      voice.key = key;
      voice.metre = free ? null : metre;
    }
  }

  /** A 16th in metres below three quarters, and an eighth in others. */
  private Fraction defaultUnit() {
    if (unit != null) {
      return unit;
    }
    return !free && 4 * metre.beats() < 3 * metre.unit() ? new Fraction(1, 16) : new Fraction(1, 8);
  }

  /** Whether three of its units are a beat. */
  boolean isCompound() {
    return !free && metre.beats() % 3 == 0 && metre.beats() > 3;
  }

  int line() {
    return line;
  }

  /** Counts something that is read over. */
  void note(String what) {
    left.merge(what, 1, Integer::sum);
  }

  UserError error(String message) {
    return UserError.data(source, line, message);
  }

  /** The tune, at its end. */
  Tune finish(int lastLine) {
    line = lastLine;
    if (!inBody) {
      throw error("the tune has no field K:, which ends its head; add it");
    }
    List<AbcVoice> playing = new ArrayList<>();
    for (AbcVoice each : voices.values()) {
      each.end();
      if (!each.bars.isEmpty()) {
        playing.add(each);
      }
    }
    if (playing.isEmpty()) {
      throw error("the tune has no notes");
    }
    Score score = new Performance(title, style, playing, tempo, this::error).score();
    List<String> parts = new ArrayList<>();
    left.forEach((what, count) -> parts.add(count + " " + what));
    return new Tune(score, complaints(), parts);
  }

  /** What is wrong with the bars so far, each once. */
  List<String> complaints() {
    Set<String> complaints = new LinkedHashSet<>();
    for (AbcVoice each : voices.values()) {
      for (Bar bar : each.bars) {
        if (bar.complaint() != null) {
          complaints.add("%s:%d: %s".formatted(source, bar.line, bar.complaint()));
        }
      }
      if (each.isUnfinished()) {
        complaints.add("%s:%d: a tuplet or a broken rhythm has no end".formatted(source, line));
      }
    }
    return List.copyOf(complaints);
  }
}
