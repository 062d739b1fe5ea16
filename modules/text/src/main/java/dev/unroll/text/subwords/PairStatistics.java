package dev.unroll.text.subwords;

import java.util.Arrays;

/** How often each pair of symbols occurs, and which most often; of equals the last by alphabet. */
final class PairStatistics {
  private final PairHeap heap;

  /** By pair. */
  private long[] counts = new long[64];

  /** Pairs whose count changed since the last step, each once, and by pair whether it is there. */
  private int[] touched = new int[64];

  private int touchedSize;
  private boolean[] isTouched = new boolean[64];

  PairStatistics(PairTable table, Symbols symbols) {
    this.heap =
        new PairHeap(
            (a, b) -> {
              int first = symbols.compare(table.first(a), table.first(b));
              return first != 0 ? first : symbols.compare(table.second(a), table.second(b));
            });
  }

  long count(int pair) {
    return counts[pair];
  }

  /** Adds to the count of a pair. */
  void add(int pair, long change) {
    if (pair >= counts.length) {
      int length = Math.max(pair + 1, 2 * counts.length);
      counts = Arrays.copyOf(counts, length);
      isTouched = Arrays.copyOf(isTouched, length);
    }
    counts[pair] += change;
    if (!isTouched[pair]) {
      isTouched[pair] = true;
      if (touchedSize == touched.length) {
        touched = Arrays.copyOf(touched, 2 * touchedSize);
      }
      touched[touchedSize++] = pair;
    }
  }

  /** The most frequent pair; {@link PairTable#NONE} if there are none. */
  int mostFrequent() {
    // Only now, since most pairs change in many words at once.
    for (int i = 0; i < touchedSize; i++) {
      heap.set(touched[i], counts[touched[i]]);
      isTouched[touched[i]] = false;
    }
    touchedSize = 0;
    return heap.isEmpty() ? PairTable.NONE : heap.top();
  }
}
