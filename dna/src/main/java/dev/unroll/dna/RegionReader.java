package dev.unroll.dna;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads regions in a {@link RegionFormat}, which it recognises. Comments and what a browser is told
 * are skipped, and so are the sequences behind {@code ##FASTA}. Whatever is wrong is a {@link
 * UserError} at its line.
 */
public final class RegionReader {
  private static final int GFF_COLUMNS = 9;
  private static final int BED_COLUMNS = 3;
  private static final String UNNAMED = "region";

  private final LineReader lines;
  private final Set<String> types;
  private final Set<String> others = new TreeSet<>();
  private final Map<String, List<Regions.Line>> bySequence = new LinkedHashMap<>();
  private RegionFormat format;

  private RegionReader(LineReader lines, Set<String> types) {
    this.lines = lines;
    this.types = types;
  }

  /**
   * Reads a file or standard input.
   *
   * @param types those to read; empty for all
   * @throws UserError if there is none of one of the types, or no region at all
   */
  public static Regions read(TextSource source, Set<String> types) {
    try (LineReader lines = source.open()) {
      return new RegionReader(lines, types).read();
    }
  }

  private Regions read() {
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.startsWith("##FASTA") || line.startsWith(">")) {
        while (lines.next() != null) {
          // Sequences, which are read from elsewhere; the digest is of the whole file.
        }
      } else if (line.startsWith("##gff-version")) {
        format = RegionFormat.GFF;
      } else if (!line.isBlank() && !line.startsWith("#") && !isForBrowsers(line)) {
        add(line);
      }
    }
    Set<String> found = new TreeSet<>();
    bySequence.values().forEach(all -> all.forEach(one -> found.add(one.region().type())));
    for (String wanted : types) {
      if (!found.contains(wanted)) {
        throw UserError.data(
            lines.name(),
            "no region of type '%s' in it; there are %s"
                .formatted(wanted, found.isEmpty() ? others : all(found)));
      }
    }
    if (found.isEmpty()) {
      throw UserError.data(lines.name(), "no regions in it; add some");
    }
    return new Regions(lines.name(), lines.digest(), bySequence);
  }

  private Set<String> all(Set<String> found) {
    others.addAll(found);
    return others;
  }

  private static boolean isForBrowsers(String line) {
    return line.startsWith("browser ") || line.startsWith("track ") || line.equals("track");
  }

  private void add(String line) {
    String[] cells = line.split("\t", -1);
    if (format == null) {
      format = cells.length >= GFF_COLUMNS && isGff(cells) ? RegionFormat.GFF : RegionFormat.BED;
    }
    Region region = format == RegionFormat.GFF ? gff(cells) : bed(line.strip().split("\t|  *"));
    if (!types.isEmpty() && !types.contains(region.type())) {
      others.add(region.type());
      return;
    }
    bySequence
        .computeIfAbsent(region.id(), id -> new ArrayList<>())
        .add(new Regions.Line(lines.line(), region));
  }

  private static boolean isGff(String[] cells) {
    return !isNumber(cells[1]) && isNumber(cells[3]) && isNumber(cells[4]);
  }

  private static boolean isNumber(String text) {
    return text.matches("\\d{1,18}");
  }

  private Region gff(String[] cells) {
    if (cells.length < GFF_COLUMNS - 1) {
      throw lines.error(
          "%d columns parted by tabs; a line of GFF has nine".formatted(cells.length));
    }
    long first = number(cells[3], "the first base");
    long last = number(cells[4], "the last base");
    if (first < 1) {
      throw lines.error("GFF counts bases from 1, and the first base here is " + first);
    }
    return region(unescaped(cells[0]), first - 1, last, cells[6], cells[2], phase(cells));
  }

  private Region bed(String[] cells) {
    if (cells.length < BED_COLUMNS) {
      throw lines.error(
          "%d columns; a line of BED has name, start and end".formatted(cells.length));
    }
    return region(
        cells[0],
        number(cells[1], "the start"),
        number(cells[2], "the end"),
        cells.length > 5 ? cells[5] : ".",
        cells.length > 3 ? cells[3] : UNNAMED,
        0);
  }

  /** How many bases there are before the first whole codon. */
  private int phase(String[] cells) {
    String phase = cells.length < GFF_COLUMNS - 1 ? "." : cells[GFF_COLUMNS - 2];
    if (!phase.matches("[012.]")) {
      throw lines.error("a phase is 0, 1, 2 or ., got '" + phase + "'");
    }
    return phase.equals(".") ? 0 : Integer.parseInt(phase);
  }

  private Region region(String id, long start, long end, String sign, String type, int phase) {
    if (end <= start) {
      throw lines.error(
          "a region ends behind its start, this one starts at %d and ends at %d, counted from 0"
              .formatted(start, end));
    }
    Direction direction =
        Direction.of(sign)
            .orElseThrow(() -> lines.error("a strand is +, - or ., got '" + sign + "'"));
    if (type.isBlank()) {
      throw lines.error("a region has a type, and this one's is empty; give one");
    }
    int place = (Region.CODON - phase) % Region.CODON;
    return new Region(id, start, end, direction, type.strip(), place, 1);
  }

  private long number(String cell, String what) {
    if (!isNumber(cell)) {
      throw lines.error("%s must be a whole number, got '%s'".formatted(what, cell));
    }
    return Long.parseLong(cell);
  }

  /** GFF3 writes what would part columns as % and two digits. */
  private String unescaped(String cell) {
    try {
      return cell.indexOf('%') < 0
          ? cell
          : URLDecoder.decode(cell.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw lines.error("the name '" + cell + "' has a % without two hexadecimal digits behind it");
    }
  }

  /** The key that says which types are to be read, for messages. */
  static String typesSetting() {
    return setting("types");
  }
}
