package dev.unroll.activity;

import dev.unroll.data.LineReader;
import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The columns of a table whose first line names them, and what stands in its rows. Cells are parted
 * by commas, semicolons or tabs, whichever the first line has most of, and may be quoted. It reads
 * line by line, because the lines of a stream are to be answered as they come.
 */
final class Table {
  private static final Set<String> ID = Set.of("id", "recording");
  private static final Set<String> TIME = Set.of("time", "timestamp", "t");
  private static final Set<String> LABEL = Set.of("label", "activity");
  private static final Set<String> SUBJECT = Set.of("subject", "user", "person", "participant");

  /**
   * A row.
   *
   * @param id of the recording, empty without that column
   * @param time in seconds, NaN without that column
   * @param label null without that column, or if the cell is empty
   * @param subject likewise
   */
  record Row(String id, double time, String label, String subject, float[] values) {}

  private final LineReader lines;
  private final char separator;
  private final List<String> columns;
  private final List<String> channels = new ArrayList<>();
  private int id = -1;
  private int time = -1;
  private int label = -1;
  private int subject = -1;

  /** Reads the first line. */
  Table(LineReader lines) {
    this.lines = lines;
    String header = lines.next();
    while (header != null && header.isBlank()) {
      header = lines.next();
    }
    if (header == null) {
      throw UserError.data(
          lines.name(), "a table begins with a line that names its columns; it is empty");
    }
    separator = separator(header);
    columns = cells(header).stream().map(String::strip).toList();
    for (int i = 0; i < columns.size(); i++) {
      place(i, columns.get(i));
    }
    if (channels.isEmpty()) {
      throw lines.error("no column of measurements in " + columns + "; add one");
    }
    if (channels.stream().allMatch(Table::isNumber)) {
      throw lines.error("the first line names the columns, this one has numbers; add such a line");
    }
    for (String repeated : Channels.repeated(columns)) {
      throw lines.error("there are two columns '" + repeated + "'; rename one");
    }
  }

  private void place(int column, String name) {
    String known = name.toLowerCase(Locale.ROOT);
    if (ID.contains(known)) {
      id = column;
    } else if (TIME.contains(known)) {
      time = column;
    } else if (LABEL.contains(known)) {
      label = column;
    } else if (SUBJECT.contains(known)) {
      subject = column;
    } else if (name.isEmpty()) {
      throw lines.error("column %d has no name; give it one".formatted(column + 1));
    } else {
      channels.add(name);
    }
  }

  private static boolean isNumber(String text) {
    try {
      Double.parseDouble(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static char separator(String header) {
    char best = ',';
    long most = 0;
    for (char candidate : new char[] {',', ';', '\t'}) {
      long count = header.chars().filter(c -> c == candidate).count();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  /** The names of the columns that are measurements. */
  List<String> channels() {
    return channels;
  }

  boolean hasId() {
    return id >= 0;
  }

  boolean hasTime() {
    return time >= 0;
  }

  /** The next row, or null behind the last. */
  Row next() {
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    return line == null ? null : row(cells(line));
  }

  private Row row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw lines.error(
          "%d cells in a table of %d columns; mend the line"
              .formatted(cells.size(), columns.size()));
    }
    float[] values = new float[channels.size()];
    int channel = 0;
    for (int i = 0; i < cells.size(); i++) {
      if (i != id && i != time && i != label && i != subject) {
        values[channel++] = Numbers.value(lines, cells.get(i), "column '" + columns.get(i) + "'");
      }
    }
    return new Row(
        hasId() ? cells.get(id).strip() : "",
        hasTime() ? seconds(cells.get(time)) : Double.NaN,
        text(cells, label),
        text(cells, subject),
        values);
  }

  private double seconds(String cell) {
    if (isNumber(cell) && Double.isFinite(Double.parseDouble(cell))) {
      return Double.parseDouble(cell);
    }
    throw lines.error(
        "column '%s' must be seconds as a number, got '%s'".formatted(columns.get(time), cell));
  }

  private static String text(List<String> cells, int column) {
    return column < 0 || cells.get(column).isBlank() ? null : cells.get(column).strip();
  }

  /** An error at the row that was read last. */
  UserError error(String message) {
    return lines.error(message);
  }

  private List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      throw lines.error("a quotation mark is not closed; a row is one line");
    }
    cells.add(cell.toString());
    return cells;
  }
}
