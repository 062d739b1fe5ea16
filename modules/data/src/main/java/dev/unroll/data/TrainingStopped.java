package dev.unroll.data;

import java.nio.file.Path;
import java.util.Optional;

/** A training ended before its time because it was asked to; it can be resumed. */
public final class TrainingStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Path> checkpoint;

  /**
   * A training that was stopped.
   *
   * @param checkpoint where it can be resumed from, or null if nothing was kept
   */
  public TrainingStopped(Path checkpoint) {
    super(
        checkpoint == null
            ? "stopped; no checkpoint was kept"
            : "stopped; the checkpoint is " + checkpoint);
    this.checkpoint = Optional.ofNullable(checkpoint);
  }

  /** Where it can be resumed from. */
  public Optional<Path> checkpoint() {
    return checkpoint;
  }
}
