package dev.unroll.music.abc;

import dev.unroll.data.UserError;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a line of music, token by token: its signs here, its notes by {@link SoundParser}. */
final class LineParser {
  private static final Pattern TUPLET = Pattern.compile("\\(([2-9])(?::([1-9]?)(?::([1-9]?))?)?");
  private static final Pattern INLINE = Pattern.compile("\\[([A-Za-z]):([^\\]]*)\\]");
  private static final Pattern BAR_LINE = Pattern.compile("(:*)\\[?\\|+[\\]|]*(:*)|(::+)|\\|?\\]");
  private static final Pattern ENDING =
      Pattern.compile("\\s*\\[?\\s*([1-9](?:[,-][1-9])*)(?![0-9:/])");
  private static final Pattern BROKEN = Pattern.compile("(>+|<+)");
  private static final String READ_OVER = "\\`y)*";

  private final TuneParser tune;
  private final Cursor cursor;
  private final SoundParser sounds;

  LineParser(TuneParser tune, String text) {
    this.tune = tune;
    this.cursor = new Cursor(text);
    this.sounds = new SoundParser(tune, cursor);
  }

  void read() {
    while (!cursor.isAtEnd()) {
      token(cursor.peek());
    }
    sounds.end();
  }

  private void token(char c) {
    if (Character.isWhitespace(c) || READ_OVER.indexOf(c) >= 0) {
      cursor.skip(1);
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
    } else if (c == '|' || c == ':' || c == ']' || c == '[' && cursor.peek(1) == '|') {
      barLine();
    } else if (c == '>' || c == '<') {
      broken(c == '>');
    } else if (SoundParser.isDecoration(c)) {
      cursor.skip(1);
      tune.note("decorations");
    } else {
      sounds.read(c);
    }
  }

  /** Reads what begins with a bracket and is neither a chord nor a bar line, if it is here. */
  private boolean bracket() {
    Matcher inline = cursor.take(INLINE);
    if (inline != null) {
      tune.field(inline.group(1).charAt(0), inline.group(2).strip());
      return true;
    }
    return ending();
  }

  private void broken(boolean longer) {
    Matcher signs = cursor.take(BROKEN);
    if (!tune.voice().broken(longer, signs.group().length())) {
      throw error("'%s' stands between two notes", signs.group());
    }
  }

  private void quoted() {
    String said = cursor.enclosed('"');
    if (said == null) {
      throw error("a chord symbol has no closing quote: %s", cursor.rest());
    }
    if (said.isBlank() || "^_<>@".indexOf(said.strip().charAt(0)) >= 0) {
      tune.note("annotations");
    } else {
      sounds.chordSymbol(said.strip());
    }
  }

  private void decoration(char mark) {
    if (cursor.enclosed(mark) == null) {
      cursor.skip(1); // an old sign for the end of a line
    } else {
      tune.note("decorations");
    }
  }

  private void grace() {
    if (cursor.enclosed('}') == null) {
      throw error("grace notes have no closing brace: %s", cursor.rest());
    }
    tune.note("groups of grace notes");
  }

  private void tuplet() {
    Matcher matcher = cursor.take(TUPLET);
    if (matcher == null) {
      cursor.skip(1); // a slur
      return;
    }
    int notes = Integer.parseInt(matcher.group(1));
    int inTimeOf = number(matcher.group(2), usual(notes));
    int count = number(matcher.group(3), notes);
    tune.voice().tuplet(new Fraction(inTimeOf, notes), count);
  }

  private static int number(String digits, int otherwise) {
    return digits == null || digits.isEmpty() ? otherwise : Integer.parseInt(digits);
  }

  /** In the time of how many a tuplet is played (ABC 2.1, section 4.13). */
  private int usual(int notes) {
    return switch (notes) {
      case 2, 4, 8 -> 3;
      case 3, 6 -> 2;
      default -> tune.isCompound() ? 3 : 2;
    };
  }

  /** Reads in which passes what follows is played, if that stands here. */
  private boolean ending() {
    Matcher matcher = cursor.take(ENDING);
    if (matcher == null) {
      return false;
    }
    Set<Integer> passes = new TreeSet<>();
    for (String part : matcher.group(1).split(",")) {
      int from = part.charAt(0) - '0';
      int to = part.charAt(part.length() - 1) - '0';
      for (int pass = from; pass <= to; pass++) {
        passes.add(pass);
      }
    }
    tune.voice().ending(passes);
    return true;
  }

  private void barLine() {
    Matcher matcher = cursor.take(BAR_LINE);
    if (matcher == null) {
      throw error("'%c' is no bar line", cursor.peek());
    }
    String sign = matcher.group();
    boolean both = matcher.group(3) != null;
    int ends = both ? 2 : matcher.group(1) == null ? 1 : 1 + matcher.group(1).length();
    boolean starts = both || matcher.group(2) != null && !matcher.group(2).isEmpty();
    boolean section = sign.contains("||") || sign.contains("]") || sign.contains("[");
    tune.voice().barLine(Math.min(ends, 9), starts, section);
    if (sign.endsWith("|") && cursor.peek() != ' ') {
      ending();
    }
  }

  private UserError error(String message, Object... shown) {
    return tune.error(message.formatted(shown));
  }
}
