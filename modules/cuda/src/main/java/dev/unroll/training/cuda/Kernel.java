package dev.unroll.training.cuda;

import java.util.Locale;

/** The kernels of {@code kernels.cu}, by the names that they have there. */
enum Kernel {
  GATHER,
  SUM_ROWS,
  DROPOUT,
  COLUMNS,
  ADD_BIAS,
  SOFTMAX_LOSS,
  SOFTMAX_SHARES,
  POOL,
  POOL_BACK,
  FORGET,
  SQUARES,
  SQUARES_OF,
  TOTAL,
  TOTAL_FLOATS,
  ADAM,
  ADAM_ROWS,
  CONVOLVE_WORDS,
  CONVOLVE_WORDS_BACK;

  /** The name of the function, {@code extern "C"}. */
  String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }
}
