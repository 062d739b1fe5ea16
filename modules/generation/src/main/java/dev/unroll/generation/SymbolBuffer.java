package dev.unroll.generation;

import java.util.Arrays;

/** Symbols, as they are appended. */
public final class SymbolBuffer {
  private int[] symbols;
  private int size;

  /** Room for some symbols, which grows. */
  public SymbolBuffer() {
    this(64);
  }

  /**
   * Room for as many as there will be about: with exactly as many, a long text is in memory once.
   *
   * @param capacity at least 1
   */
  public SymbolBuffer(int capacity) {
    symbols = new int[capacity];
  }

  /** Adds a symbol at the end. */
  public void add(int symbol) {
    if (size == symbols.length) {
      symbols = Arrays.copyOf(symbols, 2 * size);
    }
    symbols[size++] = symbol;
  }

  /** The symbols so far; not to be changed. */
  public int[] toArray() {
    return size == symbols.length ? symbols : Arrays.copyOf(symbols, size);
  }
}
