package dev.unroll.data;

import java.nio.file.Path;

/** A training ended before its time because it was asked to; it can be resumed. */
public final class TrainingStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A training that was stopped.
   *
   * @param checkpoint where it can be resumed from, or null if nothing was kept
   */
  public TrainingStopped(Path checkpoint) {
    super("stopped; the checkpoint is " + checkpoint + ", go on with --resume");
  }
}
