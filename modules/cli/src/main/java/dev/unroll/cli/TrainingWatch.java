package dev.unroll.cli;

import dev.unroll.data.TrainingListener;

/** Who follows a training, and may end it: a person at a terminal, or a program that runs many. */
interface TrainingWatch extends AutoCloseable {
  /** Is told how it goes. */
  TrainingListener listener();

  /** Whether the training is to stop; to be asked from any thread. */
  boolean stopRequested();

  @Override
  void close();
}
