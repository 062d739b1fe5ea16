package dev.unroll.training;

import dev.unroll.data.DevScore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Watches the score on dev: which epoch was best, and whether it is time to stop (Prechelt 1998).
 * Of two epochs with one score the one with the lower dev loss is the better.
 */
final class EarlyStopping {
  private final int patience;
  private int bestEpoch;
  private double bestScore = Double.NEGATIVE_INFINITY;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int sinceBest;
  private int withoutGain;

  /**
   * @param patience epochs without a gain after which to stop; 0 never stops
   */
  EarlyStopping(int patience) {
    this.patience = patience;
  }

  /** Takes note of an epoch; true if it is the best so far. */
  boolean best(int epoch, DevScore score) {
    double comparable = score.comparable();
    boolean better = comparable > bestScore || (comparable == bestScore && score.loss() < bestLoss);
    if (better) {
      bestEpoch = epoch;
      bestScore = comparable;
      bestLoss = score.loss();
      sinceBest = 0;
    } else {
      sinceBest++;
      withoutGain++;
    }
    return better;
  }

  /** Takes note of an epoch that nothing can be said about: the latest is the best. */
  void unscored(int epoch) {
    bestEpoch = epoch;
  }

  boolean exhausted() {
    return patience > 0 && sinceBest >= patience;
  }

  int bestEpoch() {
    return bestEpoch;
  }

  /** Epochs without a gain since the training began. */
  int withoutGain() {
    return withoutGain;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(bestEpoch);
    out.writeDouble(bestScore);
    out.writeDouble(bestLoss);
    out.writeInt(sinceBest);
    out.writeInt(withoutGain);
  }

  void read(DataInput in) throws IOException {
    bestEpoch = in.readInt();
    bestScore = in.readDouble();
    bestLoss = in.readDouble();
    sinceBest = in.readInt();
    withoutGain = in.readInt();
  }
}
