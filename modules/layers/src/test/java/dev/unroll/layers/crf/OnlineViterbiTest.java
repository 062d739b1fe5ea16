package dev.unroll.layers.crf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the path that is found when all steps are there. */
class OnlineViterbiTest {
  private final Random random = new Random(4);

  private CrfTransitions transitions(int labels, double weight) {
    double[] scores = random.doubles((long) labels * labels, -weight, weight).toArray();
    double[] ends = random.doubles(labels, -weight, weight).toArray();
    double[] starts = random.doubles(labels, -weight, weight).toArray();
    CrfConstraints constraints = CrfConstraints.none(labels);
    if (labels > 2) {
      constraints = constraints.forbid(0, 2).forbidEnd(1);
    }
    return new CrfTransitions(scores, starts, ends, constraints);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 1", "2, 5000, 1", "3, 3000, 5", "5, 1000, 30", "3, 2, 1", "1, 700, 1"})
  void findsTheSamePathFromEitherEnd(int labels, int steps, double weight) {
    CrfTransitions transitions = transitions(labels, weight);
    double[][] emissions = new double[steps][];
    Arrays.setAll(emissions, t -> random.doubles(labels, -1, 1).toArray());
    int[] expected = new CrfLattice(transitions, emissions).bestPath();
    List<Integer> forward = new ArrayList<>();
    OnlineViterbi online = new OnlineViterbi(transitions, false, forward::add);
    int early = 0;
    for (double[] emission : emissions) {
      online.step(emission);
      early = forward.size();
    }
    online.finish();
    assertThat(forward).containsExactlyElementsOf(Arrays.stream(expected).boxed().toList());
    if (steps > 1000 && labels * weight < 10) {
      assertThat(early).as("told before the end").isGreaterThan(steps / 2);
    }
    List<Integer> backward = new ArrayList<>();
    OnlineViterbi fromTheEnd = new OnlineViterbi(transitions, true, backward::add);
    for (int t = steps - 1; t >= 0; t--) {
      fromTheEnd.step(emissions[t]);
    }
    fromTheEnd.finish();
    Collections.reverse(backward);
    assertThat(backward).isEqualTo(forward);
  }

  @Test
  void aSequenceWithoutStepsHasNoLabels() {
    new OnlineViterbi(transitions(2, 1), false, label -> assertThat(label).isNegative()).finish();
  }

  @Test
  void refusesWhatDoesNotFit() {
    OnlineViterbi online = new OnlineViterbi(transitions(2, 1), false, label -> {});
    assertThatThrownBy(() -> online.step(new double[3])).hasMessageContaining("2 scores, got 3");
    CrfConstraints never = CrfConstraints.none(1).forbidEnd(0);
    OnlineViterbi stuck = new OnlineViterbi(CrfTransitions.neutral(never), false, label -> {});
    stuck.step(new double[1]);
    assertThatThrownBy(stuck::finish).hasMessageContaining("allow no sequence");
  }
}
