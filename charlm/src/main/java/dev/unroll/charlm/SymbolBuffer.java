package dev.unroll.charlm;

import java.util.Arrays;

/** Symbols, as they are appended. */
final class SymbolBuffer {
  private int[] symbols = new int[64];
  private int size;

  void add(int symbol) {
    if (size == symbols.length) {
      symbols = Arrays.copyOf(symbols, 2 * size);
    }
    symbols[size++] = symbol;
  }

  int[] toArray() {
    return Arrays.copyOf(symbols, size);
  }
}
