package dev.unroll.layers.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When descriptions of a batch are made anew, and that none is forgotten. */
class LastBatchTest {
  private final List<String> alive = new ArrayList<>();
  private int made;
  private final LastBatch<String> batches = new LastBatch<>(this::make, alive::remove);

  private String make(Cudnn.Rows rows) {
    if (rows.steps() == 0) {
      throw new IllegalStateException("no steps");
    }
    String batch = "batch " + ++made;
    alive.add(batch);
    return batch;
  }

  private String of(int steps, int... lengths) {
    return batches.of(new Cudnn.Rows(lengths, steps, 8L * made));
  }

  @Test
  void theSameLengthsAndStepsAreTheSameBatchWhereverTheyLie() {
    String first = of(3, 3, 2);
    assertThat(of(3, 3, 2)).isSameAs(first);
    assertThat(alive).containsExactly(first);
  }

  @Test
  void anotherLengthNumberOrPaddingIsAnotherBatch() {
    assertThat(List.of(of(3, 3, 2), of(3, 3, 1), of(3, 3), of(4, 3), of(3, 3, 2)))
        .doesNotHaveDuplicates();
    assertThat(alive).hasSize(1);
  }

  @Test
  void lengthsThatTheCallerChangesAreNoticed() {
    int[] lengths = {3, 2};
    String first = of(3, lengths);
    lengths[1] = 1;
    assertThat(of(3, lengths)).isNotEqualTo(first);
  }

  @Test
  void nothingIsLeftAfterAFailureOrTheEnd() {
    of(3, 3, 2);
    assertThatThrownBy(() -> of(0, 3, 2)).hasMessage("no steps");
    assertThat(alive).isEmpty();
    of(3, 3, 2);
    batches.close();
    batches.close();
    assertThat(alive).isEmpty();
    assertThat(of(3, 3, 2)).isIn(alive);
  }
}
