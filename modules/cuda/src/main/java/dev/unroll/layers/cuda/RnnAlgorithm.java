package dev.unroll.layers.cuda;

import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * How cuDNN goes through the steps of a recurrent network.
 *
 * @see <a
 *     href="https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/native/cudnn/RNN.cpp">PyTorch's
 *     rule</a>
 */
public enum RnnAlgorithm {
  /** {@code CUDNN_RNN_ALGO_STANDARD}: a step after the other, for all networks and batches. */
  STANDARD,

  /**
   * {@code CUDNN_RNN_ALGO_PERSIST_STATIC_SMALL_H}: all steps of a small layer in one kernel, which
   * keeps the weights on the chip.
   */
  PERSISTENT;

  /** System property that asks for {@link #PERSISTENT} where it does. */
  static final String PROPERTY = "unroll.cuda.rnn";

  /** The oldest compute capability on which PyTorch takes {@link #PERSISTENT}. */
  static final int LEAST_CAPABILITY = 60;

  /**
   * What {@link #PROPERTY} says: {@code standard}, which it is unless it is set, or {@code
   * persistent}.
   *
   * @throws IllegalStateException if it says neither
   */
  static RnnAlgorithm chosen() {
    String value = System.getProperty(PROPERTY, "standard");
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.toString().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s must be standard or persistent, got %s".formatted(PROPERTY, value)));
  }

  /**
   * Whether {@link #PERSISTENT} is for networks of this kind: up to 192 units of a gated cell, 384
   * of a plain one, and in training, where the same description goes back, up to 128 and 256. That
   * is where PyTorch takes it, which decides for the two passes by themselves.
   */
  static boolean isSmall(RnnShape shape, DataType type, boolean training) {
    int most =
        switch (shape.first().cell()) {
          case TANH -> training ? 256 : 384;
          case LSTM, GRU_RESET_AFTER -> training ? 128 : 192;
          case GRU -> 0;
        };
    return type != DataType.DOUBLE && shape.hidden() <= most;
  }

  /** Whether no row ends before the others, as {@link #PERSISTENT} wants it. */
  static boolean isFull(Cudnn.Rows rows) {
    return Arrays.stream(rows.lengths()).allMatch(length -> length == rows.steps());
  }

  /** The name by which a user picks it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
