package dev.unroll.dna;

/**
 * A stretch of a sequence that is something.
 *
 * @param id of the sequence
 * @param start of its first base, counted from 0
 * @param end behind its last base
 * @param direction on which strand
 * @param type what it is, such as {@code CDS}
 * @param probability the mean, over its bases, of how probable it is that they are of this type; 1
 *     where it is known
 */
public record Region(
    String id, long start, long end, Direction direction, String type, double probability) {
  /** Refuses a stretch without bases. */
  public Region {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("a region from " + start + " to " + end);
    }
  }

  /** A region that is known. */
  public Region(String id, long start, long end, Direction direction, String type) {
    this(id, start, end, direction, type, 1);
  }

  /** The same region counted from another base. */
  Region shifted(String newId, long by) {
    return new Region(newId, start + by, end + by, direction, type, probability);
  }

  /** Whether it is the same stretch of the same type. */
  Region known() {
    return new Region(id, start, end, direction, type, 1);
  }
}
