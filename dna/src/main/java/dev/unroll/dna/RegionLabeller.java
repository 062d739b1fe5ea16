package dev.unroll.dna;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Says of each base of a strand which label its regions give it. */
final class RegionLabeller {
  private final RegionLabels numbers;

  RegionLabeller(RegionLabels numbers) {
    this.numbers = numbers;
  }

  /**
   * The labels that a corpus needs.
   *
   * @param codons whether regions are made of codons
   * @param turned whether strands are turned round to learn from, or to answer with both: where
   *     regions lie on no strand of their own, neither of their ends is then the first, and regions
   *     that touch are taken for one
   * @throws UserError if there are no regions or too many types, or regions of different types
   *     overlap on a strand, so that a base would be two things, or codons are on no strand
   */
  static RegionLabels fit(Corpus<Strand> strands, boolean codons, boolean turned) {
    Set<String> types = new TreeSet<>();
    boolean stranded = false;
    for (Strand strand : strands.examples()) {
      for (Region region : strand.regions()) {
        types.add(region.type());
        stranded |= region.direction() != Direction.EITHER;
      }
    }
    if (types.isEmpty() || types.size() > RegionLabels.MOST_TYPES) {
      throw UserError.data(
          strands.source(),
          "%d types of regions to learn; from 1 to %d can be: name some with %s"
              .formatted(types.size(), RegionLabels.MOST_TYPES, RegionReader.typesSetting()));
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
    RegionLabeller labeller = new RegionLabeller(rough);
    for (Strand strand : strands.examples()) {
      for (boolean reverse : rough.directions()) {
        byte[] labels = labeller.of(strand, reverse, strands.source());
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
    byte nothing = (byte) (numbers.outside() ? 0 : -1);
    Arrays.fill(labels, nothing);
    for (Region region : inOrder(strand, reverse)) {
      int type = numbers.types().indexOf(region.type());
      if (type < 0) {
        throw UserError.data(
            source,
            "type '%s' of a region of %s is not among those of the training data, %s"
                .formatted(region.type(), strand.id(), numbers.types()));
      }
      int start = (int) region.start();
      int end = (int) region.end();
      for (int i = start; i < end; i++) {
        if (labels[i] != nothing && numbers.type(labels[i]) != type) {
          throw UserError.data(
              source,
              "%s and %s overlap at base %d of %s; name with %s those that do not"
                  .formatted(
                      numbers.types().get(numbers.type(labels[i])),
                      region.type(),
                      i + 1,
                      strand.id(),
                      RegionReader.typesSetting()));
        }
        labels[i] = (byte) numbers.label(type, region, i, reverse);
      }
    }
    for (int i = 0; !numbers.outside() && i < labels.length; i++) {
      if (labels[i] < 0) {
        throw UserError.data(
            source,
            "base %d of %s is in no region, and in the training data all are"
                .formatted(i + 1, strand.id()));
      }
    }
    if (numbers.codons() && numbers.firsts()) {
      beginAgain(labels, reverse);
    }
    return labels;
  }

  /** What goes on behind a region that lay within it is on another beat, and begins anew. */
  private void beginAgain(byte[] labels, boolean reverse) {
    for (int step = 1; step < labels.length; step++) {
      int before = labels[reverse ? labels.length - step : step - 1];
      int i = reverse ? labels.length - 1 - step : step;
      if (!numbers.follows(before, labels[i])) {
        labels[i] = (byte) numbers.firstOf(numbers.type(labels[i]));
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
      if (!numbers.stranded() || region.direction() != other) {
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
