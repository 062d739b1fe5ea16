package dev.unroll.music.abc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a line of music, token by token. */
final class LineParser {
  private static final Pattern NOTE =
      Pattern.compile("(\\^\\^|__|\\^|_|=)?([A-Ga-g])([,']*)(\\d{0,4})(/*)(\\d{0,4})(-?)");
  private static final Pattern REST = Pattern.compile("([zxZX])(\\d{0,4})(/*)(\\d{0,4})");
  private static final Pattern LENGTH = Pattern.compile("(\\d{0,4})(/*)(\\d{0,4})(-?)");
  private static final Pattern TUPLET = Pattern.compile("\\(([2-9])(?::([1-9]?)(?::([1-9]?))?)?");
  private static final Pattern INLINE = Pattern.compile("\\[([A-Za-z]):([^\\]]*)\\]");
  private static final Pattern BAR_LINE = Pattern.compile("(:*)\\[?\\|+[\\]|]*(:*)|(::+)|\\|?\\]");
  private static final Pattern ENDING =
      Pattern.compile("\\s*\\[?\\s*([1-9](?:[,-][1-9])*)(?![0-9:/])");
  private static final Pattern BROKEN = Pattern.compile("(>+|<+)");
  private static final String DECORATIONS = "~.HLMOPSTuv";
  private static final String SCALE = "C D EF G A B";
  private static final int OCTAVE = 12;
  private static final int MIDDLE_C = 60;
  private static final int MOST_OCTAVES = 8;

  private final TuneParser tune;
  private final String text;
  private int at;
  private String chord = "";

  LineParser(TuneParser tune, String text) {
    this.tune = tune;
    this.text = text;
  }

  void read() {
    while (at < text.length()) {
      token(text.charAt(at));
    }
    if (!chord.isEmpty()) {
      tune.note("chord symbols without a note");
    }
  }

  private void token(char c) {
    if (Character.isWhitespace(c) || c == '\\' || c == '`' || c == 'y' || c == ')' || c == '*') {
      at++;
    } else if (c == '"') {
      quoted();
    } else if (c == '!' || c == '+') {
      decoration(c);
    } else if (c == '{') {
      grace();
    } else if (c == '(') {
      tuplet();
    } else if (c == '[' && bracket()) {
      return;
    } else if (c == '|' || c == ':' || c == ']' || c == '[' && peek(1) == '|') {
      barLine();
    } else if (c == '[') {
      chord();
    } else if (c == '>' || c == '<') {
      Matcher broken = matches(BROKEN);
      at = broken.end();
      if (!tune.voice().broken(c == '>', broken.end() - broken.start())) {
        throw error("'%s' stands between two notes", broken.group());
      }
    } else if (c == '-') {
      at++;
      tie();
    } else if ("zxZX".indexOf(c) >= 0) {
      rest();
    } else if (DECORATIONS.indexOf(c) >= 0) {
      at++;
      tune.note("decorations");
    } else {
      note();
    }
  }

