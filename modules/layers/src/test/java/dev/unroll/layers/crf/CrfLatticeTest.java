package dev.unroll.layers.crf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the sum over all label sequences, written out. */
class CrfLatticeTest {
  private final Random random = new Random(5);

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, false", "1, 3, 1, false", "4, 1, 1, false", "2, 2, 1, true",
    "5, 3, 1, false", "4, 4, 3, true", "6, 3, 1, true", "4, 3, 200, true",
    "5, 3, 400, false", "3, 5, 2000, true"
  })
  void equalsTheSumOverAllPaths(int steps, int labels, double scale, boolean constrained) {
    for (int round = 0; round < 20; round++) {
      CrfConstraints constraints = constraints(labels, constrained);
      CrfTransitions transitions =
          new CrfTransitions(
              scores(labels * labels, scale),
              scores(labels, scale),
              scores(labels, scale),
              constraints);
      double[][] emissions = new double[steps][];
      Arrays.setAll(emissions, t -> scores(labels, scale));
      BruteForce expected = new BruteForce(transitions, emissions);
      CrfLattice lattice = new CrfLattice(transitions, emissions);

      assertThat(lattice.logPartition()).isCloseTo(expected.logPartition, offset(1e-9 * scale));
      assertThat(lattice.bestPath()).containsExactly(expected.best);
      for (int t = 0; t < steps; t++) {
        assertThat(lattice.marginals(t)).containsExactly(expected.marginals(t), offset(1e-9));
      }
      int[] middle = Arrays.copyOfRange(expected.best, steps / 3, steps);
      assertThat(lattice.probability(steps / 3, middle))
          .isCloseTo(expected.probability(steps / 3, middle), offset(1e-9));
      assertGradient(transitions, emissions, expected);
    }
  }

  private static void assertGradient(
      CrfTransitions transitions, double[][] emissions, BruteForce expected) {
    int labels = transitions.labels();
    int[] path = expected.paths.get(expected.paths.size() / 2);
    CrfGradient gradient = new CrfGradient(labels);
    double[][] steps = new double[emissions.length][];

    double loss = new CrfLattice(transitions, emissions).gradient(path, steps, gradient);

    assertThat(loss)
        .isCloseTo(
            expected.logPartition - expected.score(path),
            offset(1e-9 * Math.max(1, Math.abs(loss))));
    for (int i = 0; i < labels; i++) {
      assertThat(gradient.starts[i])
          .isCloseTo(expected.expect(y -> 0, y -> y[0], i, path), offset(1e-9));
      assertThat(gradient.ends[i])
          .isCloseTo(expected.expect(y -> 0, y -> y[y.length - 1], i, path), offset(1e-9));
      for (int j = 0; j < labels; j++) {
        double pairs = 0;
        for (int t = 1; t < path.length; t++) {
          int now = t;
          int from = i;
          pairs += expected.expect(y -> y[now - 1] == from ? 0 : 1, y -> y[now], j, path);
        }
        assertThat(gradient.transitions[i * labels + j]).isCloseTo(pairs, offset(1e-8));
      }
      for (int t = 0; t < path.length; t++) {
        int now = t;
        assertThat(steps[t][i])
            .isCloseTo(expected.expect(y -> 0, y -> y[now], i, path), offset(1e-9));
      }
    }
  }

  @Test
  void handlesAThousandStepsWithoutOverflow() {
    CrfTransitions transitions =
        new CrfTransitions(scores(4, 30), scores(2, 30), scores(2, 30), CrfConstraints.none(2));
    double[][] emissions = new double[1000][];
    Arrays.setAll(emissions, t -> scores(2, 100));
    CrfLattice lattice = new CrfLattice(transitions, emissions);
    assertThat(lattice.logPartition()).isFinite();
    assertThat(lattice.score(lattice.bestPath())).isLessThanOrEqualTo(lattice.logPartition());
    for (int t = 0; t < 1000; t++) {
      assertThat(Arrays.stream(lattice.marginals(t)).sum()).isCloseTo(1, offset(1e-6));
    }
  }

  @Test
  void anEmptySequenceHasOneEmptyPath() {
    CrfLattice lattice =
        new CrfLattice(CrfTransitions.neutral(CrfConstraints.none(3)), new double[0][]);
    assertThat(lattice.bestPath()).isEmpty();
    assertThat(lattice.logPartition()).isZero();
    assertThat(lattice.score()).isZero();
  }

  @Test
  void neutralTransitionsLeaveTheSteps() {
    double[][] emissions = {{0, Math.log(3)}, {Math.log(4), 0}};
    CrfLattice free = new CrfLattice(CrfTransitions.neutral(CrfConstraints.none(2)), emissions);
    assertThat(free.bestPath()).containsExactly(1, 0);
    assertThat(free.probability(0, 1, 0)).isCloseTo(0.75 * 0.8, offset(1e-12));
    CrfConstraints noChange = CrfConstraints.none(2).forbid(1, 0).forbid(0, 1);
    CrfLattice bound = new CrfLattice(CrfTransitions.neutral(noChange), emissions);
    assertThat(bound.bestPath()).containsExactly(0, 0);
    assertThat(bound.probability(0, 0, 0)).isCloseTo(4.0 / 7, offset(1e-12));
  }

  @Test
  void saysWhenNothingIsAllowed() {
    CrfConstraints nothing = CrfConstraints.none(1).forbidStart(0);
    CrfLattice lattice = new CrfLattice(CrfTransitions.neutral(nothing), new double[][] {{1}, {2}});
    assertThatThrownBy(lattice::logPartition)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the constraints allow no sequence of 2 steps");
  }

  @Test
  void constraintsComeBackFromText() {
    CrfConstraints constraints = CrfConstraints.none(2).forbid(0, 1).forbidStart(1).forbidEnd(0);
    assertThat(constraints).hasToString("100/111/101");
    assertThat(CrfConstraints.parse("100/111/101")).isEqualTo(constraints);
    assertThat(constraints.allows(0, 1)).isFalse();
    assertThat(constraints.allows(1, 0)).isTrue();
    assertThat(constraints.allowsStart(1)).isFalse();
    assertThat(constraints.allowsEnd(0)).isFalse();
    assertThat(constraints.allowsEnd(1)).isTrue();
    for (String bad : List.of("", "1", "10/1", "12/11")) {
      assertThatThrownBy(() -> CrfConstraints.parse(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> constraints.forbid(2, 0)).hasMessage("labels are 0 to 1, got 2");
  }

  @Test
  void refusesScoresThatDoNotFit() {
    CrfTransitions transitions = CrfTransitions.neutral(CrfConstraints.none(2));
    assertThatThrownBy(() -> new CrfLattice(transitions, new double[][] {{1, 2, 3}}))
        .hasMessage("a step must have 2 scores, got 3");
    assertThatThrownBy(() -> new CrfLattice(transitions, new double[1][2]).score(1, 1))
        .hasMessage("a path must have 1 labels, got 2");
    assertThatThrownBy(
            () ->
                new CrfTransitions(
                    new double[3], new double[2], new double[2], CrfConstraints.none(2)))
        .hasMessage("2 labels need 4, 2 and 2 scores, got 3, 2 and 2");
  }

  private double[] scores(int count, double scale) {
    return random.doubles(count, -scale, scale).toArray();
  }

  /** Label 0 is always possible, so that some path is. */
  private CrfConstraints constraints(int labels, boolean constrained) {
    CrfConstraints constraints = CrfConstraints.none(labels);
    for (int i = 1; constrained && i < labels; i++) {
      constraints = random.nextBoolean() ? constraints.forbidStart(i) : constraints;
      constraints = random.nextBoolean() ? constraints.forbidEnd(i) : constraints;
      for (int j = 0; j < labels; j++) {
        constraints = random.nextInt(3) == 0 ? constraints.forbid(i, j) : constraints;
        constraints = random.nextInt(3) == 0 ? constraints.forbid(j, i) : constraints;
      }
    }
    return constraints;
  }

  private interface LabelOf {
    int of(int[] path);
  }

  /** All allowed paths, one by one. */
  private static final class BruteForce {
    private final CrfTransitions transitions;
    private final double[][] emissions;
    private final List<int[]> paths = new ArrayList<>();
    private final double logPartition;
    private final int[] best;

    BruteForce(CrfTransitions transitions, double[][] emissions) {
      this.transitions = transitions;
      this.emissions = emissions;
      enumerate(new int[emissions.length], 0);
      int[] highest = paths.get(0);
      for (int[] path : paths) {
        highest = score(path) > score(highest) ? path : highest;
      }
      this.best = highest;
      double sum = 0;
      for (int[] path : paths) {
        sum += Math.exp(score(path) - score(best));
      }
      this.logPartition = score(best) + Math.log(sum);
    }

    private void enumerate(int[] path, int t) {
      if (t == path.length) {
        if (score(path) > Double.NEGATIVE_INFINITY) {
          paths.add(path.clone());
        }
        return;
      }
      for (int label = 0; label < transitions.labels(); label++) {
        path[t] = label;
        enumerate(path, t + 1);
      }
    }

    double score(int[] path) {
      double score = transitions.start(path[0]) + transitions.end(path[path.length - 1]);
      for (int t = 0; t < path.length; t++) {
        score += emissions[t][path[t]];
        score += t > 0 ? transitions.score(path[t - 1], path[t]) : 0;
      }
      return score;
    }

    private double probability(int[] path) {
      return Math.exp(score(path) - logPartition);
    }

    double[] marginals(int t) {
      double[] marginals = new double[transitions.labels()];
      paths.forEach(path -> marginals[path[t]] += probability(path));
      return marginals;
    }

    double probability(int from, int[] part) {
      return paths.stream()
          .filter(y -> Arrays.equals(Arrays.copyOfRange(y, from, from + part.length), part))
          .mapToDouble(this::probability)
          .sum();
    }

    /** The probability of (zero and label), less 1 if it is so in {@code gold}. */
    double expect(LabelOf zero, LabelOf value, int label, int[] gold) {
      double sum = 0;
      for (int[] path : paths) {
        sum += zero.of(path) == 0 && value.of(path) == label ? probability(path) : 0;
      }
      return sum - (zero.of(gold) == 0 && value.of(gold) == label ? 1 : 0);
    }
  }
}
