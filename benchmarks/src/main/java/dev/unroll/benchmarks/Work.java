package dev.unroll.benchmarks;

/**
 * A network to measure, by the name that the scripts use: {@code lstm-256} is two layers of 256
 * over characters, {@code lstm-3x1024} three of 1,024, {@code lstm-tagger} one of 128 in each
 * direction over words.
 *
 * @param gru whether the cell is a GRU, the one that PyTorch has; otherwise an LSTM
 * @param layers one above the other, over characters
 * @param hidden units of a layer and direction
 * @param tagger whether words are tagged, rather than characters foretold
 */
record Work(boolean gru, int layers, int hidden, boolean tagger) {
  static final int CHARACTERS = 80;
  static final int WORDS = 20_000;
  static final int DIMENSIONS = 100;
  static final int TAGS = 20;
  private static final int CHARACTER_STEPS = 64;
  private static final int LARGE = 1024;
  private static final int LONGEST_SENTENCE = 60;

  static Work of(String name) {
    String[] parts = name.split("-");
    boolean tagger = parts[1].equals("tagger");
    boolean gru = parts[0].equals("gru");
    if (tagger) {
      return new Work(gru, 1, 128, true);
    }
    String[] sizes = parts[1].split("x");
    int layers = sizes.length == 1 ? 2 : Integer.parseInt(sizes[0]);
    return new Work(gru, layers, Integer.parseInt(sizes[sizes.length - 1]), false);
  }

  int steps() {
    return tagger ? LONGEST_SENTENCE : hidden == LARGE ? 2 * CHARACTER_STEPS : CHARACTER_STEPS;
  }

  /** Examples of a training step. */
  int batch() {
    return hidden == LARGE ? 128 : hidden == 512 ? 64 : 32;
  }

  int classes() {
    return tagger ? TAGS : CHARACTERS;
  }
}
