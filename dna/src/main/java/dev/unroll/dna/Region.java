package dev.unroll.dna;

import java.util.Optional;

/**
 * A stretch of a sequence that is something.
 *
 * @param id of the sequence
 * @param start of its first base, counted from 0
 * @param end behind its last base
 * @param direction on which strand
 * @param type what it is, such as {@code CDS}
 * @param place of its first base in its codon, as it is read: 0, 1 or 2; for what has no codons, 0
 * @param probability the mean, over its bases, of how probable it is that they are of this type; 1
 *     where it is known
 */
public record Region(
    String id,
    long start,
    long end,
    Direction direction,
    String type,
    int place,
    double probability) {
  /** Bases of a codon. */
  static final int CODON = 3;

  /** Refuses a stretch without bases. */
  public Region {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("a region from " + start + " to " + end);
    }
    if (place < 0 || place >= CODON) {
      throw new IllegalArgumentException("a codon has three bases, this is of " + place);
    }
  }

  /** A region that is known. */
  public Region(String id, long start, long end, Direction direction, String type) {
    this(id, start, end, direction, type, 0, 1);
  }

  /**
   * What of it lies in a stretch of its sequence, counted from the first base of that.
   *
   * @param name what the stretch is called
   * @param from the first base of the stretch
   * @param to behind its last base
   * @return empty if no base of the region lies there
   */
  Optional<Region> within(String name, long from, long to) {
    long first = Math.max(start, from);
    long last = Math.min(end, to);
    if (first >= last) {
      return Optional.empty();
    }
    long lost = direction == Direction.MINUS ? end - last : first - start;
    int in = (int) ((place + lost) % CODON);
    return Optional.of(
        new Region(name, first - from, last - from, direction, type, in, probability));
  }

  /**
   * The place in its codon of each base.
   *
   * @param base counted as {@link #start} is
   * @param reverse whether codons are read from the end
   */
  int placeOf(long base, boolean reverse) {
    return (int) ((place + (reverse ? end - 1 - base : base - start)) % CODON);
  }
}
