package dev.unroll.dna;

import java.util.Locale;

/** How regions are written: BED or GFF3. {@link RegionAnswer} is for JSON. */
final class RegionLines {
  private static final double MOST_BED = 1000;

  private RegionLines() {}

  /** A line of BED: the score is the probability times 1000, as browsers shade it. */
  static String bed(Region region) {
    return String.format(
        Locale.ROOT,
        "%s\t%d\t%d\t%s\t%d\t%s",
        region.id(),
        region.start(),
        region.end(),
        region.type(),
        Math.round(MOST_BED * region.probability()),
        region.direction().sign());
  }

  /**
   * A line of GFF3.
   *
   * @param number of the region, which makes its ID
   */
  static String gff(Region region, long number) {
    return String.format(
        Locale.ROOT,
        "%s\tunroll\t%s\t%d\t%d\t%.4f\t%s\t%s\tID=%s-%d",
        escaped(region.id()),
        escaped(region.type()),
        region.start() + 1,
        region.end(),
        region.probability(),
        region.direction().sign(),
        region.type().equals("CDS") ? "0" : ".", // GFF3 asks for a phase of these
        escaped(region.type()),
        number);
  }

  /** What would part columns or attributes is written as % and two digits. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      escaped.append(
          c <= ' ' || "%;=&,".indexOf(c) >= 0
              ? String.format(Locale.ROOT, "%%%02X", (int) c)
              : String.valueOf(c));
    }
    return escaped.toString();
  }
}
