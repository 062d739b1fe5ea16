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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionLabelsTest {
  private static Region region(int start, int end, Direction direction, String type) {
    return new Region("s", start, end, direction, type);
  }

  private static Corpus<Strand> corpus(int length, Region... regions) {
    Strand strand = new Strand("s", Bases.of("A".repeat(length)), null, List.of(regions));
    return new Corpus<>(List.of(strand), "s.fa", "digest");
  }

  private static byte[] of(RegionLabels labels, Corpus<Strand> corpus, boolean reverse) {
    return new RegionLabeller(labels).of(corpus.examples().get(0), reverse, "s.fa");
  }

  @Test
  void regionsThatTouchAreToldApartByTheirFirstBases() {
    Corpus<Strand> corpus =
        corpus(
            9,
            region(1, 4, Direction.PLUS, "x"),
            region(4, 6, Direction.PLUS, "x"),
            region(2, 5, Direction.MINUS, "y"));
    RegionLabels labels = RegionLabeller.fit(corpus, false, false);
    assertThat(labels)
        .isEqualTo(new RegionLabels(List.of("x", "y"), true, true, true, false, false));
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
    RegionLabels labels = RegionLabeller.fit(corpus, false, false);
    assertThat(labels)
        .isEqualTo(new RegionLabels(List.of("E", "I"), false, false, false, false, false));
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
    assertThat(RegionLabeller.fit(corpus, false, false).firsts()).isTrue();
    assertThat(RegionLabeller.fit(corpus, false, true).firsts()).isFalse();
  }

  @Test
  void aBaseIsOneThing() {
    Corpus<Strand> both =
        corpus(9, region(0, 9, Direction.PLUS, "gene"), region(2, 5, Direction.PLUS, "CDS"));
    assertThatThrownBy(() -> RegionLabeller.fit(both, false, false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("gene and CDS overlap at base 3 of s; name with types those");
    Corpus<Strand> none = corpus(9);
    assertThatThrownBy(() -> RegionLabeller.fit(none, false, false))
        .hasMessageContaining("0 types of regions");
    RegionLabels labels = new RegionLabels(List.of("CDS"), true, false, true, false, false);
    assertThatThrownBy(
            () -> new RegionLabeller(labels).of(Strand.unlabelled("s", "A"), false, "s.fa"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nothing says what the regions of s are; add regions");
    assertThatThrownBy(() -> of(labels, both, false))
        .hasMessageContaining("type 'gene' of a region of s is not among those");
  }

  @Test
  void everyBaseHasItsPlaceInItsCodon() {
    Corpus<Strand> corpus =
        corpus(
            9,
            region(1, 7, Direction.PLUS, "x"),
            region(7, 9, Direction.PLUS, "x"),
            region(2, 8, Direction.MINUS, "x"));
    RegionLabels labels = RegionLabeller.fit(corpus, true, false);
    // O 0, first 1, within places 2, 3 and 4, last 5
    assertThat(of(labels, corpus, false)).containsExactly(0, 1, 3, 4, 2, 3, 5, 1, 5);
    assertThat(of(labels, corpus, true)).containsExactly(0, 0, 5, 3, 2, 4, 3, 1, 0);
    CrfConstraints constraints = labels.constraints();
    assertThat(constraints.allows(0, 1)).isTrue();
    assertThat(constraints.allows(0, 3)).as("not without a first base").isFalse();
    assertThat(constraints.allows(4, 2)).as("the next codon").isTrue();
    assertThat(constraints.allows(3, 2)).as("not before the codon ends").isFalse();
    assertThat(constraints.allows(3, 5)).as("the last base").isTrue();
    assertThat(constraints.allows(5, 2)).as("nothing goes on behind it").isFalse();
    assertThat(constraints.allows(5, 0)).isTrue();
    assertThat(constraints.allows(4, 0)).as("not without a last base").isFalse();
    assertThat(constraints.allows(1, 0)).as("a first base that is the last").isTrue();
    assertThat(constraints.allows(3, 1)).as("one that another cuts").isTrue();
    assertThat(constraints.allowsEnd(3)).as("a stretch may end in a region").isTrue();
  }

  @Test
  void codonsNeedNoFirstBasesWhereNothingTouches() {
    Corpus<Strand> apart = corpus(9, region(1, 7, Direction.PLUS, "x"));
    RegionLabels labels = RegionLabeller.fit(apart, true, false);
    assertThat(labels.firsts()).isFalse();
    assertThat(of(labels, apart, false)).containsExactly(0, 1, 2, 3, 1, 2, 4, 0, 0);
    assertThat(labels.constraints().allows(0, 2)).as("a beginning that was cut").isTrue();
    assertThat(labels.constraints().allows(1, 3)).isFalse();
    RegionLabels alone = labels.withoutEnds();
    assertThat(of(alone, apart, false)).containsExactly(0, 1, 2, 3, 1, 2, 3, 0, 0);
    assertThat(alone.constraints().allows(2, 0)).isTrue();
  }

  /** As where a gene lies within another. */
  @Test
  void whatGoesOnBehindAnotherBeginsAnew() {
    Corpus<Strand> corpus =
        corpus(
            12,
            region(0, 12, Direction.PLUS, "x"),
            region(4, 8, Direction.PLUS, "x"),
            region(0, 12, Direction.MINUS, "x"),
            region(5, 9, Direction.MINUS, "x"));
    RegionLabels labels = RegionLabeller.fit(corpus, true, false);
    // first 0, within places 1, 2 and 3, last 4
    assertThat(of(labels, corpus, false)).containsExactly(0, 2, 3, 1, 0, 2, 3, 4, 0, 1, 2, 4);
    assertThat(of(labels, corpus, true)).containsExactly(4, 2, 1, 3, 0, 4, 3, 2, 0, 3, 2, 0);
  }

  @Test
  void whatIsCutKeepsTheBeat() {
    Region plus = region(1, 9, Direction.PLUS, "x");
    Region minus = region(1, 9, Direction.MINUS, "x");
    for (int base = 3; base < 7; base++) {
      assertThat(plus.within("s", 3, 7).orElseThrow().placeOf(base - 3, false))
          .isEqualTo((base - 1) % 3);
      assertThat(minus.within("s", 3, 7).orElseThrow().placeOf(base - 3, true))
          .isEqualTo((8 - base) % 3);
    }
  }

  @Test
  void codonsLieOnAStrand() {
    Corpus<Strand> none = corpus(9, region(1, 7, Direction.EITHER, "x"));
    assertThatThrownBy(() -> RegionLabeller.fit(none, true, false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("codons are read along a strand, and no region is on one");
  }

  /** Labels, decoded again by the builder of regions, are the regions. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void labelsTellTheirRegions(boolean codons) {
    for (Strand strand : Handful.genes(5, 200, 21)) {
      RegionLabels labels = RegionLabeller.fit(Handful.corpus(List.of(strand)), codons, false);
      List<Region> found = new ArrayList<>();
      for (boolean reverse : labels.directions()) {
        RegionBuilder builder =
            new RegionBuilder(strand.id(), labels, reverse, found::add, (label, marginals) -> {});
        byte[] given = new RegionLabeller(labels).of(strand, reverse, "s.fa");
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
