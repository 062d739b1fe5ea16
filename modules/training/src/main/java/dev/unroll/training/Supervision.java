package dev.unroll.training;

import dev.unroll.data.TrainingListener;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What surrounds a training and does not change what it computes.
 *
 * @param listener is told how it goes
 * @param stopRequested ends it, after a checkpoint, once it is true
 * @param checkpoint is kept, and gone on from if it says so
 */
public record Supervision(
    TrainingListener listener, BooleanSupplier stopRequested, Optional<Checkpoint> checkpoint) {

  /** Nobody listens, nobody stops it, nothing is kept. */
  public static Supervision none() {
    return new Supervision(new TrainingListener() {}, () -> false, Optional.empty());
  }
}
