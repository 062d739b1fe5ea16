package dev.unroll.training;

import java.nio.file.Path;
import java.util.Optional;

/** A training ended before its time because it was asked to. */
public final class TrainingStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says that it ended.
   *
   * @param checkpoint from which it can go on; empty if there is none
   */
  public TrainingStopped(Optional<Path> checkpoint) {
    super(
        checkpoint
            .map(path -> "stopped; the checkpoint is " + path + ", go on with --resume")
            .orElse("stopped; there is no checkpoint to go on from"));
  }
}
