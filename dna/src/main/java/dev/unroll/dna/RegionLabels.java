package dev.unroll.dna;

import dev.unroll.layers.crf.CrfConstraints;
import java.util.List;
import java.util.Set;

/**
 * What each base of a strand is: a number for being in no region, and one for each type. Where
 * regions of one type touch each other, the first base of each has a number of its own, so that two
 * are not taken for one. Where regions are made of codons, there is a number for each place in a
 * codon: what codes has a rhythm of three, and so a network is told at every base which beat it is;
 * and one for the last base, since a stop codon tells where that is.
 *
 * <pre>
 *   bases      A C G T A C G T A     regions  1-4 and 4-6 of type x
 *   labels     O B I I B I O O O     B is first:x, I is x
 *   in codons  O B 2 E B E O O O     E is last:x; within, 1, 2 and 3 are the bases of a codon
 * </pre>
 *
 * @param types of regions, in alphabetical order
 * @param outside whether there are bases that are in no region
 * @param firsts whether the first base of a region is told from the others
 * @param stranded whether regions lie on one strand: each strand is then labelled by itself
 * @param codons whether the three bases of a codon are told apart
 * @param lasts whether the last base of a region is told from the others, unless it is the first
 */
public record RegionLabels(
    List<String> types,
    boolean outside,
    boolean firsts,
    boolean stranded,
    boolean codons,
    boolean lasts) {
  static final int MOST_TYPES = 25; // a label is a byte, and a type has up to five

  /** Copies the types, and refuses none and more than a byte can tell. */
  public RegionLabels {
    types = List.copyOf(types);
    if (types.isEmpty() || types.size() > MOST_TYPES || Set.copyOf(types).size() < types.size()) {
      throw new IllegalArgumentException(
          "from 1 to %d different types, got %s".formatted(MOST_TYPES, types));
    }
  }

  /** The same, but regions that touch are taken for one, and no end has a label of its own. */
  RegionLabels withoutEnds() {
    return new RegionLabels(types, outside, false, stranded, codons, false);
  }

  /** Whether the strand is read as it is, and whether the other one is read too. */
  boolean[] directions() {
    return stranded ? new boolean[] {false, true} : new boolean[] {false};
  }

  /** How many labels there are. */
  int size() {
    return (outside ? 1 : 0) + each() * types.size();
  }

  /** How many labels a type has: the first base, those within, the last. */
  private int each() {
    return (firsts ? 1 : 0) + (codons ? Region.CODON : 1) + (lasts ? 1 : 0);
  }

  /** The first label of a type. */
  int firstOf(int type) {
    return (outside ? 1 : 0) + each() * type;
  }

  /** The label of a base that is no end of its region. */
  private int within(int type, int place) {
    return firstOf(type) + (firsts ? 1 : 0) + (codons ? place : 0);
  }

  /** The label of a base of a region, in the direction of reading. */
  int label(int type, Region region, long base, boolean reverse) {
    if (firsts && base == (reverse ? region.end() - 1 : region.start())) {
      return firstOf(type);
    }
    if (lasts && base == (reverse ? region.start() : region.end() - 1)) {
      return firstOf(type) + each() - 1;
    }
    return within(type, region.placeOf(base, reverse));
  }

  /** The number of the type of a label, or -1 for none. */
  int type(int label) {
    int among = label - (outside ? 1 : 0);
    return among < 0 ? -1 : among / each();
  }

  /** Whether a region begins with a base of this label, whatever was before. */
  boolean isFirst(int label) {
    int among = label - (outside ? 1 : 0);
    return firsts && among >= 0 && among % each() == 0;
  }

  /** Whether a region ends with a base of this label, unless it is cut. */
  private boolean isLast(int label) {
    return lasts && type(label) >= 0 && label == firstOf(type(label)) + each() - 1;
  }

  /** Whether a region can go on from a base of one label to a base of another. */
  private boolean goesOn(int from, int to) {
    if (type(from) != type(to) || isLast(from) || isFirst(to)) {
      return false;
    }
    // What was cut may begin, and end, anywhere in a codon.
    int next = within(type(to), (from - within(type(from), 0) + 1) % Region.CODON);
    return !codons || isFirst(from) || isLast(to) || to == next;
  }

  /** Whether one label may follow another, in the direction of reading. */
  boolean follows(int from, int to) {
    if (type(to) < 0) {
      return !lasts || type(from) < 0 || isLast(from) || isFirst(from);
    }
    boolean enters = firsts ? isFirst(to) : type(from) != type(to);
    return enters || goesOn(from, to);
  }

  /** Which label may follow which, in the direction of reading. A strand may begin in a region. */
  CrfConstraints constraints() {
    CrfConstraints constraints = CrfConstraints.none(size());
    for (int from = 0; from < size(); from++) {
      for (int to = 0; to < size(); to++) {
        if (!follows(from, to)) {
          constraints = constraints.forbid(from, to);
        }
      }
    }
    return constraints;
  }
}
