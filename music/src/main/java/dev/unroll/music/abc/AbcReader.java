package dev.unroll.music.abc;

import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Reads tunes in ABC. What it cannot read is refused with file and line: unknown signs, notes that
 * no instrument plays, a bar that does not add up to its metre. A bar may be shorter where a tune,
 * a section or a repeat begins or ends, for there are pickups; never longer.
 *
 * <p>Read over, and said in {@link Tune#left}, is what no score here holds: decorations, grace
 * notes, words, annotations. Overlaid voices ({@code &}) are refused.
 */
public final class AbcReader {
  private final String source;
  private final boolean strict;

  /**
   * A reader that refuses bars that do not add up.
   *
   * @param source as messages call it
   */
  public AbcReader(String source) {
    this(source, true);
  }

  /**
   * A reader.
   *
   * @param strict whether a bar that does not add up is an error; otherwise it is a complaint
   */
  public AbcReader(String source, boolean strict) {
    this.source = source;
    this.strict = strict;
  }

  /** Whether text looks like ABC: a field {@code X:} before any music. */
  public static boolean isAbc(String text) {
    return text.lines().limit(1000).anyMatch(line -> line.strip().startsWith("X:"));
  }

  /**
   * The one tune of a text.
   *
   * @throws UserError if there is none, or several, or it cannot be read
   */
  public Tune tune(String text) {
    List<Tune> tunes = new ArrayList<>();
    tunes(
        text,
        (tune, written) -> tunes.add(tune),
        broken -> {
          throw broken;
        });
    if (tunes.size() != 1) {
      throw UserError.data(source, "one tune is wanted, found " + tunes.size());
    }
    return tunes.get(0);
  }

  /**
   * What is wrong with the bars of a tune that goes on: it ends with a bar line, behind which more
   * is to come.
   *
   * @return empty if all bars add up
   * @throws UserError if it cannot be read
   */
  public List<String> complaints(String begun) {
    return begun(begun).complaints().stream().map(UserError::getMessage).toList();
  }

  /**
   * How many whole bars such a tune comes to, without an upbeat; what is repeated counts once.
   *
   * @throws UserError if it cannot be read
   */
  public int wholeBars(String begun) {
    return begun(begun).wholeBars();
  }

  private TuneParser begun(String begun) {
    TuneParser parser = new TuneParser(source);
    List<String> lines = begun.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      parser.read(lines.get(i), i + 1);
    }
    return parser;
  }

  /**
   * All tunes of a text. A broken one does not cost the others.
   *
   * @param found is given each tune and the lines that it was written in
   * @param broken is told why one cannot be read
   */
  public void tunes(String text, BiConsumer<Tune, List<String>> found, Consumer<UserError> broken) {
    List<String> lines = text.lines().toList();
    int begin = -1;
    for (int i = 0; i <= lines.size(); i++) {
      if (i == lines.size() || lines.get(i).startsWith("X:")) {
        if (begin >= 0) {
          one(lines, begin, i, found, broken);
        }
        begin = i;
      }
    }
  }

  private void one(
      List<String> lines,
      int begin,
      int end,
      BiConsumer<Tune, List<String>> found,
      Consumer<UserError> broken) {
    Tune tune;
    int line = begin;
    try {
      TuneParser parser = new TuneParser(source);
      for (; line < end && !isOver(lines, begin, line); line++) {
        parser.read(lines.get(line), line + 1);
      }
      tune = parser.finish(line);
      if (strict && !tune.complaints().isEmpty()) {
        throw parser.complaints().get(0);
      }
    } catch (UserError e) {
      broken.accept(e);
      return;
    } catch (ArithmeticException e) {
      broken.accept(UserError.data(source, line + 1, "no note is so long or so short"));
      return;
    }
    found.accept(tune, lines.subList(begin, line));
  }

  /** A tune ends at an empty line, and a file may have text between tunes. */
  private static boolean isOver(List<String> lines, int begin, int line) {
    return line > begin && lines.get(line).isBlank();
  }
}
