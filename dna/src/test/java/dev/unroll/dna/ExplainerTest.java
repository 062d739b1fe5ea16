package dev.unroll.dna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.training.Networks;
import dev.unroll.training.TrainedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A motif is planted, and is to be found again. */
class ExplainerTest {
  private static final String MOTIF = "GACGTGCA";

  /** Small enough that hardly any rectifier, and no maximum, changes its mind on the way. */
  private static final double STEP = 0.001;

  private static DnaModel model;
  private static List<Strand> unseen;

  private static List<Strand> strands(int count, long seed) {
    Random random = new Random(seed);
    List<Strand> strands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder letters = new StringBuilder();
      for (int k = 0; k < 36; k++) {
        letters.append("ACGT".charAt(random.nextInt(4)));
      }
      int at = random.nextInt(36 - MOTIF.length());
      boolean with = i % 2 == 0;
      if (with) {
        letters.replace(at, at + MOTIF.length(), MOTIF);
      }
      String id = with ? String.valueOf(at) : "none" + i;
      strands.add(new Strand(id, Bases.of(letters.toString()), with ? "with" : "without", null));
    }
    return strands;
  }

  @BeforeAll
  static void train() {
    Corpus<Strand> corpus = Handful.corpus(strands(300, 1));
    DnaConfig config =
        Handful.config(
            "epochs",
            "7",
            "batch",
            "20",
            "filter-width",
            "8",
            "strands",
            "augment",
            "dropout",
            "0.2",
            "input-dropout",
            "0.1");
    model =
        DnaTrainer.train(config, StrandEncoder.fit(corpus, config), new Split<>(corpus, corpus));
    unseen = strands(60, 2);
  }

  private static double share(Function<Importance, double[]> importance) {
    Explainer explainer = model.explainer();
    int found = 0;
    int all = 0;
    for (Strand strand : unseen) {
      Importance one = explainer.explain(strand);
      if (strand.label().equals("with") && one.label().equals("with")) {
        all++;
        int start = Motif.start(importance.apply(one), MOTIF.length());
        found += Math.abs(start - Integer.parseInt(strand.id())) <= 1 ? 1 : 0;
      }
    }
    assertThat(all).isGreaterThan(20);
    return (double) found / all;
  }

  @Test
  void thePlantedMotifIsWhatMattered() {
    assertThat(model.evaluateLabels(unseen).accuracy()).isGreaterThan(0.9);
    assertThat(share(Importance::loss)).as("by mutagenesis").isGreaterThan(0.85);
    assertThat(share(Importance::gradient)).as("by gradient").isGreaterThan(0.6);
    Explainer explainer = model.explainer();
    List<Importance> with =
        unseen.stream().map(explainer::explain).filter(one -> one.label().equals("with")).toList();
    Motif motif = Motif.of("with", with, MOTIF.length(), Importance::loss);
    assertThat(motif.consensus()).isEqualTo(MOTIF);
    assertThat(motif.bits()).hasSize(MOTIF.length());
    assertThat(LogoPage.of(with, List.of(motif))).contains("\"bits\"", "\"mutations\"");
  }

  /** Every mutant, asked about by itself. */
  @Test
  void mutagenesisIsWhatTheModelSaysOfEachMutant() {
    Strand strand = unseen.get(0);
    Importance one = model.explainer().explain(strand);
    String letters = strand.bases().toString();
    for (int i = 0; i < letters.length(); i += 5) {
      for (int n = 0; n < 4; n++) {
        String mutant = letters.substring(0, i) + "ACGT".charAt(n) + letters.substring(i + 1);
        double probability =
            model.classify(Strand.unlabelled("m", mutant)).probabilities().get(one.label());
        assertThat(one.mutations()[i][n])
            .isEqualTo(Math.log(probability) - Math.log(one.probability()), within(1e-4));
      }
    }
  }

  /** Of networks as they begin: a base read a little stronger, and a little weaker. */
  @ParameterizedTest
  @ValueSource(strings = {"given", "average"})
  void theGradientIsThatOfFiniteDifferences(String strands) {
    StrandEncoder encoder =
        StrandEncoder.ofLabels(List.of("a", "b", "c"), Handful.config("strands", strands));
    ComputationGraph network = Networks.of(DnaNetwork.configuration(encoder));
    Classifier classifier = new Classifier(encoder);
    Strand strand = Strand.unlabelled("x", "ACGTRTTNGACCA");
    Importance one = new Explainer(classifier, TrainedNetwork.of(network)).explain(strand);
    int label = encoder.labels().indexOf(one.label());
    List<StrandWindow> readings = new ArrayList<>(List.of(classifier.unlabelled(strand)));
    if (strands.equals("average")) {
      readings.add(readings.get(0).reversed());
    }
    double largest = 0;
    for (int i = 0; i < strand.bases().length(); i++) {
      double[] logs = new double[2];
      for (int sign = 0; sign < 2; sign++) {
        double sum = 0;
        for (StrandWindow reading : readings) {
          INDArray x = encoder.encode(List.of(reading)).getFeatures(0).dup();
          int step = reading.reverse() ? strand.bases().length() - 1 - i : i;
          x.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(step))
              .muli(sign == 0 ? 1 + STEP : 1 - STEP);
          sum += network.output(x)[0].getDouble(0, label);
        }
        logs[sign] = Math.log(sum);
      }
      double expected = (logs[0] - logs[1]) / (2 * STEP);
      assertThat(one.gradient()[i]).as("base %d", i).isEqualTo(expected, within(3e-4));
      largest = Math.max(largest, Math.abs(expected));
    }
    assertThat(largest).isGreaterThan(0.01);
  }

  @Test
  void basesThatMayBeSeveralAndNoBasesAreExplainedToo() {
    Strand strand = unseen.get(2);
    Importance one = model.explainer().explain(strand);
    double sum = 0;
    for (double value : one.gradient()) {
      sum += Math.abs(value);
    }
    assertThat(sum).isGreaterThan(0.01);
    Importance any = model.explainer().explain(Strand.unlabelled("n", "N".repeat(8)));
    assertThat(any.gradient()).hasSize(8);
    assertThat(any.loss()).hasSize(8);
    assertThat(model.explainer().explain(Strand.unlabelled("e", "")).gradient()).isEmpty();
  }

  @Test
  void aStretchThatMatteredMost() {
    assertThat(Motif.start(new double[] {0, 1, 5, 1, 0, 4}, 2)).isEqualTo(1);
    assertThat(Motif.start(new double[] {0, 1}, 3)).isEqualTo(-1);
  }
}
