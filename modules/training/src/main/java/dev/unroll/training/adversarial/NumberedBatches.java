package dev.unroll.training.adversarial;

import dev.unroll.training.EpochBatches;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Batches without an end, epoch after epoch, each found by its number: a training that is resumed
 * at a step asks for what the stopped one would have asked for.
 */
final class NumberedBatches {
  private final EpochBatches batches;
  private int epoch;

  /** The number of the epoch's first batch, and of the one that comes next. */
  private long first;

  private long next;

  NumberedBatches(EpochBatches batches) {
    this.batches = batches;
    start(1, 0);
  }

  private void start(int number, long firstBatch) {
    epoch = number;
    first = firstBatch;
    next = firstBatch;
    batches.startEpoch(number);
  }

  /** The batch of a number, from 0. */
  MultiDataSet get(long number) {
    if (number < next) {
      start(1, 0);
    }
    while (number - first >= batches.count()) {
      start(epoch + 1, first + batches.count());
    }
    batches.skip(Math.toIntExact(number - next));
    next = number + 1;
    return batches.next();
  }
}
