package dev.unroll.training.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.training.EpochBatches;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class NumberedBatchesTest {
  /**
   * Batches that hold their epoch and their place in it; an epoch has one more than that before.
   */
  private static final class Growing implements EpochBatches {
    private int epoch;
    private int next;

    @Override
    public void startEpoch(int number) {
      epoch = number;
      next = 0;
    }

    @Override
    public void skip(int count) {
      next += count;
    }

    @Override
    public int count() {
      return epoch + 1;
    }

    @Override
    public boolean hasNext() {
      return next < count();
    }

    @Override
    public int nextSize() {
      return 1;
    }

    @Override
    public MultiDataSet next() {
      assertThat(hasNext()).isTrue();
      return new MultiDataSet(Nd4j.scalar(10f * epoch + next++), Nd4j.scalar(0f));
    }

    @Override
    public long examples() {
      return count();
    }
  }

  @Test
  void aBatchIsFoundByItsNumberWhoeverAskedBefore() {
    List<Integer> expected = List.of(10, 11, 20, 21, 22, 30, 31, 32, 33, 40);
    NumberedBatches all = new NumberedBatches(new Growing());
    for (int number = 0; number < expected.size(); number++) {
      assertThat(get(all, number)).isEqualTo(expected.get(number));
    }
    for (int number : new int[] {9, 0, 2, 7}) {
      assertThat(get(all, number)).isEqualTo(expected.get(number));
      assertThat(get(new NumberedBatches(new Growing()), number)).isEqualTo(expected.get(number));
    }
  }

  private static int get(NumberedBatches batches, long number) {
    return batches.get(number).getFeatures(0).getInt(0);
  }
}
