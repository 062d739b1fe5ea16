package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.training.GradientStep;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

class ScheduledSamplingTest {

  private static Toy toy(String attention, String feeding, String seed, String probability) {
    return new Toy(
        "attention", attention,
        "input-feeding", feeding,
        "layers", "2",
        "seed", seed,
        "scheduled-sampling", probability);
  }

  private static Toy toy() {
    return toy("general", "false", "1", "0.8");
  }

  private static final List<SentencePair> PAIRS =
      List.of(
          new SentencePair("a b c", "x y x"),
          new SentencePair("d", "y"),
          new SentencePair("e a", "y x"));

  /** Targets of four, two and three symbols, the ends counted, and again. */
  private static MultiDataSet batch(Toy toy, int times) {
    return toy.encoder.encode(
        toy.encoder.prepareAll(
            Collections.nCopies(times, PAIRS).stream().flatMap(List::stream).toList()));
  }

  private static MultiDataSet batch(Toy toy) {
    return batch(toy, 1);
  }

  private static MultiDataSet revise(Toy toy, long step, double progress) {
    return new ScheduledSampling(toy.config, toy.encoder.target())
        .revise(batch(toy), toy.network, step, progress);
  }

  /** Against the distributions that the network gives when it reads the right symbols. */
  @ParameterizedTest
  @CsvSource({"general, false", "none, false", "additive, true"})
  void drawsFromWhatIsPredictedAsOftenAsItShould(String attention, String feeding) {
    Toy toy = toy(attention, feeding, "1", "0.8");
    double probability = 0.8 * 0.75;
    MultiDataSet right = batch(toy);
    INDArray predicted =
        toy.network.output(false, right.getFeatures(), right.getFeaturesMaskArrays(), null)[0];
    int symbols = toy.encoder.target().size();
    int times = 200; // more places than are predicted at once
    int steps = 20;
    int[][][] counts = new int[3][4][symbols];
    ScheduledSampling sampling = new ScheduledSampling(toy.config, toy.encoder.target());
    for (int step = 0; step < steps; step++) {
      INDArray read = sampling.revise(batch(toy, times), toy.network, step, 0.75).getFeatures(1);
      for (int b = 0; b < 3 * times; b++) {
        for (int t = 0; t < 4; t++) {
          counts[b % 3][t][read.getInt(b, 0, t)]++;
        }
      }
    }
    for (int b = 0; b < 3; b++) {
      for (int t = 0; t < 4; t++) {
        int itself = right.getFeatures(1).getInt(b, 0, t);
        boolean replaced = t > 0 && right.getFeaturesMaskArray(1).getInt(b, t) == 1;
        for (int symbol = 0; symbol < symbols; symbol++) {
          double expected = symbol == itself ? 1 : 0;
          if (replaced) {
            boolean never = symbol == toy.begin || symbol == toy.end;
            expected *= 1 - probability;
            expected += never ? 0 : probability * predicted.getDouble(b, symbol, t - 1);
            if (symbol == itself) {
              expected += probability * predicted.getDouble(b, toy.begin, t - 1);
              expected += probability * predicted.getDouble(b, toy.end, t - 1);
            }
          }
          double deviation = Math.sqrt(expected * (1 - expected) / (steps * times));
          assertThat((double) counts[b][t][symbol] / (steps * times))
              .as("symbol %d at step %d of sentence %d", symbol, t, b)
              .isCloseTo(expected, within(5 * deviation + 1e-6));
        }
      }
    }
  }

  @Test
  void changesNothingElse() {
    Toy toy = toy();
    MultiDataSet right = batch(toy);
    MultiDataSet revised = revise(toy, 7, 0.9);
    assertThat(revised.getFeatures(1)).isNotEqualTo(right.getFeatures(1));
    assertThat(revised.getFeatures(0)).isEqualTo(right.getFeatures(0));
    assertThat(revised.getLabels(0)).isEqualTo(right.getLabels(0));
    assertThat(revised.getFeaturesMaskArrays()).isEqualTo(right.getFeaturesMaskArrays());
    assertThat(revised.getLabelsMaskArrays()).isEqualTo(right.getLabelsMaskArrays());
  }

  @Test
  void isAFunctionOfTheSeedAndTheStep() {
    Toy toy = toy();
    INDArray once = revise(toy, 7, 0.9).getFeatures(1);
    revise(toy, 8, 0.9);
    assertThat(revise(toy, 7, 0.9).getFeatures(1)).isEqualTo(once);
    assertThat(List.of(8L, 9L, 10L))
        .anySatisfy(step -> assertThat(revise(toy, step, 0.9).getFeatures(1)).isNotEqualTo(once));
    Toy other = toy("general", "false", "2", "0.8");
    other.network.params().assign(toy.network.params());
    assertThat(List.of(7L, 8L, 9L))
        .anySatisfy(
            step ->
                assertThat(revise(other, step, 0.9).getFeatures(1))
                    .isNotEqualTo(revise(toy, step, 0.9).getFeatures(1)));
  }

  @Test
  void atTheBeginningAllIsRight() {
    Toy toy = toy();
    MultiDataSet right = batch(toy);
    ScheduledSampling sampling = new ScheduledSampling(toy.config, toy.encoder.target());
    for (int step = 0; step < 50; step++) {
      assertThat(sampling.revise(right, toy.network, step, 0)).isSameAs(right);
    }
  }

  /** The first pass leaves nothing behind that the second could be disturbed by. */
  @ParameterizedTest
  @CsvSource({"general, false", "none, false", "additive, true"})
  void theStepThatFollowsIsAsIfThereHadBeenNoFirstPass(String attention, String feeding) {
    Toy toy = toy(attention, feeding, "1", "0.8");
    MultiDataSet revised = revise(toy, 3, 0.9);
    int iterations = toy.network.getConfiguration().getIterationCount();
    double loss = GradientStep.compute(toy.network, revised);
    INDArray gradient = toy.network.getFlattenedGradients().dup();

    Toy other = toy(attention, feeding, "1", "0.8");
    assertThat(other.network.getConfiguration().getIterationCount()).isEqualTo(iterations);
    assertThat(GradientStep.compute(other.network, revised)).isEqualTo(loss);
    assertThat(other.network.getFlattenedGradients()).isEqualTo(gradient);
  }
}
