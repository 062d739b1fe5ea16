package dev.unroll.charlm;

/**
 * Text as numbers, and what it was counted to be.
 *
 * @param symbols of which the first is only read, and the others are predicted
 * @param characters Unicode code points, line ends included
 * @param unknown how many symbols stand for something that the model does not know
 */
record EncodedText(int[] symbols, long characters, long unknown) {
  /** How many symbols are predicted. */
  int predictions() {
    return symbols.length - 1;
  }
}
