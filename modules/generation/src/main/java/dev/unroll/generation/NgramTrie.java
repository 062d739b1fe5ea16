package dev.unroll.generation;

import java.util.Arrays;

/**
 * Sequences of symbols as paths from a root, each node with a count. A node takes 12 bytes, and 6
 * to 12 in the hash table that finds a child by parent and symbol.
 */
final class NgramTrie {
  static final int ROOT = 0;
  static final int NONE = -1;

  private int[] parents = new int[1024];
  private int[] symbols = new int[1024];
  private int[] counts = new int[1024];
  private int size = 1;

  /** Open addressing; 0 is free, for the root is nobody's child. */
  private int[] table = new int[4096];

  int size() {
    return size;
  }

  int parent(int node) {
    return parents[node];
  }

  int symbol(int node) {
    return symbols[node];
  }

  int count(int node) {
    return counts[node];
  }

  void add(int node, int count) {
    counts[node] = Math.addExact(counts[node], count);
  }

  /** The child of {@code node} by that symbol, or {@link #NONE}. */
  int child(int node, int symbol) {
    int found = table[slot(node, symbol)];
    return found == 0 ? NONE : found;
  }

  /** The child of {@code node} by that symbol, made if there is none. */
  int childOrNew(int node, int symbol) {
    int slot = slot(node, symbol);
    if (table[slot] != 0) {
      return table[slot];
    }
    if (size == parents.length) {
      int capacity = size + (size >> 1);
      parents = Arrays.copyOf(parents, capacity);
      symbols = Arrays.copyOf(symbols, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
    parents[size] = node;
    symbols[size] = symbol;
    table[slot] = size++;
    if (size > table.length / 3 * 2) {
      rehash();
    }
    return size - 1;
  }

  private int slot(int node, int symbol) {
    long hash = (((long) node << 32) | symbol) * 0x9E3779B97F4A7C15L;
    int mask = table.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (table[slot] != 0 && (parents[table[slot]] != node || symbols[table[slot]] != symbol)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void rehash() {
    table = new int[2 * table.length];
    for (int node = 1; node < size; node++) {
      table[slot(parents[node], symbols[node])] = node;
    }
  }
}
