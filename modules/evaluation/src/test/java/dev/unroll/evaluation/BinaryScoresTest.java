package dev.unroll.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The scores that two classes have besides those of several. */
class BinaryScoresTest {
  private static final List<String> LABELS = List.of("other", "promoter");
  private static final int EXAMPLES = 300;

  private final int[] gold = new int[EXAMPLES];
  private final double[] score = new double[EXAMPLES];

  private Confusion random(long seed) {
    Random random = new Random(seed);
    Confusion scores = new Confusion(LABELS);
    for (int i = 0; i < EXAMPLES; i++) {
      gold[i] = random.nextInt(3) == 0 ? 1 : 0;
      score[i] =
          Math.min(10, Math.max(0, Math.round(4 + 2 * gold[i] + 2 * random.nextGaussian()))) / 10.0;
      scores.add(gold[i], new double[] {1 - score[i], score[i]});
    }
    return scores;
  }

  /** Every positive example against every negative one. */
  @Test
  void theAreaIsTheShareOfPairsInTheRightOrder() {
    Confusion scores = random(1);
    double won = 0;
    long pairs = 0;
    for (int p = 0; p < EXAMPLES; p++) {
      for (int n = 0; n < EXAMPLES; n++) {
        if (gold[p] == 1 && gold[n] == 0) {
          pairs++;
          won += score[p] > score[n] ? 1 : score[p] == score[n] ? 0.5 : 0;
        }
      }
    }
    assertThat(scores.auroc()).isEqualTo(won / pairs, within(1e-12)).isBetween(0.6, 0.9);
  }

  /** Precision and recall counted anew at every threshold. */
  @Test
  void averagePrecisionIsPrecisionWeightedByTheRecallGained() {
    Confusion scores = random(4);
    double expected = 0;
    double recall = 0;
    for (int tenths = 10; tenths >= 0; tenths--) {
      int taken = 0;
      int found = 0;
      int all = 0;
      for (int i = 0; i < EXAMPLES; i++) {
        boolean above = score[i] >= tenths / 10.0;
        taken += above ? 1 : 0;
        found += above && gold[i] == 1 ? 1 : 0;
        all += gold[i];
      }
      double reached = (double) found / all;
      expected += taken == 0 ? 0 : (reached - recall) * found / taken;
      recall = reached;
    }
    assertThat(scores.auprc()).isEqualTo(expected, within(1e-12)).isBetween(0.4, 0.9);
  }

  /** Matthews' coefficient is Pearson's of two variables that are 0 or 1. */
  @Test
  void matthewsCoefficientIsACorrelation() {
    Confusion scores = random(2);
    double[] sums = new double[3];
    int both = 0;
    for (int i = 0; i < EXAMPLES; i++) {
      int answered = score[i] > 1 - score[i] ? 1 : 0;
      sums[0] += gold[i];
      sums[1] += answered;
      both += gold[i] * answered;
    }
    double truth = sums[0] / EXAMPLES;
    double answer = sums[1] / EXAMPLES;
    double covariance = (double) both / EXAMPLES - truth * answer;
    double expected = covariance / Math.sqrt(truth * (1 - truth) * answer * (1 - answer));
    assertThat(scores.mcc()).isEqualTo(expected, within(1e-12)).isBetween(0.1, 0.9);
  }

  @Test
  void partsCountAsOneAndTheScoresHaveNames() {
    Confusion one = random(3);
    assertThat(one.plus(new Confusion(LABELS)).auroc()).isEqualTo(one.auroc());
    assertThat(one.toMap()).containsEntry("auroc", one.auroc()).containsEntry("mcc", one.mcc());
    assertThat(one.toMap()).containsEntry("auprc", one.auprc());
  }

  @Test
  void oneClassAloneHasNoOrderAndThreeHaveNoSecond() {
    Confusion scores = new Confusion(LABELS);
    scores.add(1, new double[] {0.3, 0.7});
    assertThat(scores.auroc()).isNaN();
    assertThat(scores.mcc()).isZero();
    assertThat(scores.auprc()).isEqualTo(1);
    Confusion three = new Confusion(List.of("a", "b", "c"));
    assertThat(three.toMap()).doesNotContainKeys("auroc", "auprc", "mcc");
    assertThatThrownBy(three::auroc).hasMessageContaining("[a, b, c]");
  }
}
