package dev.unroll.dna;

import dev.unroll.data.ContiguousSplitter;
import dev.unroll.data.Corpus;
import dev.unroll.data.LineReader;
import dev.unroll.data.Split;
import dev.unroll.data.Splitter;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Divides strands as the options on the command line say, and describes them. */
final class StrandFiles {
  private static final int MOST_SHOWN = 10;

  /** Fewer sequences are divided by position, as a genome of a few chromosomes must be. */
  private static final int FEW = 10;

  /** Longer strands all have something in common. */
  private static final int LONG = 10_000;

  private StrandFiles() {}

  /** Whether regions are known of all of them. */
  static boolean haveRegions(Corpus<Strand> strands) {
    return strands.examples().stream().allMatch(Strand::hasRegions);
  }

  /**
   * How to divide them.
   *
   * @param groups what stays together: {@code name}, {@code homology} or a file with a line a
   *     strand; null for nothing
   */
  static Splitter<Strand> splitter(Corpus<Strand> strands, String groups, long seed) {
    if (groups != null) {
      return Splitter.<Strand>byGroup(seed, all -> groups(strands, all, groups));
    }
    if (!haveRegions(strands)) {
      return Splitter.stratified(seed, Strand::label);
    }
    long names = strands.examples().stream().map(Strand::id).distinct().count();
    return names < FEW
        ? new ContiguousSplitter<>(
            "bases",
            strand -> strand.bases().length(),
            Optional.of((strand, from, to) -> strand.part((int) from, (int) to)),
            0)
        : Splitter.<Strand>byGroup(seed, all -> all.stream().map(Strand::id).toList());
  }

  private static List<?> groups(Corpus<Strand> whole, List<Strand> some, String groups) {
    return switch (groups) {
      case "name" -> some.stream().map(strand -> strand.id().split(":", 2)[0]).toList();
      case "homology" -> Homology.groups(some);
      default -> named(whole, some, Path.of(groups));
    };
  }

  /** A fold divides what is left of the whole. */
  private static List<String> named(Corpus<Strand> whole, List<Strand> some, Path file) {
    List<String> names = new ArrayList<>();
    try (LineReader lines = TextSource.of(file).open()) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        names.add(line.strip());
      }
    }
    if (names.size() != whole.size()) {
      throw UserError.data(
          file,
          "%d lines for %d strands; it has a line for each, with the group that it is of"
              .formatted(names.size(), whole.size()));
    }
    Map<Strand, String> byStrand = new IdentityHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byStrand.put(whole.examples().get(i), names.get(i));
    }
    return some.stream().map(byStrand::get).toList();
  }

  /** What is to be said of a split whose parts tell on each other; empty if nothing is. */
  static Optional<String> leak(Split<Strand> split) {
    List<Strand> train = split.train().examples();
    for (var part : List.of(split.dev(), split.test())) {
      List<Strand> others = part.map(Corpus::examples).orElse(List.of());
      boolean comparable =
          train.stream().allMatch(strand -> strand.bases().length() <= LONG)
              && others.stream().allMatch(strand -> strand.bases().length() <= LONG);
      long related = comparable ? Homology.related(train, others) : 0;
      if (related > 0) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%,d of the %,d strands of %s share a stretch of %d bases with one that is trained"
                    + " on, so that their score flatters",
                related,
                others.size(),
                part.orElseThrow().source(),
                Homology.LENGTH));
      }
    }
    return Optional.empty();
  }

  /** Refuses strands that nothing is known of, or that are what a model does not know. */
  static void check(Corpus<Strand> strands, StrandEncoder encoder) {
    for (Strand strand : strands.examples()) {
      if (encoder.isOfRegions()) {
        RegionLabels labels = encoder.regions().orElseThrow();
        for (boolean reverse : labels.directions()) {
          new RegionLabeller(labels).of(strand, reverse, strands.source());
        }
      } else if (strand.label() == null) {
        throw UserError.data(
            strands.source(), "strand " + strand.id() + " has no label to judge by; add it");
      } else if (!encoder.labels().contains(strand.label())) {
        throw UserError.data(
            strands.source(),
            "the label '%s' of strand %s is not among those of the training data, %s"
                .formatted(strand.label(), strand.id(), encoder.labels()));
      }
    }
  }

  /** What was recognised, in words. */
  static String describe(Corpus<Strand> strands) {
    List<Strand> all = strands.examples();
    long bases = all.stream().mapToLong(strand -> strand.bases().length()).sum();
    StringBuilder text =
        new StringBuilder(
            String.format(Locale.ROOT, "%,d strands, %,d bases, ", all.size(), bases));
    if (haveRegions(strands)) {
      Map<String, Long> types = new TreeMap<>();
      all.forEach(s -> s.regions().forEach(region -> types.merge(region.type(), 1L, Long::sum)));
      text.append(types.isEmpty() ? "no regions" : "regions ").append(types.isEmpty() ? "" : types);
    } else {
      List<String> labels =
          all.stream().map(Strand::label).filter(Objects::nonNull).distinct().sorted().toList();
      text.append(labels.size()).append(" labels");
      text.append(labels.isEmpty() || labels.size() > MOST_SHOWN ? "" : " " + labels);
    }
    long several = all.stream().mapToLong(strand -> several(strand.bases().codes())).sum();
    if (several > 0) {
      text.append(String.format(Locale.ROOT, "; %,d bases may be several nucleotides", several));
    }
    return text.append(", read as ").append(strands.format()).toString();
  }

  private static long several(byte[] codes) {
    long several = 0;
    for (byte code : codes) {
      several += Nucleotides.number(code) < 0 ? 1 : 0;
    }
    return several;
  }
}
