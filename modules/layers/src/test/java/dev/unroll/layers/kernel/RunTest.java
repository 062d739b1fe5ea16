package dev.unroll.layers.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunTest {

  @Test
  void aMaskIsAListOfStretches() {
    float[] mask = {
      1, 1, 1, 1, 0, 0, //
      0, 1, 1, 0, 1, 1, //
      0, 0, 0, 0, 0, 0, //
      1, 1, 1, 1, 1, 1
    };
    assertThat(Run.of(mask, 4, 6))
        .containsExactly(new Run(0, 0, 4), new Run(1, 1, 2), new Run(1, 4, 2), new Run(3, 0, 6));
  }

  @Test
  void partsTakeEveryRunOnceAndTheLongestFirst() {
    List<Run> runs = List.of(new Run(0, 0, 2), new Run(1, 0, 9), new Run(2, 0, 5));
    List<Part> parts = Part.split(runs, false, 2);
    assertThat(parts).hasSize(2);
    assertThat(parts.stream().flatMap(part -> part.runs().stream()))
        .extracting(Run::length)
        .containsExactly(9, 5, 2);
  }

  @Test
  void runsDifferInLengthOrDoNot() {
    assertThat(Run.differInLength(List.of())).isFalse();
    assertThat(Run.differInLength(List.of(new Run(0, 0, 2), new Run(1, 3, 2)))).isFalse();
    assertThat(Run.differInLength(List.of(new Run(0, 0, 2), new Run(1, 0, 1)))).isTrue();
  }

  @Test
  void lengthsAreRoundedUpByASixteenthAtMost() {
    for (int steps = 1; steps < 3000; steps++) {
      assertThat(Direction.paddedSteps(steps)).isBetween(steps, steps + steps / 16);
    }
  }
}
