package dev.unroll.text.subwords;

import java.util.Arrays;

/**
 * How often each pair of symbols occurs, and which most often; of equals the last by alphabet.
 *
 * <p>Only frequent pairs are kept in order; the counts of the others are put aside every now and
 * then. When and how follows subword-nmt to the letter. That matters for letters that repeat
 * ({@code aaaa}) alone: there a symbol can arise a second time, and the count of a pair that was
 * put aside is then lost. Merges that others learnt depend on it.
 */
final class PairStatistics {
  private static final int STEPS_BETWEEN_PRUNINGS = 100;
  private static final double STEPS_TO_HALVE = 10000;

  /** Where a count that has gone astray below 0 stays, so that it cannot overflow. */
  private static final long LOWEST = Long.MIN_VALUE / 4;

  private final PairTable table;
  private final PairHeap frequent;
  private double threshold;

  /** By pair: its count; of one that was put aside, what was added since then. */
  private long[] counts = new long[64];

  /** By pair: its count when it was put aside. */
  private long[] aside = new long[64];

  /** Pairs whose count changed since the last step, each once, and by pair whether it is there. */
  private int[] touched = new int[64];

  private int touchedSize;
  private boolean[] isTouched = new boolean[64];

  PairStatistics(PairTable table, Symbols symbols) {
    this.table = table;
    this.frequent =
        new PairHeap(
            (a, b) -> {
              int first = symbols.compare(table.first(a), table.first(b));
              return first != 0 ? first : symbols.compare(table.second(a), table.second(b));
            });
  }

  long count(int pair) {
    return counts[pair];
  }

  /** Adds to the count of a pair; {@link #mostFrequent} knows it after {@link #finish}. */
  void add(int pair, long change) {
    if (pair >= counts.length) {
      int length = Math.max(pair + 1, 2 * counts.length);
      counts = Arrays.copyOf(counts, length);
      aside = Arrays.copyOf(aside, length);
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

  /** All words are counted. */
  void begin() {
    putTouched();
    System.arraycopy(counts, 0, aside, 0, counts.length);
    threshold = frequent.isEmpty() ? 0 : counts[frequent.top()] / 10.0;
  }

  /** The pair to merge in that step, from 0; {@link PairTable#NONE} if there are no pairs. */
  int mostFrequent(int step) {
    if (frequent.isEmpty() || step > 0 && counts[frequent.top()] < threshold) {
      prune();
      takeBack(step);
    }
    return frequent.isEmpty() ? PairTable.NONE : frequent.top();
  }

  /** All changes that follow from merging the pair were added. */
  void finish(int step, int merged) {
    add(merged, -counts[merged]);
    putTouched();
    if (step % STEPS_BETWEEN_PRUNINGS == 0) {
      prune();
    }
  }

  private void putTouched() {
    for (int i = 0; i < touchedSize; i++) {
      frequent.set(touched[i], counts[touched[i]]);
      isTouched[touched[i]] = false;
    }
    touchedSize = 0;
  }

  /** Puts the rare aside. */
  private void prune() {
    int[] pairs = frequent.pairs();
    frequent.clear();
    for (int pair : pairs) {
      long count = counts[pair];
      if (count >= threshold) {
        frequent.append(pair, count);
      } else {
        aside[pair] = count < 0 ? aside[pair] + count : count;
        counts[pair] = 0;
      }
    }
    frequent.order();
  }

  /** Takes those that have become frequent in comparison back; none is left in the heap. */
  private void takeBack(int step) {
    int pairs = table.size();
    long most = Arrays.stream(aside, 0, pairs).max().orElse(0);
    threshold = most * (double) step / (step + STEPS_TO_HALVE);
    for (int pair = 0; pair < pairs; pair++) {
      if (aside[pair] >= threshold) {
        counts[pair] = aside[pair];
        frequent.append(pair, counts[pair]);
      } else if (aside[pair] < 0) {
        aside[pair] = Math.max(2 * aside[pair], LOWEST);
      }
    }
    frequent.order();
  }
}
