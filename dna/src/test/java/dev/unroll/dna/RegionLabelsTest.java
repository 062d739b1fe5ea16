package dev.unroll.dna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import dev.unroll.layers.crf.CrfConstraints;
import dev.unroll.layers.crf.CrfTransitions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionLabelsTest {
  private static Region region(int start, int end, Direction direction, String type) {
    return new Region("s", start, end, direction, type);
  }

  private static Corpus<Strand> corpus(int length, Region... regions) {
    Strand strand = new Strand("s", Bases.of("A".repeat(length)), null, List.of(regions));
    return new Corpus<>(List.of(strand), "s.fa", "digest");
  }

  private static byte[] of(RegionLabels labels, Corpus<Strand> corpus, boolean reverse) {
    return labels.of(corpus.examples().get(0), reverse, "s.fa");
  }

  @Test
  void regionsThatTouchAreToldApartByTheirFirstBases() {
    Corpus<Strand> corpus =
        corpus(
            9,
            region(1, 4, Direction.PLUS, "x"),
            region(4, 6, Direction.PLUS, "x"),
            region(2, 5, Direction.MINUS, "y"));
    RegionLabels labels = RegionLabels.fit(corpus, false);
    assertThat(labels).isEqualTo(new RegionLabels(List.of("x", "y"), true, true, true));
    // O 0, first of x 1, x 2, first of y 3, y 4
    assertThat(of(labels, corpus, false)).containsExactly(0, 1, 2, 2, 1, 2, 0, 0, 0);
    assertThat(of(labels, corpus, true)).containsExactly(0, 0, 4, 4, 3, 0, 0, 0, 0);
    CrfConstraints constraints = labels.constraints();
    assertThat(constraints.allows(0, 2)).isFalse();
    assertThat(constraints.allows(1, 2)).isTrue();
    assertThat(constraints.allows(2, 1)).isTrue();
    assertThat(constraints.allows(3, 2)).isFalse();
    assertThat(constraints.allows(4, 4)).isTrue();
    assertThat(constraints.allowsStart(2)).as("a stretch may begin in a region").isTrue();
  }

  @Test
  void whereAllBasesAreInRegionsThereIsNoLabelForNothing() {
    Corpus<Strand> corpus =
        corpus(5, region(0, 3, Direction.EITHER, "E"), region(3, 5, Direction.EITHER, "I"));
    RegionLabels labels = RegionLabels.fit(corpus, false);
    assertThat(labels).isEqualTo(new RegionLabels(List.of("E", "I"), false, false, false));
    assertThat(of(labels, corpus, false)).containsExactly(0, 0, 0, 1, 1);
    assertThat(labels.directions()).containsExactly(false);
    Corpus<Strand> gap = corpus(5, region(0, 3, Direction.EITHER, "E"));
    assertThatThrownBy(() -> of(labels, gap, false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("s.fa: base 4 of s is in no region");
  }

  @Test
  void turnedRoundNeitherEndIsTheFirst() {
    Corpus<Strand> corpus =
        corpus(5, region(0, 3, Direction.EITHER, "x"), region(3, 5, Direction.EITHER, "x"));
    assertThat(RegionLabels.fit(corpus, false).firsts()).isTrue();
    assertThat(RegionLabels.fit(corpus, true).firsts()).isFalse();
  }

  @Test
  void aBaseIsOneThing() {
    Corpus<Strand> both =
        corpus(9, region(0, 9, Direction.PLUS, "gene"), region(2, 5, Direction.PLUS, "CDS"));
    assertThatThrownBy(() -> RegionLabels.fit(both, false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("gene and CDS overlap at base 3 of s; name with types those");
    Corpus<Strand> none = corpus(9);
    assertThatThrownBy(() -> RegionLabels.fit(none, false))
        .hasMessageContaining("0 types of regions");
    RegionLabels labels = new RegionLabels(List.of("CDS"), true, false, true);
    assertThatThrownBy(() -> labels.of(Strand.unlabelled("s", "A"), false, "s.fa"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nothing says what the regions of s are; add regions");
    assertThatThrownBy(() -> of(labels, both, false))
        .hasMessageContaining("type 'gene' of a region of s is not among those");
  }

  /** Labels, decoded again by the builder of regions, are the regions. */
  @Test
  void labelsTellTheirRegions() {
    for (Strand strand : Handful.genes(5, 200, 21)) {
      RegionLabels labels = RegionLabels.fit(Handful.corpus(List.of(strand)), false);
      List<Region> found = new ArrayList<>();
      for (boolean reverse : labels.directions()) {
        RegionBuilder builder =
            new RegionBuilder(strand.id(), labels, reverse, found::add, (label, marginals) -> {});
        byte[] given = labels.of(strand, reverse, "s.fa");
        double[][] certain = new double[given.length][labels.size()];
        for (int i = 0; i < given.length; i++) {
          certain[i][given[i]] = 1;
        }
        builder.add(new Block(certain, certain, CrfTransitions.neutral(labels.constraints())));
        builder.finish();
      }
      assertThat(found).containsExactlyInAnyOrderElementsOf(strand.regions());
    }
  }
}
