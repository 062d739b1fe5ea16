package dev.unroll.charlm;

/**
 * Where a line begins.
 *
 * @param place in code points
 * @param line counted from 0
 */
record LineStart(long place, long line) {
  /**
   * The first line that begins at {@code from} or behind it; or where one behind the last would.
   */
  static LineStart find(Passage lines, long from) {
    if (from <= 0) {
      return new LineStart(0, 0);
    }
    Search search = new Search(from);
    if (from <= lines.characters()) {
      lines.text().read(search::read);
    }
    return search.found == null
        ? new LineStart(lines.characters() + 1, lines.texts())
        : search.found;
  }

  private static final class Search {
    private final long from;
    private long place;
    private long line;
    private LineStart found;

    Search(long from) {
      this.from = from;
    }

    void read(String piece) {
      int counted = 0;
      for (int end = piece.indexOf('\n');
          end >= 0 && found == null;
          end = piece.indexOf('\n', counted)) {
        place += piece.codePointCount(counted, end + 1);
        counted = end + 1;
        line++;
        if (place >= from) {
          found = new LineStart(place, line);
        }
      }
      place += piece.codePointCount(counted, piece.length());
    }
  }
}
