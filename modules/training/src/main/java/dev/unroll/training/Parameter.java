package dev.unroll.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** One parameter array of a network, with the gradient it has now and the moments Adam keeps. */
interface Parameter extends AdamMoments {
  /** Layer and parameter, such as {@code "lstm_RW"}. */
  default String name() {
    return layer() + "_" + key();
  }

  /**
   * In how many parts it is taken, which threads share: they depend on the parameter and the batch
   * alone, so that sums are the same for any number of threads.
   */
  int parts();

  /** The squared norm of the gradient of a part. */
  double squaredNorm(int part);

  /** Updates a part of the parameter and its moments from the gradient. */
  void update(int part, AdamRule rule);

  /** Tells the layer that its gradient was taken. */
  default void consumed() {}

  void write(DataOutput out) throws IOException;

  /** Reads what {@link #write} wrote of a parameter of the same shape. */
  void read(DataInput in) throws IOException;

  /** Reads a size and refuses another than the parameter's. */
  default void requireSize(DataInput in, long expected) throws IOException {
    long found = in.readLong();
    if (found != expected) {
      throw new IOException(
          "optimizer state holds "
              + found
              + " where parameter \""
              + name()
              + "\" of this network"
              + " has "
              + expected);
    }
  }
}
