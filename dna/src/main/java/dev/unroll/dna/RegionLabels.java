package dev.unroll.dna;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import dev.unroll.layers.crf.CrfConstraints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
  private static final int MOST_TYPES = 25; // a label is a byte, and a type has up to five

  /** Copies the types, and refuses none and more than a byte can tell. */
  public RegionLabels {
    types = List.copyOf(types);
    if (types.isEmpty() || types.size() > MOST_TYPES || Set.copyOf(types).size() < types.size()) {
      throw new IllegalArgumentException(
          "from 1 to %d different types, got %s".formatted(MOST_TYPES, types));
    }
  }

  /**
   * The labels of a corpus.
   *
   * @param codons whether regions are made of codons
   * @param turned whether strands are turned round to learn from, or to answer with both: where
   *     regions lie on no strand of their own, neither of their ends is then the first, and regions
   *     that touch are taken for one
   * @throws UserError if there are no regions or too many types, or regions of different types
   *     overlap on a strand, so that a base would be two things, or codons are on no strand
   */
  public static RegionLabels fit(Corpus<Strand> strands, boolean codons, boolean turned) {
    Set<String> types = new TreeSet<>();
    boolean stranded = false;
    for (Strand strand : strands.examples()) {
      for (Region region : strand.regions()) {
        types.add(region.type());
        stranded |= region.direction() != Direction.EITHER;
      }
    }
    if (types.isEmpty() || types.size() > MOST_TYPES) {
      throw UserError.data(
          strands.source(),
          "%d types of regions to learn; from 1 to %d can be: name some with %s"
              .formatted(types.size(), MOST_TYPES, RegionReader.typesSetting()));
    }
    if (codons && !stranded) {
      throw UserError.data(
          strands.source(),
          "codons are read along a strand, and no region is on one; give + or -, or leave out "
              + UserError.setting("codons"));
    }
    boolean outside = false;
    boolean touching = false;
    RegionLabels rough = new RegionLabels(List.copyOf(types), true, true, stranded, codons, codons);
    for (Strand strand : strands.examples()) {
      for (boolean reverse : rough.directions()) {
        byte[] labels = rough.of(strand, reverse, strands.source());
        for (int i = 0; i < labels.length; i++) {
          outside |= labels[i] == 0;
          int before = reverse ? i + 1 : i - 1;
          boolean first = rough.isFirst(labels[i]);
          touching |=
              first
                  && before >= 0
                  && before < labels.length
                  && rough.type(labels[before]) == rough.type(labels[i]);
        }
      }
    }
    boolean firsts = touching && (stranded || !turned);
    return new RegionLabels(List.copyOf(types), outside, firsts, stranded, codons, codons);
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
  private int firstOf(int type) {
    return (outside ? 1 : 0) + each() * type;
  }

  /** The label of a base that is no end of its region. */
  private int within(int type, int place) {
    return firstOf(type) + (firsts ? 1 : 0) + (codons ? place : 0);
  }

  /** The label of a base of a region, in the direction of reading. */
  private int label(int type, Region region, long base, boolean reverse) {
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
  private boolean follows(int from, int to) {
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

  /**
   * The label of every base, in the order in which they are written.
   *
   * @param reverse whether those of the other strand are wanted; its regions begin at their last
   *     base as it is written
   * @param source for messages
   * @throws UserError if nothing is said of the regions, there is a type that is not known, a base
   *     is in no region where all should be, or regions of different types overlap
   */
  byte[] of(Strand strand, boolean reverse, String source) {
    if (!strand.hasRegions()) {
      throw UserError.data(
          source,
          "nothing says what the regions of %s are; add %s"
              .formatted(strand.id(), UserError.setting("regions")));
    }
    byte[] labels = new byte[strand.bases().length()];
    byte nothing = (byte) (outside ? 0 : -1);
    Arrays.fill(labels, nothing);
    for (Region region : inOrder(strand, reverse)) {
      int type = types.indexOf(region.type());
      if (type < 0) {
        throw UserError.data(
            source,
            "type '%s' of a region of %s is not among those of the training data, %s"
                .formatted(region.type(), strand.id(), types));
      }
      int start = (int) region.start();
      int end = (int) region.end();
      for (int i = start; i < end; i++) {
        if (labels[i] != nothing && type(labels[i]) != type) {
          throw UserError.data(
              source,
              "%s and %s overlap at base %d of %s; name with %s those that do not"
                  .formatted(
                      types.get(type(labels[i])),
                      region.type(),
                      i + 1,
                      strand.id(),
                      RegionReader.typesSetting()));
        }
        labels[i] = (byte) label(type, region, i, reverse);
      }
    }
    if (codons && firsts) {
      beginAgain(labels, reverse);
    }
    for (int i = 0; !outside && i < labels.length; i++) {
      if (labels[i] < 0) {
        throw UserError.data(
            source,
            "base %d of %s is in no region, and in the training data all are"
                .formatted(i + 1, strand.id()));
      }
    }
    return labels;
  }

  /** What goes on behind a region that lay within it is on another beat, and begins anew. */
  private void beginAgain(byte[] labels, boolean reverse) {
    for (int step = 1; step < labels.length; step++) {
      int before = labels[reverse ? labels.length - step : step - 1];
      int i = reverse ? labels.length - 1 - step : step;
      if (!follows(before, labels[i])) {
        labels[i] = (byte) firstOf(type(labels[i]));
      }
    }
  }

  /**
   * In the direction of reading, so that of two that overlap the later one begins where it does.
   */
  private List<Region> inOrder(Strand strand, boolean reverse) {
    List<Region> regions = new ArrayList<>();
    for (Region region : strand.regions()) {
      Direction other = reverse ? Direction.PLUS : Direction.MINUS;
      if (!stranded || region.direction() != other) {
        regions.add(region);
      }
    }
    regions.sort(
        reverse
            ? (a, b) -> Long.compare(b.end(), a.end())
            : (a, b) -> Long.compare(a.start(), b.start()));
    return regions;
  }
}
