package dev.unroll.charlm;

import dev.unroll.generation.Symbols;

/**
 * Text as numbers, and what it was counted to be.
 *
 * @param symbols of which the first is only read, and the others are predicted
 * @param characters Unicode code points, line ends included
 * @param unknown how many symbols stand for something that the model does not know
 */
record EncodedText(Symbols symbols, long characters, long unknown) implements AutoCloseable {
  /** How many symbols are predicted. */
  long predictions() {
    return symbols.size() - 1;
  }

  @Override
  public void close() {
    symbols.close();
  }
}
