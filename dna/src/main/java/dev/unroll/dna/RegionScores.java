package dev.unroll.dna;

import dev.unroll.evaluation.Confusion;
import dev.unroll.evaluation.SpanScores.Counts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Regions that were found, against those that are there. A region is right if its type, its strand
 * and both its ends are. Beside this the bases are scored one by one: what each is taken for
 * against what it is, on each strand that is read. Of regions that are there twice, one counts;
 * where two overlap, a base is what the later one says.
 */
public final class RegionScores {
  private static final String OUTSIDE = "O";
  private static final Counts GOLD = new Counts(1, 0, 0);
  private static final Counts WRONG = new Counts(0, 1, 0);
  private static final Counts RIGHT = new Counts(0, 1, 1);

  private final RegionLabels labels;
  private final Confusion bases;
  private final Map<String, Counts> types = new TreeMap<>();
  private long strands;

  /** Nothing counted yet. */
  RegionScores(RegionLabels labels) {
    this(labels, new Confusion(classes(labels)));
  }

  private RegionScores(RegionLabels labels, Confusion bases) {
    this.labels = labels;
    this.bases = bases;
  }

  private static List<String> classes(RegionLabels labels) {
    List<String> classes = new ArrayList<>();
    if (labels.outside()) {
      classes.add(OUTSIDE);
    }
    classes.addAll(labels.types());
    return classes;
  }

  /**
   * Counts the bases of a strand, as they come.
   *
   * @param gold the label of each, in the order in which they come
   */
  RegionBuilder.LabelListener bases(byte[] gold) {
    strands++;
    int[] next = {0};
    return (label, marginals) -> {
      double[] probabilities = new double[bases.labels().size()];
      for (int j = 0; j < marginals.length; j++) {
        probabilities[number(j)] += marginals[j];
      }
      bases.add(number(gold[next[0]++]), number(label), probabilities);
    };
  }

  private int number(int label) {
    return labels.type(label) + (labels.outside() ? 1 : 0);
  }

  /** Counts the regions of a sequence. */
  void regions(List<Region> gold, List<Region> found) {
    Set<Region> there = new HashSet<>();
    gold.forEach(region -> there.add(plain(region)));
    there.forEach(region -> count(region.type(), GOLD));
    for (Region region : found) {
      count(region.type(), there.contains(plain(region)) ? RIGHT : WRONG);
    }
  }

  private Region plain(Region region) {
    Direction direction = labels.stranded() ? region.direction() : Direction.EITHER;
    return new Region(region.id(), region.start(), region.end(), direction, region.type());
  }

  private void count(String type, Counts counts) {
    types.merge(type, counts, Counts::plus);
  }

  /** Both counted as one; neither changes. */
  public RegionScores plus(RegionScores other) {
    RegionScores sum = new RegionScores(labels, bases.plus(other.bases));
    for (RegionScores part : List.of(this, other)) {
      sum.strands += part.strands;
      part.types.forEach(sum::count);
    }
    return sum;
  }

  /** The regions of all types. */
  public Counts total() {
    return types.values().stream().reduce(new Counts(0, 0, 0), Counts::plus);
  }

  /** The regions of each type that occurs on either side, in the order of its name. */
  public Map<String, Counts> types() {
    return Collections.unmodifiableMap(types);
  }

  /** The bases, each by itself: what each is, {@code O} for nothing, and what it is taken for. */
  public Confusion bases() {
    return bases;
  }

  /**
   * The scores by name, as those of a tagger of texts: {@code sentences} (strands that were read),
   * {@code tokens} (bases of them), {@code precision}, {@code recall}, {@code f1} and {@code
   * accuracy} (of bases; all 0 to 100), {@code gold}, {@code predicted} and {@code correct}
   * regions, {@code types}, each with the same; and {@code bases}, with {@link Confusion#toMap}.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("sentences", strands);
    map.put("tokens", bases.examples());
    map.putAll(total().toMap());
    map.put("accuracy", 100 * bases.accuracy());
    if (bases.isBinary()) {
      map.put("auroc", bases.auroc());
      map.put("auprc", bases.auprc());
      map.put("mcc", bases.mcc());
    }
    Map<String, Object> perType = new LinkedHashMap<>();
    types.forEach((type, counts) -> perType.put(type, counts.toMap()));
    map.put("types", perType);
    map.put("bases", bases.toMap());
    return map;
  }

  /** The regions, and then the bases. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(line("all regions", total()));
    types.forEach((type, counts) -> text.append(line(type, counts)));
    text.append('\n').append("bases, one by one:\n").append(bases);
    return text.toString();
  }

  private static String line(String name, Counts counts) {
    return String.format(
        Locale.ROOT,
        "%-12s exact at both ends %d of %d; found %d; precision %.2f %%, recall %.2f %%, F1 %.2f\n",
        name,
        counts.correct(),
        counts.gold(),
        counts.predicted(),
        counts.precision(),
        counts.recall(),
        counts.f1());
  }
}
