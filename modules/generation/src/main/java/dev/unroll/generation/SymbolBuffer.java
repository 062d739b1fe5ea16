package dev.unroll.generation;

import java.util.Arrays;

/** Symbols, as they are appended. */
public final class SymbolBuffer {
  private int[] symbols = new int[64];
  private int size;

  /** Adds a symbol at the end. */
  public void add(int symbol) {
    if (size == symbols.length) {
      symbols = Arrays.copyOf(symbols, 2 * size);
    }
    symbols[size++] = symbol;
  }

  /** A copy of the symbols so far. */
  public int[] toArray() {
    return Arrays.copyOf(symbols, size);
  }
}