  /** Reads what begins with a bracket and is neither a chord nor a bar line, if it is here. */
  private boolean bracket() {
    Matcher inline = matches(INLINE);
    Matcher ending = matches(ENDING);
    if (inline != null) {
      at = inline.end();
      tune.field(inline.group(1).charAt(0), inline.group(2).strip());
    } else if (ending != null) {
      ending(ending);
    }
    return inline != null || ending != null;
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  /** What a pattern finds here; null if that is nothing. */
  private Matcher matches(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    return matcher.lookingAt() ? matcher : null;
  }

  private void quoted() {
    int end = text.indexOf('"', at + 1);
    if (end < 0) {
      throw error("a chord symbol has no closing quote: %s", text.substring(at));
    }
    String said = text.substring(at + 1, end).strip();
    at = end + 1;
    if (said.isEmpty() || "^_<>@".indexOf(said.charAt(0)) >= 0) {
      tune.note("annotations");
    } else {
      chord = said;
    }
  }

  private void decoration(char mark) {
    int end = text.indexOf(mark, at + 1);
    if (end < 0) {
      at++; // an old sign for the end of a line
    } else {
      at = end + 1;
      tune.note("decorations");
    }
  }

  private void grace() {
    int end = text.indexOf('}', at);
    if (end < 0) {
      throw error("grace notes have no closing brace: %s", text.substring(at));
    }
    at = end + 1;
    tune.note("groups of grace notes");
  }

  private void tuplet() {
    Matcher matcher = matches(TUPLET);
    if (matcher == null) {
      at++; // a slur
      return;
    }
    at = matcher.end();
    int notes = Integer.parseInt(matcher.group(1));
    int inTimeOf =
        matcher.group(2) == null || matcher.group(2).isEmpty()
            ? usual(notes)
            : Integer.parseInt(matcher.group(2));
    int count =
        matcher.group(3) == null || matcher.group(3).isEmpty()
            ? notes
            : Integer.parseInt(matcher.group(3));
    tune.voice().tuplet(new Fraction(inTimeOf, notes), count);
  }

  /** In the time of how many a tuplet is played (ABC 2.1, section 4.13). */
  private int usual(int notes) {
    return switch (notes) {
      case 2, 4, 8 -> 3;
      case 3, 6 -> 2;
      default -> tune.isCompound() ? 3 : 2;
    };
  }

  private void ending(Matcher matcher) {
    at = matcher.end();
    Set<Integer> passes = new TreeSet<>();
    for (String part : matcher.group(1).split(",")) {
      int from = part.charAt(0) - '0';
      int to = part.charAt(part.length() - 1) - '0';
      for (int pass = from; pass <= to; pass++) {
        passes.add(pass);
      }
    }
    tune.voice().ending(passes);
  }

  private void barLine() {
    Matcher matcher = matches(BAR_LINE);
    if (matcher == null) {
      throw error("'%c' is no bar line", text.charAt(at));
    }
    at = matcher.end();
    String sign = matcher.group();
    boolean both = matcher.group(3) != null;
    int ends = both ? 2 : matcher.group(1) == null ? 1 : 1 + matcher.group(1).length();
    boolean starts = both || matcher.group(2) != null && !matcher.group(2).isEmpty();
    boolean section = sign.contains("||") || sign.contains("]") || sign.contains("[");
    tune.voice().barLine(Math.min(ends, 9), starts, section);
    Matcher ending = sign.endsWith("|") ? matches(ENDING) : null;
    if (ending != null && !ending.group().startsWith(" ")) {
      ending(ending);
    }
  }

  private void tie() {
    Sound last = tune.voice().last();
    if (last == null) {
      throw error("a tie stands behind a note, and there is none before it in this bar%s", "");
    }
    last.tieAll();
  }

  private void rest() {
    Matcher matcher = matches(REST);
    at = matcher.end();
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
    Matcher matcher = matches(NOTE);
    if (matcher == null) {
      throw error("'%s' is no ABC", text.substring(at, text.offsetByCodePoints(at, 1)));
    }
    at = matcher.end();
    AbcVoice voice = tune.voice();
    int pitch = pitch(matcher, voice);
    boolean tied = !matcher.group(7).isEmpty();
    add(new int[] {pitch}, new boolean[] {tied}, length(matcher, 4).times(voice.unit), voice);
  }

  /** Notes in brackets; the length of the first is that of the chord. */
  private void chord() {
    int began = at++;
    AbcVoice voice = tune.voice();
    Map<Integer, Boolean> notes = new HashMap<>();
    List<Integer> order = new ArrayList<>();
    Fraction length = null;
    while (peek(0) != ']') {
      if (Character.isWhitespace(peek(0))
          || DECORATIONS.indexOf(peek(0)) >= 0 && at < text.length()) {
        at++;
        continue;
      }
      Matcher matcher = at < text.length() ? matches(NOTE) : null;
      if (matcher == null) {
        throw error("a chord is notes in brackets: %s", text.substring(began));
      }
      at = matcher.end();
      int pitch = pitch(matcher, voice);
      if (notes.put(pitch, !matcher.group(7).isEmpty()) == null) {
        order.add(pitch);
      }
      length = length == null ? length(matcher, 4) : length;
    }
    at++;
    if (length == null) {
      throw error("a chord has no notes%s", "");
    }
    Matcher behind = matches(LENGTH);
    at = behind.end();
    boolean all = !behind.group(4).isEmpty();
    boolean[] tied = new boolean[order.size()];
    for (int i = 0; i < tied.length; i++) {
      tied[i] = all || notes.get(order.get(i));
    }
    int[] pitches = order.stream().mapToInt(Integer::intValue).toArray();
    add(pitches, tied, length.times(length(behind, 1)).times(voice.unit), voice);
  }

  private void add(int[] pitches, boolean[] tied, Fraction length, AbcVoice voice) {
    if (length.over() == 0) {
      throw error("a note has no length%s", "");
    }
    voice.add(new Sound(pitches, tied, length, chord), tune.line());
    chord = "";
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
    int pitch = MIDDLE_C + OCTAVE * octave + SCALE.indexOf(letter) + alteration;
    if (pitch < 0 || pitch > 127) {
      throw error("no instrument plays %s", note.group());
    }
    return pitch;
  }

  /** A length as a multiple of the unit: {@code 3}, {@code 3/2}, {@code /}, {@code //}. */
  private Fraction length(Matcher matcher, int group) {
    String slashes = matcher.group(group + 1);
    String under = matcher.group(group + 2);
    if (slashes.isEmpty() && !under.isEmpty()) {
      throw error("no length: %s", matcher.group());
    }
    if (slashes.length() > 6 || slashes.length() > 1 && !under.isEmpty()) {
      throw error("no length: %s", matcher.group());
    }
    if (slashes.length() > 0 && under.isEmpty()) {
      under = String.valueOf(1 << slashes.length());
    }
    if ("0".equals(under) || under.matches("0+") && !under.isEmpty()) {
      throw error("no length: %s", matcher.group());
    }
    return tune.fraction(matcher.group(group), under);
  }

  private RuntimeException error(String message, Object shown) {
    return tune.error(message.formatted(shown));
  }
}
