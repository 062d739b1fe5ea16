package dev.unroll.text.subwords;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * Pairs with a count each, the most frequent on top; a binary heap that knows where each pair is.
 */
final class PairHeap {
  private static final int ABSENT = 0;

  private final IntBinaryOperator order;
  private int[] pairs = new int[64];
  private long[] counts = new long[64];
  private int size;

  /** By pair: its place plus one. */
  private int[] places = new int[64];

  /**
   * An empty heap.
   *
   * @param order which of two pairs with equal counts is above: above 0 if the first
   */
  PairHeap(IntBinaryOperator order) {
    this.order = order;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The pair on top. */
  int top() {
    return pairs[0];
  }

  /** Puts a pair where its count belongs, whether it is there already or not. */
  void set(int pair, long count) {
    int place = pair < places.length ? places[pair] - 1 : ABSENT - 1;
    if (place < 0) {
      append(pair, count);
      up(size - 1);
    } else {
      boolean more = count > counts[place];
      counts[place] = count;
      if (more) {
        up(place);
      } else {
        down(place);
      }
    }
  }

  private void append(int pair, long count) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    if (pair >= places.length) {
      places = Arrays.copyOf(places, Math.max(pair + 1, 2 * places.length));
    }
    put(size++, pair, count);
  }

  private void up(int from) {
    int place = from;
    int pair = pairs[place];
    long count = counts[place];
    while (place > 0 && isAbove(pair, count, (place - 1) / 2)) {
      int parent = (place - 1) / 2;
      put(place, pairs[parent], counts[parent]);
      place = parent;
    }
    put(place, pair, count);
  }

  private void down(int from) {
    int place = from;
    int pair = pairs[place];
    long count = counts[place];
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && isAbove(pairs[child + 1], counts[child + 1], child)) {
        child++;
      }
      if (isAbove(pair, count, child)) {
        break;
      }
      put(place, pairs[child], counts[child]);
      place = child;
    }
    put(place, pair, count);
  }

  private boolean isAbove(int pair, long count, int place) {
    return count == counts[place]
        ? order.applyAsInt(pair, pairs[place]) > 0
        : count > counts[place];
  }

  private void put(int place, int pair, long count) {
    pairs[place] = pair;
    counts[place] = count;
    places[pair] = place + 1;
  }
}
