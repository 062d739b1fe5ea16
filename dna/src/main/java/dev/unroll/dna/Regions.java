package dev.unroll.dna;

import dev.unroll.data.Corpus;
import dev.unroll.data.Sha256;
import dev.unroll.data.UserError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Regions of a file, to be laid on the sequences that they belong to.
 *
 * <p>A sequence may be a stretch of the one that the file speaks of: its name then ends in {@code
 * :from-to}, as {@code samtools faidx} writes it (from 1, both ends included) or {@code bedtools
 * getfasta} (from 0); its length tells which. Regions that run over the ends of a stretch are cut.
 *
 * @param source the name of the file
 * @param digest SHA-256 of its bytes
 * @param bySequence the regions of each sequence, in the order in which they were read
 */
public record Regions(String source, String digest, Map<String, List<Line>> bySequence) {
  private static final Pattern STRETCH = Pattern.compile("(.+):(\\d{1,18})-(\\d{1,18})");
  private static final int MOST_SHOWN = 3;

  /**
   * A region, and where it was read.
   *
   * @param number of the line, from 1
   */
  public record Line(long number, Region region) {}

  /**
   * The strands with their regions. Strands that the file says nothing of have none.
   *
   * @throws UserError if no region is on any of the strands, or one is beyond the end of its
   */
  public Corpus<Strand> on(Corpus<Strand> strands) {
    List<Strand> known = new ArrayList<>();
    boolean any = false;
    for (Strand strand : strands.examples()) {
      List<Region> regions = of(strand);
      any |= !regions.isEmpty();
      known.add(new Strand(strand.id(), strand.bases(), null, regions));
    }
    if (!any) {
      throw UserError.data(
          source,
          "none of its regions is on a sequence of %s: it names %s, and the sequences are %s"
              .formatted(
                  strands.source(),
                  some(List.copyOf(bySequence.keySet())),
                  some(strands.examples().stream().map(Strand::id).toList())));
    }
    MessageDigest both = Sha256.create();
    both.update((strands.digest() + "\n" + digest + "\n").getBytes(StandardCharsets.UTF_8));
    return new Corpus<>(known, strands.source(), Sha256.hex(both), strands.format());
  }

  private static String some(List<String> names) {
    return names.size() <= MOST_SHOWN
        ? names.toString()
        : names.subList(0, MOST_SHOWN) + " and " + (names.size() - MOST_SHOWN) + " more";
  }

  private List<Region> of(Strand strand) {
    long length = strand.bases().length();
    List<Region> regions = new ArrayList<>();
    if (bySequence.containsKey(strand.id())) {
      for (Line line : bySequence.get(strand.id())) {
        if (line.region().end() > length) {
          throw UserError.data(
              source,
              line.number(),
              "the region ends at base %d of %s, which has %d; are they of the same assembly?"
                  .formatted(line.region().end(), strand.id(), length));
        }
        regions.add(line.region());
      }
      return regions;
    }
    Matcher stretch = STRETCH.matcher(strand.id());
    if (!stretch.matches() || !bySequence.containsKey(stretch.group(1))) {
      return regions;
    }
    long first = Long.parseLong(stretch.group(2));
    long last = Long.parseLong(stretch.group(3));
    long from = last - first == length ? first : first - 1;
    for (Line line : bySequence.get(stretch.group(1))) {
      line.region().within(strand.id(), from, from + length).ifPresent(regions::add);
    }
    return regions;
  }
}
