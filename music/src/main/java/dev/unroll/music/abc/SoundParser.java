package dev.unroll.music.abc;

import static dev.unroll.music.score.PitchClass.OCTAVE;

import dev.unroll.data.UserError;
import dev.unroll.music.score.PitchClass;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads notes, chords, rests and ties within a line of music. */
final class SoundParser {
  private static final Pattern NOTE =
      Pattern.compile("(\\^\\^|__|\\^|_|=)?([A-Ga-g])([,']*)(\\d{0,4})(/*)(\\d{0,4})(-?)");
  private static final Pattern REST = Pattern.compile("([zxZX])(\\d{0,4})(/*)(\\d{0,4})");
  private static final Pattern LENGTH = Pattern.compile("(\\d{0,4})(/*)(\\d{0,4})(-?)");
  private static final String DECORATIONS = "~.HLMOPSTuv";
  private static final int MIDDLE_C = 60;
  private static final int MOST_OCTAVES = 8;
  private static final int MOST_HALVINGS = 6;

  private final TuneParser tune;
  private final Cursor cursor;
  private String chordSymbol = "";

  SoundParser(TuneParser tune, Cursor cursor) {
    this.tune = tune;
    this.cursor = cursor;
  }

  /** Whether a sign says how a note is played, which no score holds. */
  static boolean isDecoration(char c) {
    return DECORATIONS.indexOf(c) >= 0;
  }

  /** A chord symbol that stands above the sound to come. */
  void chordSymbol(String name) {
    chordSymbol = name;
  }

  /** Reads what begins here with {@code c}. */
  void read(char c) {
    if (c == '[') {
      chord();
    } else if (c == '-') {
      tie();
    } else if ("zxZX".indexOf(c) >= 0) {
      rest();
    } else {
      note();
    }
  }

  /** The end of the line. */
  void end() {
    if (!chordSymbol.isEmpty()) {
      tune.note("chord symbols without a note");
    }
  }

  private void tie() {
    Sound last = tune.voice().last();
    if (last == null) {
      throw error("a tie stands behind a note, and there is none before it in this bar");
    }
    cursor.skip(1);
    last.tieAll();
  }

  private void rest() {
    Matcher matcher = cursor.take(REST);
    AbcVoice voice = tune.voice();
    boolean bars = Character.isUpperCase(matcher.group(1).charAt(0));
    if (!bars) {
      add(new int[0], new boolean[0], length(matcher, 2).times(voice.unit), voice);
      return;
    }
    int count = matcher.group(2).isEmpty() ? 1 : Integer.parseInt(matcher.group(2));
    if (voice.metre == null || count < 1 || count > 100) {
      throw error("%s rests for bars, which want a metre and be from 1 to 100", matcher.group());
    }
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        voice.barLine(1, false, false);
      }
      Fraction bar = new Fraction(voice.metre.beats(), voice.metre.unit());
      add(new int[0], new boolean[0], bar, voice);
    }
  }

  private void note() {
    Matcher matcher = cursor.take(NOTE);
    if (matcher == null) {
      throw error("'%s' is no ABC", Character.toString(cursor.rest().codePointAt(0)));
    }
    AbcVoice voice = tune.voice();
    int pitch = pitch(matcher, voice);
    add(
        new int[] {pitch},
        new boolean[] {isTied(matcher)},
        length(matcher, 4).times(voice.unit),
        voice);
  }

  private static boolean isTied(Matcher note) {
    return !note.group(7).isEmpty();
  }

  /** Notes in brackets; the length of the first is that of the chord. */
  private void chord() {
    String written = cursor.rest();
    cursor.skip(1);
    AbcVoice voice = tune.voice();
    Map<Integer, Boolean> notes = new LinkedHashMap<>(); // whether each is tied
    Fraction length = null;
    while (cursor.peek() != ']') {
      if (Character.isWhitespace(cursor.peek()) || isDecoration(cursor.peek())) {
        cursor.skip(1);
        continue;
      }
      Matcher matcher = cursor.take(NOTE);
      if (matcher == null) {
        throw error("a chord is notes in brackets: %s", written);
      }
      notes.put(pitch(matcher, voice), isTied(matcher));
      length = length == null ? length(matcher, 4) : length;
    }
    cursor.skip(1);
    if (length == null) {
      throw error("a chord has no notes");
    }
    Matcher behind = cursor.take(LENGTH);
    boolean all = !behind.group(4).isEmpty();
    int[] pitches = notes.keySet().stream().mapToInt(Integer::intValue).toArray();
    boolean[] tied = new boolean[pitches.length];
    for (int i = 0; i < tied.length; i++) {
      tied[i] = all || notes.get(pitches[i]);
    }
    add(pitches, tied, length.times(length(behind, 1)).times(voice.unit), voice);
  }

  private void add(int[] pitches, boolean[] tied, Fraction length, AbcVoice voice) {
    if (length.over() == 0) {
      throw error("a note has no length");
    }
    voice.add(new Sound(pitches, tied, length, chordSymbol), tune.line());
    chordSymbol = "";
  }

  private int pitch(Matcher note, AbcVoice voice) {
    char written = note.group(2).charAt(0);
    char letter = Character.toUpperCase(written);
    String octaves = note.group(3);
    if (octaves.length() > MOST_OCTAVES) {
      throw error("no instrument plays %s", note.group());
    }
    int octave = Character.isLowerCase(written) ? 1 : 0;
    octave += (int) octaves.chars().filter(c -> c == '\'').count();
    octave -= (int) octaves.chars().filter(c -> c == ',').count();
    String accidental = note.group(1);
    int alteration =
        accidental == null
            ? voice.alteration(letter)
            : switch (accidental) {
              case "^^" -> 2;
              case "^" -> 1;
              case "_" -> -1;
              case "__" -> -2;
              default -> 0;
            };
    if (accidental != null) {
      voice.accidental(letter, alteration);
    }
    int pitch = MIDDLE_C + OCTAVE * octave + PitchClass.of(letter) + alteration;
    if (pitch < 0 || pitch > 127) {
      throw error("no instrument plays %s", note.group());
    }
    return pitch;
  }

  /** A length as a multiple of the unit: {@code 3}, {@code 3/2}, {@code /}, {@code //}. */
  private Fraction length(Matcher matcher, int group) {
    String over = matcher.group(group);
    String slashes = matcher.group(group + 1);
    String under = matcher.group(group + 2);
    boolean written =
        under.isEmpty()
            ? slashes.length() <= MOST_HALVINGS
            : slashes.length() == 1 && !under.matches("0+");
    if (!written) {
      throw error("no length: %s", matcher.group());
    }
    return tune.values()
        .fraction(over, under.isEmpty() ? String.valueOf(1 << slashes.length()) : under);
  }

  private UserError error(String message, Object... shown) {
    return tune.error(message.formatted(shown));
  }
}
