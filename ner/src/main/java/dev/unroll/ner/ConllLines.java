package dev.unroll.ner;

import dev.unroll.data.LineReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads sentences in {@link TagFormat#CONLL columns}, one at a time. */
final class ConllLines {
  private static final String DOCUMENT = "-DOCSTART-";

  /**
   * What an empty word between tabs is read as: real corpora have some, left by programs that drop
   * characters they do not know, and their tags count like others.
   */
  private static final String LOST = "\uFFFD";

  /** Other white space may be a word. */
  private static final Pattern OUTER_SPACE = Pattern.compile("^[ \t]+|[ \t]+$");

  private static final Logger LOG = LoggerFactory.getLogger(ConllLines.class);

  private final LineReader lines;
  private final boolean tagged;

  /** Decided by the first line with words on it. */
  private String separator;

  private int columns;
  private boolean lost;

  /**
   * A sentence and the lines that it stood on.
   *
   * @param sentence without words for a line that marks the beginning of a document
   */
  record Block(List<String> lines, String separator, TaggedSentence sentence) {}

  /**
   * Begins to read.
   *
   * @param tagged whether the last column is the tag; otherwise there may be one column only
   */
  ConllLines(LineReader lines, boolean tagged) {
    this.lines = lines;
    this.tagged = tagged;
  }

  /** The next sentence, or null after the last. */
  Block next() {
    List<String> block = new ArrayList<>();
    List<String> words = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    while (lines.peek() != null && !(lines.peek().isBlank() && !words.isEmpty())) {
      if (isDocument(lines.peek()) && !words.isEmpty()) {
        break;
      }
      String line = lines.next();
      if (line.isBlank()) {
        continue;
      }
      block.add(line);
      if (isDocument(line)) {
        break;
      }
      String[] row = row(line);
      words.add(row[0]);
      tags.add(row[row.length - 1]);
    }
    return block.isEmpty()
        ? null
        : new Block(block, separator(), new TaggedSentence(words, tagged ? tags : null));
  }

  private static String advice(String tag) {
    return tag.matches("[UL]-\\S+") ? "; write U- as S-, and L- as E-" : "";
  }

  private static boolean isDocument(String line) {
    return line.startsWith(DOCUMENT);
  }

  private String separator() {
    return separator == null ? " " : separator;
  }

  private String[] row(String line) {
    if (separator == null) {
      separator = line.indexOf('\t') >= 0 ? "\t" : " ";
    }
    String[] row =
        separator.equals("\t")
            ? line.split("\t", -1)
            : OUTER_SPACE.matcher(line).replaceAll("").split("[ \t]+");
    if (columns == 0) {
      columns = row.length;
    }
    if (tagged && row.length < 2) {
      throw lines.error(
          "a line has a word first and its tag last; found one column, '" + line + "'");
    }
    if (row.length != columns) {
      throw lines.error(
          "every line has the columns of the first, %d; found %d; fix the line"
              .formatted(columns, row.length));
    }
    if (row[0].isBlank()) {
      row[0] = LOST;
      if (!lost) {
        LOG.warn("{}", lines.error("the word is empty, and read as " + LOST).getMessage());
        lost = true;
      }
    }
    String tag = row[row.length - 1];
    if (tagged && !TagScheme.isTag(tag)) {
      throw lines.error(
          "a tag is O, or B-, I-, E- or S- and a type of one word; found '%s' in the last column%s"
              .formatted(tag, advice(tag)));
    }
    return row;
  }
}
