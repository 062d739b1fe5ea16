package dev.unroll.music;

/**
 * What may follow in a piece. The probabilities of a model are those of what is allowed, so that
 * they sum to 1 over all pieces that there are.
 */
interface Grammar {
  /** Whether {@code symbol} may come next. */
  boolean allows(int symbol);

  /** Goes on behind {@code symbol}, which is allowed. */
  void read(int symbol);

  /** Anything may follow. */
  static Grammar any() {
    return new Grammar() {
      @Override
      public boolean allows(int symbol) {
        return true;
      }

      @Override
      public void read(int symbol) {
        // Nothing depends on it.
      }
    };
  }
}
