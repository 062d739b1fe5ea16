package dev.unroll.dna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.UserError;
import dev.unroll.testing.ModelContract;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Learns a handful of whole strands by heart, and is then asked all that a user may ask. */
class DnaModelTest extends ModelContract<DnaModel, Strand, Classified> {
  @Override
  protected DnaModel learn() {
    return Handful.train(Handful.config(), Handful.STRANDS);
  }

  @Override
  protected void assertLearnt(DnaModel model) {
    assertThat(model.evaluateLabels(Handful.STRANDS).accuracy()).isEqualTo(1);
    assertThat(model.labels()).containsExactly("first", "second", "third");
    assertThat(model.metrics()).containsEntry("accuracy", 1.0);
  }

  @Override
  protected DnaModel train(long seed) {
    return Handful.train(
        Handful.config(
            "epochs",
            "3",
            "dropout",
            "0.5",
            "input-dropout",
            "0.2",
            "mutation",
            "0.1",
            "strands",
            "average",
            "seed",
            String.valueOf(seed)),
        Handful.STRANDS);
  }

  @Override
  protected List<Strand> questions() {
    return List.of(
        Strand.unlabelled("nothing", ""),
        Strand.unlabelled("one", "A"),
        Strand.unlabelled("any", "NNNNNNNN"),
        Strand.unlabelled("codes", "RYSWKMBDHVNacgtu"),
        Strand.unlabelled("long", "ACGTTGCA".repeat(60)),
        Handful.STRANDS.get(0),
        Handful.STRANDS.get(11));
  }

  @Override
  protected List<Classified> answer(DnaModel model, List<Strand> strands) {
    return model.classify(strands);
  }

  @Override
  protected Classified answer(DnaModel model, Strand strand) {
    return model.classify(strand);
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
    return List.of(model.config(), model.metrics(), model.provenance(), model.labels());
  }

  @Override
  protected Optional<Function<InputStream, DnaModel>> streamLoader() {
    return Optional.of(DnaModel::load);
  }

  @Override
  protected Optional<Function<String, DnaModel>> resourceLoader() {
    return Optional.of(name -> DnaModel.load(DnaModel.class, name));
  }

  @Override
  protected String resource() {
    return "/models/strands.zip";
  }

  @Test
  void everyNetworkLearnsIt() {
    for (String[] settings :
        new String[][] {
          {"cell", "gru", "bidirectional", "false", "pooling", "last", "filters", "0"},
          {"kmer", "3", "dimensions", "8", "stride", "2", "pooling", "middle-max-mean"},
          {"soft-mask", "true", "strands", "augment"}
        }) {
      DnaModel other = Handful.train(Handful.config(settings), Handful.STRANDS);
      assertThat(other.evaluateLabels(Handful.STRANDS).accuracy())
          .as("%s", List.of(settings))
          .isGreaterThan(0.8);
    }
  }

  @Test
  void anAveragedModelAnswersAlikeForBothStrands() {
    DnaModel averaged =
        Handful.train(Handful.config("strands", "average", "epochs", "5"), Handful.STRANDS);
    DnaModel given = Handful.train(Handful.config("epochs", "5"), Handful.STRANDS);
    List<Strand> turned = questions().stream().map(Strand::reverseComplement).toList();
    List<Classified> answers = averaged.classify(questions());
    List<Classified> others = averaged.classify(turned);
    double apart = 0;
    for (int i = 0; i < turned.size(); i++) {
      for (String label : averaged.labels()) {
        double answer = answers.get(i).probabilities().get(label);
        assertThat(others.get(i).probabilities().get(label))
            .as(turned.get(i).id())
            .isEqualTo(answer, within(1e-6));
      }
      double one = given.classify(questions().get(i)).probability();
      apart = Math.max(apart, Math.abs(one - given.classify(turned.get(i)).probability()));
    }
    assertThat(apart).as("of a model that is not averaged").isGreaterThan(1e-3);
  }

  @Test
  void aCodeOfSeveralNucleotidesIsAskedAboutAsTheirMean() {
    StrandEncoder encoder = StrandEncoder.fit(Handful.corpus(Handful.STRANDS), Handful.config());
    List<float[]> read = new ArrayList<>();
    for (String letters : List.of("ACN", "ACA", "ACC", "ACG", "ACT")) {
      StrandWindow window = encoder.prepare(Strand.unlabelled("x", letters));
      read.add(encoder.encode(List.of(window)).getFeatures(0).dup('c').data().asFloat());
    }
    for (int i = 0; i < read.get(0).length; i++) {
      float sum = 0;
      for (int n = 1; n <= 4; n++) {
        sum += read.get(n)[i];
      }
      assertThat(read.get(0)[i]).isEqualTo(sum / 4, within(1e-7f));
    }
  }

  @Test
  void aStrandWithoutALabelIsNoTest() {
    assertThatThrownBy(() -> model().evaluateLabels(questions()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("strand nothing: no label to judge by");
  }

  @Test
  void aClassifierFindsNoRegions() {
    assertThatThrownBy(() -> model().annotate(Handful.STRANDS.get(0)))
        .hasMessageContaining("classifies; it finds no regions");
  }

  @Test
  void aPlaceBesideTheMiddleIsNotLearntWhereStrandsAreTurnedRound() {
    for (String strands : List.of("augment", "average")) {
      DnaConfig config = Handful.config("anchor", "0.8", "strands", strands);
      assertThatThrownBy(() -> Handful.train(config, Handful.STRANDS))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "anchor must be 0.5, the middle, where strands are also read from the other end;"
                  + " got 0.8; add strands given");
    }
  }
}
