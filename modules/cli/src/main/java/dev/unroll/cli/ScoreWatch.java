package dev.unroll.cli;

import dev.unroll.data.DevScore;
import dev.unroll.data.TrainingListener;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Follows a trial: keeps the dev score of the epoch that is kept, which may be one of an earlier
 * run, and shows nothing.
 */
final class ScoreWatch implements TrainingWatch, TrainingListener {
  private final BooleanSupplier stop;
  private DevScore last;
  private double kept;
  private boolean resumed;

  /**
   * @param stop whether the training is to stop
   */
  ScoreWatch(BooleanSupplier stop) {
    this.stop = stop;
  }

  /** The score, once the training has ended; empty if no epoch of this run was scored. */
  Optional<DevScore> kept() {
    return Optional.ofNullable(last)
        .map(s -> new DevScore(s.metric(), kept, s.higherIsBetter(), Double.NaN));
  }

  /** Whether the training went on from a checkpoint. */
  boolean wasResumed() {
    return resumed;
  }

  @Override
  public void resumed(int epoch, int batch) {
    resumed = true;
  }

  @Override
  public void epochEnded(Epoch epoch) {
    epoch.dev().ifPresent(score -> last = score);
  }

  @Override
  public void ended(Summary summary) {
    kept = summary.bestScore();
  }

  @Override
  public TrainingListener listener() {
    return this;
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }

  @Override
  public void close() {
    // nothing was opened
  }
}
