package dev.unroll.training.adversarial;

import dev.unroll.training.EpochBatches;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Epochs of one batch, which is always the same. */
record SameBatch(MultiDataSet batch) implements EpochBatches {
  @Override
  public void startEpoch(int epoch) {}

  @Override
  public void skip(int count) {}

  @Override
  public int count() {
    return 1;
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public int nextSize() {
    return (int) batch.getFeatures(0).size(0);
  }

  @Override
  public MultiDataSet next() {
    return batch;
  }

  @Override
  public long examples() {
    return nextSize();
  }
}
