package dev.unroll.training;

import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The batches that a {@link Training} reads, epoch after epoch. */
public interface EpochBatches {
  /**
   * Goes to the beginning of an epoch, counted from 1. What its batches are follows from the number
   * of the epoch and nothing else, so that a resumed training meets what the stopped one would have
   * met.
   */
  void startEpoch(int epoch);

  /** Leaves out the next {@code count} batches, as if they had been read. */
  void skip(int count);

  /** The number of batches in this epoch. */
  int count();

  /** Whether the epoch has another batch. */
  boolean hasNext();

  /**
   * The number of examples of the batch that {@link #next()} will give: what the gradient and the
   * loss are averaged over. Where a sequence is not one example but as many as it has steps, they
   * are the steps.
   */
  int nextSize();

  /** The next batch. */
  MultiDataSet next();

  /** The number of examples in an epoch. */
  long examples();
}
