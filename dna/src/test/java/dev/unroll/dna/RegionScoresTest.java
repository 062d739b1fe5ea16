package dev.unroll.dna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.evaluation.SpanScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the counts of conlleval, which are of tags. */
class RegionScoresTest {
  private static final RegionLabels LABELS =
      new RegionLabels(List.of("x", "y"), true, true, false, false, false);

  private final Random random = new Random(6);

  private List<Region> regions(int length) {
    List<Region> regions = new ArrayList<>();
    for (int at = random.nextInt(4); at + 6 < length; ) {
      int end = at + 1 + random.nextInt(5);
      String type = random.nextInt(3) == 0 ? "y" : "x";
      regions.add(new Region("s", at, end, Direction.EITHER, type));
      at = end + random.nextInt(3);
    }
    return regions;
  }

  /** Most of them, some moved by a base. */
  private List<Region> guesses(List<Region> regions) {
    List<Region> guesses = new ArrayList<>();
    for (Region region : regions) {
      switch (random.nextInt(5)) {
        case 0 -> {
          // not found
        }
        case 1 -> {
          if (region.end() - region.start() > 1) {
            guesses.add(
                new Region("s", region.start() + 1, region.end(), Direction.EITHER, "x", 0, 0.5));
          }
        }
        default -> guesses.add(region);
      }
    }
    return guesses;
  }

  private static List<String> tags(List<Region> regions, int length) {
    List<String> tags = new ArrayList<>(java.util.Collections.nCopies(length, "O"));
    for (Region region : regions) {
      for (int i = (int) region.start(); i < region.end(); i++) {
        tags.set(i, (i == region.start() ? "B-" : "I-") + region.type());
      }
    }
    return tags;
  }

  @Test
  void regionsCountAsConllevalCountsThem() {
    SpanScores expected = new SpanScores();
    RegionScores scores = new RegionScores(LABELS);
    RegionScores other = new RegionScores(LABELS);
    for (int i = 0; i < 60; i++) {
      List<Region> gold = regions(50);
      List<Region> found = guesses(gold);
      expected.add(tags(gold, 50), tags(found, 50));
      (i % 2 == 0 ? scores : other).regions(gold, found);
    }
    RegionScores both = scores.plus(other);
    assertThat(both.total()).isEqualTo(expected.total());
    assertThat(both.types()).isEqualTo(expected.types());
    assertThat(both.total().f1()).isBetween(40.0, 95.0);
  }

  @Test
  void basesCountByThemselves() {
    RegionScores scores = new RegionScores(LABELS);
    byte[] gold = {0, 1, 2, 2, 3};
    RegionBuilder.LabelListener listener = scores.bases(gold);
    double[] marginals = {0.1, 0.2, 0.3, 0.1, 0.3};
    for (int label : new int[] {0, 2, 2, 4, 4}) {
      listener.label(label, marginals);
    }
    assertThat(scores.bases().accuracy()).isEqualTo(0.8);
    assertThat(scores.bases().count(1, 1)).isEqualTo(2);
    assertThat(scores.bases().count(1, 2)).isEqualTo(1);
    double loss = -(Math.log(0.1) + 3 * Math.log(0.5) + Math.log(0.4)) / 5;
    assertThat(scores.bases().logLoss()).isEqualTo(loss, within(1e-9));
    assertThat(scores.toMap()).containsEntry("tokens", 5L).containsEntry("accuracy", 80.0);
  }

  @Test
  void aRegionThatIsThereTwiceCountsOnce() {
    Region region = new Region("s", 1, 3, Direction.PLUS, "x");
    RegionScores scores = new RegionScores(LABELS);
    scores.regions(List.of(region, region), List.of(region));
    assertThat(scores.total()).isEqualTo(new SpanScores.Counts(1, 1, 1));
  }
}
