package dev.unroll.text.subwords;

import java.util.Arrays;

/**
 * In which words each pair occurs, and how often. A list of changes for each pair, summed up when
 * it is full or asked for: cheaper than a table for each, since most pairs are never asked for.
 */
final class Occurrences {
  /** By pair: twice the number of a word, plus one if the pair came to it and did not leave it. */
  private int[][] changes = new int[64][];

  private int[] sizes = new int[64];

  /** The pair occurs once more in a word, or once less. */
  void add(int pair, int word, boolean more) {
    if (pair >= sizes.length) {
      int length = Math.max(pair + 1, 2 * sizes.length);
      changes = Arrays.copyOf(changes, length);
      sizes = Arrays.copyOf(sizes, length);
    }
    if (changes[pair] == null) {
      changes[pair] = new int[2];
    } else if (sizes[pair] == changes[pair].length) {
      sizes[pair] = sum(changes[pair], sizes[pair]);
      if (sizes[pair] > changes[pair].length / 2) {
        changes[pair] = Arrays.copyOf(changes[pair], 2 * changes[pair].length);
      }
    }
    changes[pair][sizes[pair]++] = 2 * word + (more ? 1 : 0);
  }

  /** The words in which the pair occurs, which are forgotten. */
  int[] take(int pair) {
    int[] list = changes[pair];
    if (list == null) {
      return new int[0];
    }
    int size = sum(list, sizes[pair]);
    changes[pair] = null;
    sizes[pair] = 0;
    return Arrays.stream(list, 0, size)
        .filter(change -> (change & 1) == 1)
        .map(change -> change / 2)
        .distinct()
        .toArray();
  }

  /** Lets coming to a word and leaving it cancel each other; the new size. */
  private static int sum(int[] list, int size) {
    Arrays.sort(list, 0, size);
    int kept = 0;
    int i = 0;
    while (i < size) {
      int word = list[i] / 2;
      int net = 0;
      for (; i < size && list[i] / 2 == word; i++) {
        net += (list[i] & 1) == 1 ? 1 : -1;
      }
      Arrays.fill(list, kept, kept + Math.abs(net), 2 * word + (net > 0 ? 1 : 0));
      kept += Math.abs(net);
    }
    return kept;
  }
}
