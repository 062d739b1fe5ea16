package dev.unroll.music.abc;

import dev.unroll.data.UserError;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one tune: what its fields change here, what they say by {@link FieldValues}, its music by
 * {@link LineParser}.
 */
final class TuneParser {
  private static final Pattern FIELD = Pattern.compile("([A-Za-z]):(.*)");
  private static final Pattern VOICE_NAME = Pattern.compile("(?:name|nm)=\"([^\"]*)\"");

  private final String source;
  private final FieldValues values = new FieldValues(this::error);
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
    if (!free) {
      metre = values.metre(value);
    }
    if (inBody) {
      voice().change(free ? null : metre);
    }
  }

  private void unit(String value) {
    unit = values.unit(value);
    if (inBody) {
      voice().unit = unit;
    }
  }

  private void tempo(String value) {
    double quarters = values.tempo(value, defaultUnit());
    if (quarters == 0) {
      note("tempos in words");
    } else if (inBody && tempo != null) {
      note("changes of tempo");
    } else {
      tempo = Score.microseconds(quarters);
    }
  }

  private void key(String value) {
    key = values.key(value);
    if (inBody) {
      voice().change(key);
    }
    inBody = true;
  }

  private void voice(String value) {
    String id = value.split("\\s", 2)[0];
    if (id.isEmpty()) {
      throw error("V: wants the name of a voice");
    }
    AbcVoice named = voices.computeIfAbsent(id, unknown -> new AbcVoice());
    Matcher name = VOICE_NAME.matcher(value);
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
              ? voices.computeIfAbsent("1", unknown -> new AbcVoice())
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

  /** Reads what is written as numbers. */
  FieldValues values() {
    return values;
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
    List<String> complaints = complaints().stream().map(UserError::getMessage).toList();
    return new Tune(score, complaints, parts);
  }

  /** How many whole bars the bars of the longest voice come to, without its upbeat. */
  int wholeBars() {
    double most = 0;
    for (AbcVoice voice : voices.values()) {
      double[] shares = voice.bars.stream().mapToDouble(Bar::share).filter(s -> s > 0).toArray();
      boolean upbeat = shares.length > 0 && shares[0] < 1;
      most = Math.max(most, Arrays.stream(shares).skip(upbeat ? 1 : 0).sum());
    }
    return (int) (most + 1e-9); // of shares such as thirds
  }

  /** What is wrong with the bars so far, each once. */
  List<UserError> complaints() {
    Map<String, UserError> complaints = new LinkedHashMap<>();
    for (AbcVoice each : voices.values()) {
      for (Bar bar : each.bars) {
        if (bar.complaint() != null) {
          add(complaints, UserError.data(source, bar.line, bar.complaint()));
        }
      }
      if (each.isUnfinished()) {
        add(complaints, error("a tuplet or a broken rhythm has no end"));
      }
    }
    return List.copyOf(complaints.values());
  }

  private static void add(Map<String, UserError> complaints, UserError complaint) {
    complaints.putIfAbsent(complaint.getMessage(), complaint);
  }
}
