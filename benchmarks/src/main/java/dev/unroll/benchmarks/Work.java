package dev.unroll.benchmarks;

/**
 * A network to measure, by the name that the scripts use: {@code lstm-256} is two layers of 256
 * over characters, {@code lstm-tagger} one of 128 in each direction over words.
 *
 * @param gru whether the cell is a GRU, the one that PyTorch has; otherwise an LSTM
 * @param hidden units of a layer and direction
 * @param tagger whether words are tagged, rather than characters foretold
 */
record Work(boolean gru, int hidden, boolean tagger) {
  static final int CHARACTERS = 80;
  static final int WORDS = 20_000;
  static final int DIMENSIONS = 100;
  static final int TAGS = 20;
  private static final int CHARACTER_STEPS = 64;
  private static final int LONGEST_SENTENCE = 60;

  static Work of(String name) {
    String[] parts = name.split("-");
    boolean tagger = parts[1].equals("tagger");
    return new Work(parts[0].equals("gru"), tagger ? 128 : Integer.parseInt(parts[1]), tagger);
  }

  int steps() {
    return tagger ? LONGEST_SENTENCE : CHARACTER_STEPS;
  }

  /** Examples of a training step. */
  int batch() {
    return hidden == 512 ? 64 : 32;
  }

  int classes() {
    return tagger ? TAGS : CHARACTERS;
  }
}
