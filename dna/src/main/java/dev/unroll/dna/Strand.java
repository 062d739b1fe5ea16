package dev.unroll.dna;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A strand of DNA, and what is known of it.
 *
 * @param id what answers and messages call it
 * @param bases its nucleotides
 * @param label what it is as a whole; null if nobody said
 * @param regions what its parts are, counted from its own first base; null if nobody said, and
 *     empty if it is known that there are none
 */
public record Strand(String id, Bases bases, String label, List<Region> regions) {
  /** Refuses regions that lie outside, and a label without a letter. */
  public Strand {
    regions = regions == null ? null : List.copyOf(regions);
    for (Region region : regions == null ? List.<Region>of() : regions) {
      if (region.end() > bases.length()) {
        throw new IllegalArgumentException(region + " in " + bases.length() + " bases");
      }
    }
    if (label != null && label.isBlank()) {
      throw new IllegalArgumentException("the label of " + id + " is blank");
    }
  }

  /** A strand that is to be asked about. */
  public static Strand unlabelled(String id, String letters) {
    return new Strand(id, Bases.of(letters), null, null);
  }

  /** Whether it is known what its parts are. */
  public boolean hasRegions() {
    return regions != null;
  }

  /** The bases from {@code from}, inclusive, to {@code to}, exclusive, with their regions. */
  Strand part(int from, int to) {
    List<Region> inside = null;
    if (regions != null) {
      inside = new ArrayList<>();
      for (Region region : regions) {
        region.within(id, from, to).ifPresent(inside::add);
      }
    }
    return new Strand(id, bases.part(from, to), label, inside);
  }

  /** The other strand, with the same label and the same regions. */
  public Strand reverseComplement() {
    List<Region> reversed = null;
    if (regions != null) {
      reversed = new ArrayList<>();
      long length = bases.length();
      for (Region region : regions) {
        reversed.add(
            new Region(
                region.id(),
                length - region.end(),
                length - region.start(),
                region.direction().opposite(),
                region.type(),
                region.place(),
                region.probability()));
      }
    }
    return new Strand(id, bases.reverseComplement(), label, reversed);
  }

  /**
   * The labels of a corpus in alphabetical order.
   *
   * @throws UserError if there are fewer than two, from which nothing can be learnt, or if a strand
   *     has none
   */
  public static SortedSet<String> labels(Corpus<Strand> strands) {
    SortedSet<String> labels = new TreeSet<>();
    for (Strand strand : strands.examples()) {
      if (strand.label() == null) {
        throw UserError.data(
            strands.source(), "strand " + strand.id() + " has no label; give it one");
      }
      labels.add(strand.label());
    }
    if (labels.size() < 2) {
      throw UserError.data(
          strands.source(),
          "training takes strands of two labels or more; found only " + labels + "; add others");
    }
    return labels;
  }
}
