package dev.unroll.dna;

import dev.unroll.data.LineReader;
import java.util.ArrayList;
import java.util.List;

/** Reads {@link StrandFormat#TSV}. The first line tells what the columns are. */
final class StrandLines implements StrandStream {
  /** Letters of bases that are in no region. */
  private static final String NOTHING = "O.-";

  private static final int MOST_COLUMNS = 3;

  private final LineReader lines;
  private long read;
  private int columns;
  private boolean labelled;

  StrandLines(LineReader lines) {
    this.lines = lines;
  }

  @Override
  public Strand next() {
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    read++;
    return strand(line.stripTrailing().split("\t", -1));
  }

  private Strand strand(String[] cells) {
    if (columns == 0) {
      columns = cells.length;
      labelled =
          columns == MOST_COLUMNS && cells[1].length() == cells[2].length() && isBases(cells[1]);
    }
    if (cells.length != columns || columns > MOST_COLUMNS) {
      throw lines.error(
          columns > MOST_COLUMNS
              ? columns
                  + " columns; a line is label and bases, label, id and bases, or id, bases"
                  + " and a label for each base"
              : "%d columns in a file of %d; mend the line".formatted(cells.length, columns));
    }
    String number = lines.name() + "#" + read;
    return switch (columns) {
      case 1 -> new Strand(number, bases(cells[0]), null, null);
      case 2 -> new Strand(number, bases(cells[1]), label(cells[0]), null);
      default ->
          labelled
              ? labelled(id(cells[0]), bases(cells[1]), cells[2])
              : new Strand(id(cells[1]), bases(cells[2]), label(cells[0]), null);
    };
  }

  private Strand labelled(String id, Bases bases, String labels) {
    if (labels.length() != bases.length()) {
      throw lines.error(
          "%d labels for %d bases; a line has a letter for each base"
              .formatted(labels.length(), bases.length()));
    }
    List<Region> regions = new ArrayList<>();
    for (int from = 0; from < labels.length(); ) {
      char letter = labels.charAt(from);
      int to = from;
      while (to < labels.length() && labels.charAt(to) == letter) {
        to++;
      }
      if (letter <= ' ') {
        throw lines.error("a blank among the labels; O, . or - say that a base is nothing");
      }
      if (NOTHING.indexOf(letter) < 0) {
        regions.add(new Region(id, from, to, Direction.EITHER, String.valueOf(letter)));
      }
      from = to;
    }
    return new Strand(id, bases, null, regions);
  }

  private String id(String cell) {
    if (cell.isBlank()) {
      throw lines.error("the id is empty; give one");
    }
    return cell.strip();
  }

  private String label(String cell) {
    if (cell.isBlank()) {
      throw lines.error("the label is empty; give one");
    }
    return cell.strip();
  }

  private Bases bases(String cell) {
    return Bases.of(checked(lines, cell.strip()));
  }

  private static boolean isBases(String text) {
    return text.chars().allMatch(c -> Nucleotides.code(c) != Nucleotides.INVALID);
  }

  /** The letters, all of which are of nucleotides. */
  static String checked(LineReader lines, String letters) {
    for (int i = 0; i < letters.length(); i++) {
      if (Nucleotides.code(letters.charAt(i)) == Nucleotides.INVALID) {
        throw lines.error(Nucleotides.refusal(letters.substring(i, i + 1)));
      }
    }
    return letters;
  }

  @Override
  public StrandFormat format() {
    return StrandFormat.TSV;
  }

  @Override
  public String digest() {
    return lines.digest();
  }

  @Override
  public void close() {
    lines.close();
  }
}
