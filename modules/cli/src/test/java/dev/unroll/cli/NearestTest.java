package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  @ParameterizedTest
  @CsvSource({"'', '', 0", "'', abc, 3", "abc, '', 3", "kitten, sitting, 3", "flaw, lawn, 2"})
  void theDistanceCountsEdits(String left, String right, int edits) {
    assertThat(Nearest.distance(left, right)).isEqualTo(edits);
  }

  @Test
  void theNearestIsTheFirstWithTheFewestEdits() {
    assertThat(Nearest.to("hiden", List.of("layers", "hidden", "hide"))).isEqualTo("hidden");
    assertThatThrownBy(() -> Nearest.to("a", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
