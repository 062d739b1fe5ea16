package dev.unroll.training;

import java.nio.file.Path;

/** A training ended before its time because it was asked to; it can be resumed. */
public final class TrainingStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrainingStopped(Path checkpoint) {
    super("stopped; the checkpoint is " + checkpoint + ", go on with --resume");
  }
}
