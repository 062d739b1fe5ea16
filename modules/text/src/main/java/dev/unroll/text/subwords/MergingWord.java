package dev.unroll.text.subwords;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A word while its symbols are merged: always that pair which was learnt first, at all its places
 * from the left. The time is that of sorting, also for words of a million characters.
 */
final class MergingWord {
  private static final int MERGED_AWAY = -2;

  private final String word;
  private final PairTable ranks;
  private final int[] merged;

  /** By the number of a character: the symbol that begins with it, and where that begins. */
  private final int[] symbols;

  private final int[] starts;

  /** Where the next symbol begins, and where the one before; as numbers of characters. */
  private final int[] next;

  private final int[] previous;

  /** The rank of a pair and the character that it begins with. */
  private final PriorityQueue<Long> queue = new PriorityQueue<>();

  MergingWord(String word, int characters, Symbols known, PairTable ranks, int[] merged) {
    this.word = word;
    this.ranks = ranks;
    this.merged = merged;
    symbols = new int[characters];
    starts = new int[characters];
    next = new int[characters];
    previous = new int[characters];
    int start = 0;
    for (int i = 0; i < characters; i++) {
      int codePoint = word.codePointAt(start);
      String character = Character.toString(codePoint);
      symbols[i] = known.find(i + 1 < characters ? character : character + Merge.END);
      starts[i] = start;
      next[i] = i + 1;
      previous[i] = i - 1;
      start += Character.charCount(codePoint);
    }
    for (int i = 0; i < characters; i++) {
      offer(i);
    }
  }

  /** The symbols as they are spelled in the word. */
  List<String> pieces() {
    List<Integer> places = new ArrayList<>();
    while (!queue.isEmpty()) {
      int rank = (int) (queue.peek() >> 32);
      places.clear();
      while (!queue.isEmpty() && queue.peek() >> 32 == rank) {
        int place = queue.poll().intValue();
        if (rank(place) == rank) {
          merge(place, rank);
          places.add(place);
        }
      }
      // Only now, for a pair that formed may have been learnt before this one.
      for (int place : places) {
        offer(previous[place]);
        offer(place);
      }
    }
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < symbols.length; i = next[i]) {
      pieces.add(word.substring(starts[i], end(i)));
    }
    return pieces;
  }

  private int end(int place) {
    return next[place] < symbols.length ? starts[next[place]] : word.length();
  }

  private void merge(int place, int rank) {
    int second = next[place];
    symbols[place] = merged[rank];
    symbols[second] = MERGED_AWAY;
    next[place] = next[second];
    if (next[place] < symbols.length) {
      previous[next[place]] = place;
    }
  }

  private void offer(int place) {
    int rank = rank(place);
    if (rank != PairTable.NONE) {
      queue.add((long) rank << 32 | place);
    }
  }

  private int rank(int place) {
    boolean pair =
        place >= 0
            && symbols[place] >= 0
            && next[place] < symbols.length
            && symbols[next[place]] >= 0;
    return pair ? ranks.find(symbols[place], symbols[next[place]]) : PairTable.NONE;
  }
}
