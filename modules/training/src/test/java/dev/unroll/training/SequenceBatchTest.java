package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SequenceBatchTest {
  private static final List<int[]> IDS =
      List.of(new int[] {12, 7, 4}, new int[] {31}, new int[] {});

  private static SequenceBatch ids(List<int[]> examples) {
    return SequenceBatch.ids(examples, example -> example.length, (example, step) -> example[step]);
  }

  @Test
  void looksAsThePictureInItsDocumentationShows() {
    SequenceBatch batch = ids(IDS);
    INDArray ids = batch.array();
    assertThat(ids.shape()).containsExactly(3, 1, 3);
    assertThat(ids.ravel().toIntVector()).containsExactly(12, 7, 4, 31, 0, 0, 0, 0, 0);
    assertThat(batch.mask().shape()).containsExactly(3, 3);
    assertThat(batch.mask().ravel().toIntVector()).containsExactly(1, 1, 1, 1, 0, 0, 0, 0, 0);

    float[][] frames = {{.3f, .2f}, {.1f, .5f}, {.8f, .4f}};
    SequenceBatch steps = SequenceBatch.vectors(2, List.of(frames, new float[0][]));
    INDArray vectors = steps.array();
    assertThat(vectors.shape()).containsExactly(2, 2, 3);
    assertThat(vectors.dup('c').ravel().toFloatVector())
        .containsExactly(.3f, .1f, .8f, .2f, .5f, .4f, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void arraysAndStepsAreTheSame() {
    float[][] frames = {{.3f, .2f}, {.1f, .5f}, {.8f, .4f}};
    SequenceBatch batch = SequenceBatch.vectors(2, List.of(new float[][] {{9, 8}}, frames));
    INDArray array = batch.array();
    float[] steps = batch.steps().toArray();
    for (int b = 0; b < 2; b++) {
      for (int t = 0; t < batch.lengths()[b]; t++) {
        for (int f = 0; f < 2; f++) {
          assertThat(steps[(t * 2 + b) * 2 + f]).isEqualTo(array.getFloat(b, f, t));
        }
      }
    }
  }

  @Test
  void thereIsAlwaysAStep() {
    SequenceBatch batch = ids(List.of(new int[0], new int[0]));
    assertThat(batch.time()).isEqualTo(1);
    assertThat(batch.isFull()).isFalse();
    assertThat(batch.mask().ravel().toIntVector()).containsExactly(0, 0);
    assertThat(batch.array().ravel().toIntVector()).containsExactly(0, 0);
  }

  @Test
  void knowsWhetherAMaskSaysAnything() {
    assertThat(ids(IDS).isFull()).isFalse();
    assertThat(ids(List.of(new int[2], new int[2])).isFull()).isTrue();
  }

  @Test
  void asksForStepsInTheirOrder() {
    List<Integer> asked = new ArrayList<>();
    SequenceBatch.ids(
            IDS,
            example -> example.length,
            (example, step) -> {
              asked.add(example[step]);
              return 0;
            })
        .array();
    assertThat(asked).containsExactly(12, 7, 4, 31);
  }

  @Test
  void vectorsOfAnotherLengthAreRefused() {
    assertThatThrownBy(
            () -> SequenceBatch.vectors(2, List.<float[][]>of(new float[][] {{1, 2}, {3}})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 2 values at step 1 of example 0, got 1");
  }

  @Test
  void anExampleWithoutALabelHasARowOfZeros() {
    INDArray oneHot = SequenceBatch.oneHot(List.of(2, -1, 0), 3, label -> label);
    assertThat(oneHot)
        .isEqualTo(Nd4j.createFromArray(new float[][] {{0, 0, 1}, {0, 0, 0}, {1, 0, 0}}));
  }
}
