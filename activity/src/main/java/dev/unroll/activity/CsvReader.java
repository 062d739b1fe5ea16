package dev.unroll.activity;

import dev.unroll.data.LineReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads {@link RecordingFormat#CSV}. */
final class CsvReader {
  /** One recording that is being read. */
  private static final class Open {
    final Table.Row first;
    final List<float[]> values = new ArrayList<>();
    double last;

    Open(Table.Row first) {
      this.first = first;
      this.last = first.time();
    }

    boolean isOf(Table.Row row) {
      return Objects.equals(first.label(), row.label())
          && Objects.equals(first.subject(), row.subject());
    }
  }

  private CsvReader() {}

  /**
   * All recordings of a table.
   *
   * @param name of the recordings that have no id: followed by {@code #1} and so on if several
   */
  static List<Recording> read(LineReader lines, String name) {
    Table table = new Table(lines);
    Map<String, Open> open = new LinkedHashMap<>();
    String current = "";
    for (Table.Row row = table.next(); row != null; row = table.next()) {
      if (table.hasId()) {
        current = row.id();
        if (current.isEmpty()) {
          throw table.error("the id is empty; every row belongs to a recording");
        }
      } else if (open.isEmpty() || !open.get(current).isOf(row)) {
        current = "#" + (open.size() + 1);
      }
      if (!open.containsKey(current)) {
        open.put(current, new Open(row));
      }
      add(open.get(current), row, table);
    }
    List<Recording> recordings = new ArrayList<>();
    open.forEach(
        (id, one) -> {
          String own = table.hasId() ? id : open.size() == 1 ? name : name + id;
          recordings.add(recording(own, one, table.channels()));
        });
    return recordings;
  }

  private static void add(Open recording, Table.Row row, Table table) {
    if (!recording.isOf(row)) {
      throw table.error(
          "recording %s is of %s and %s; it has one label and one subject"
              .formatted(row.id(), described(recording.first), described(row)));
    }
    if (row.time() < recording.last) {
      throw table.error(
          "the time goes back from %s to %s within recording %s; sort its rows"
              .formatted(recording.last, row.time(), row.id()));
    }
    recording.last = row.time();
    recording.values.add(row.values());
  }

  private static String described(Table.Row row) {
    return row.label() + " by " + row.subject();
  }

  private static Recording recording(String id, Open one, List<String> channels) {
    double seconds = one.last - one.first.time();
    double rate = seconds > 0 ? (one.values.size() - 1) / seconds : 0; // 0 if NaN
    return new Recording(
        id,
        one.first.label(),
        one.first.subject(),
        channels,
        rate,
        one.values.toArray(float[][]::new));
  }
}
