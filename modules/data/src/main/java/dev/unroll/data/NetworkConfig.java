package dev.unroll.data;

/**
 * The recurrent part of a network: what every task has in common.
 *
 * @param cell which recurrent layer
 * @param layers number of stacked recurrent layers
 * @param hidden units of a layer and direction
 * @param bidirectional whether each layer also reads the text backwards; the two are concatenated
 * @param dropout probability with which a value between layers is dropped while training
 */
public record NetworkConfig(
    Cell cell, int layers, int hidden, boolean bidirectional, double dropout) {
  /** The recurrent layers there are. */
  public enum Cell {
    /** Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of 2000). */
    LSTM,
    /** Gated recurrent unit (Cho et al. 2014). */
    GRU,
    /** The gated recurrent unit of cuDNN, Keras and PyTorch, and so the one for a GPU. */
    GRU_RESET_AFTER,
    /** The simple recurrent network (Elman 1990). */
    RNN
  }

  /** Refuses what no network could be built from. */
  public NetworkConfig {
    atLeast("layers", layers, 1);
    atLeast("hidden", hidden, 1);
    probability("dropout", dropout);
  }

  /** The values that a recurrent layer hands on at each step. */
  public int width() {
    return bidirectional ? 2 * hidden : hidden;
  }

  /** Checks a setting that counts something. */
  public static void atLeast(String key, long value, long least) {
    if (value < least) {
      throw UserError.usage(key + " must be at least " + least + ", got " + value);
    }
  }

  /** Checks the probability of a dropout: 1 would leave nothing. */
  public static void probability(String key, double value) {
    share(key, value);
  }

  /** Checks a share that is taken off something: all of it would leave nothing. */
  public static void share(String key, double value) {
    if (!(value >= 0 && value < 1)) {
      throw UserError.usage(key + " must be from 0 to below 1, got " + value);
    }
  }
}
