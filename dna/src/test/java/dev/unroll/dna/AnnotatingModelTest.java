package dev.unroll.dna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.testing.ModelContract;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Learns where the genes of a handful of strands lie, on both of their strands. */
class AnnotatingModelTest extends ModelContract<DnaModel, Strand, List<Region>> {
  @Override
  protected DnaModel learn() {
    return Handful.train(Handful.ofGenes(), Handful.GENES);
  }

  @Override
  protected void assertLearnt(DnaModel model) {
    RegionScores scores = model.evaluateRegions(Handful.GENES);
    assertThat(scores.total().f1()).isGreaterThan(95);
    assertThat(scores.bases().accuracy()).isGreaterThan(0.98);
    assertThat(model.regions().orElseThrow())
        .isEqualTo(new RegionLabels(List.of("gene"), true, true, true, false, false));
  }

  @Override
  protected DnaModel train(long seed) {
    return Handful.train(
        Handful.ofGenes("epochs", "2", "dropout", "0.5", "seed", String.valueOf(seed)),
        Handful.GENES);
  }

  @Override
  protected List<Strand> questions() {
    return List.of(
        Strand.unlabelled("nothing", ""),
        Strand.unlabelled("one", "A"),
        Strand.unlabelled("any", "N".repeat(70)),
        Handful.genes(1, 400, 8).get(0),
        Handful.GENES.get(0));
  }

  @Override
  protected List<List<Region>> answer(DnaModel model, List<Strand> strands) {
    return strands.stream().map(model::annotate).toList();
  }

  @Override
  protected List<Region> answer(DnaModel model, Strand strand) {
    return model.annotate(strand);
  }

  @Override
  protected void save(DnaModel model, Path file) {
    model.save(file);
  }

  @Override
  protected DnaModel load(Path file) {
    return DnaModel.load(file);
  }

  @Override
  protected List<Object> description(DnaModel model) {
    return List.of(model.config(), model.metrics(), model.provenance(), model.regions());
  }

  @Override
  protected Optional<Function<InputStream, DnaModel>> streamLoader() {
    return Optional.of(DnaModel::load);
  }

  private List<Region> annotated(Strand strand, int window) {
    List<Region> regions = new ArrayList<>();
    long bases = model().annotate(strand.id(), BaseSource.of(strand.bases()), window, regions::add);
    assertThat(bases).isEqualTo(strand.bases().length());
    regions.sort(Comparator.comparingLong(Region::start));
    return regions;
  }

  private static List<Region> known(List<Region> regions) {
    return regions.stream()
        .map(r -> new Region(r.id(), r.start(), r.end(), r.direction(), r.type()))
        .toList();
  }

  /** Windows beyond the overlap agree: their seams are nowhere to be seen. */
  @Test
  void whatIsFoundDoesNotHangOnTheWindow() {
    Strand chromosome = Handful.genes(1, 3_000, 9).get(0);
    List<Region> whole = annotated(chromosome, chromosome.bases().length());
    assertThat(whole.size()).isGreaterThan(100);
    for (int window : new int[] {30, 45, 61, 200, 1_000}) {
      List<Region> regions = annotated(chromosome, window);
      assertThat(known(regions)).as("windows of " + window).isEqualTo(known(whole));
      for (int i = 0; i < regions.size(); i++) {
        assertThat(regions.get(i).probability())
            .isEqualTo(whole.get(i).probability(), within(0.05));
      }
    }
    assertThatThrownBy(() -> annotated(chromosome, 0))
        .hasMessageContaining("window must be at least 1, got 0");
  }

  /** However few bases come at a time, and whatever is held of them. */
  @Test
  void whatIsFoundDoesNotHangOnHowItIsRead() {
    Strand chromosome = Handful.genes(1, 35_000, 10).get(0);
    List<Region> expected = model().annotate(chromosome);
    BaseSource all = BaseSource.of(chromosome.bases());
    List<Region> streamed = new ArrayList<>();
    BaseSource dripping =
        (codes, offset, most) -> {
          int read = 0;
          for (int n = 1; n > 0 && read < most; read += n) {
            n = all.read(codes, offset + read, Math.min(7, most - read));
          }
          return read;
        };
    model().annotate(chromosome.id(), dripping, model().config().window(), streamed::add);
    streamed.sort(Comparator.comparingLong(Region::start));
    assertThat(streamed).isEqualTo(expected);
    assertThat(known(expected).stream().filter(chromosome.regions()::contains).count())
        .as("found of %d", chromosome.regions().size())
        .isGreaterThan((long) (0.8 * chromosome.regions().size()));
  }

  /** Where each strand is read by itself, turning one round turns the answer round. */
  @Test
  void theOtherStrandHasTheSameRegionsTheOtherWayRound() {
    for (Strand strand : Handful.genes(3, 50, 11)) {
      List<Region> expected =
          new Strand(strand.id(), strand.bases(), null, annotated(strand, 200))
              .reverseComplement().regions().stream()
                  .sorted(Comparator.comparingLong(Region::start))
                  .toList();
      List<Region> actual = annotated(strand.reverseComplement(), 200);
      assertThat(known(actual)).isEqualTo(known(expected));
    }
  }

  @Test
  void anAveragedAnnotationIsAlikeForBothStrands() {
    List<Strand> repeats = new ArrayList<>();
    for (Strand strand : Handful.GENES) {
      List<Region> either = new ArrayList<>();
      for (Region r : strand.regions()) {
        either.add(new Region(r.id(), r.start(), r.end(), Direction.EITHER, r.type()));
      }
      repeats.add(new Strand(strand.id(), strand.bases(), null, either));
    }
    DnaModel averaged =
        Handful.train(Handful.ofGenes("strands", "average", "epochs", "12"), repeats);
    assertThat(averaged.evaluateRegions(repeats).bases().accuracy()).isGreaterThan(0.75);
    for (Strand strand : Handful.genes(4, 20, 12)) {
      Strand turned = new Strand(strand.id(), strand.bases().reverseComplement(), null, null);
      List<Region> expected =
          new Strand(strand.id(), strand.bases(), null, averaged.annotate(strand))
              .reverseComplement().regions().stream()
                  .sorted(Comparator.comparingLong(Region::start))
                  .toList();
      List<Region> actual = averaged.annotate(turned);
      assertThat(known(actual)).isEqualTo(known(expected));
      for (int i = 0; i < actual.size(); i++) {
        assertThat(actual.get(i).probability())
            .isEqualTo(expected.get(i).probability(), within(1e-6));
      }
    }
  }

  @Test
  void everyNetworkLearnsIt() {
    for (String[] settings :
        new String[][] {
          {"output", "softmax", "cell", "gru", "kmer", "2", "epochs", "12"},
          {"stride", "3", "filter-width", "9", "hidden", "16", "epochs", "16"}
        }) {
      DnaModel other = Handful.train(Handful.ofGenes(settings), Handful.GENES);
      assertThat(other.evaluateRegions(Handful.GENES).bases().accuracy())
          .as("%s", List.of(settings))
          .isGreaterThan(0.8);
    }
  }

  @Test
  void anAnnotatorHasNoLabelsOfWholeStrands() {
    assertThatThrownBy(() -> model().classify(Handful.STRANDS.get(0)))
        .hasMessageContaining("annotates; it has no labels of whole strands");
  }
}
