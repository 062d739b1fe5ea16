package dev.unroll.embeddings;

/**
 * A Huffman tree over the words: frequent words have short paths. A path goes from the root to the
 * word; forks are numbered from 0 to {@code size() - 2}.
 */
final class HuffmanTree {
  private final int[] parents; // of words, then of forks in the order of their making
  private final boolean[] right;
  private final int words;

  HuffmanTree(Lexicon lexicon) {
    words = lexicon.size();
    parents = new int[2 * words - 1];
    right = new boolean[2 * words - 1];
    long[] counts = new long[2 * words - 1];
    for (int i = 0; i < words; i++) {
      counts[i] = lexicon.count(i);
    }
    int leaf = words - 1; // the rarest word that has no parent
    int fork = words; // the lightest fork that has none
    for (int made = words; made < counts.length; made++) {
      for (int side = 0; side < 2; side++) {
        int child = leaf >= 0 && (fork >= made || counts[leaf] < counts[fork]) ? leaf-- : fork++;
        parents[child] = made;
        right[child] = side == 1;
        counts[made] += counts[child];
      }
    }
  }

  /** The number of forks. */
  int forks() {
    return words - 1;
  }

  /** The number of forks between the root and a word, 0 if it is the only word. */
  int depth(int word) {
    int depth = 0;
    for (int node = word; node != parents.length - 1; node = parents[node]) {
      depth++;
    }
    return depth;
  }

  /** The depth of the deepest word. */
  int deepest() {
    int deepest = 0;
    for (int word = 0; word < words; word++) {
      deepest = Math.max(deepest, depth(word));
    }
    return deepest;
  }

  /**
   * The path to a word, from below: forks and whether it goes right there.
   *
   * @param forks receives the forks, the lowest first
   * @param codes receives whether the path goes right
   * @return the depth
   */
  int path(int word, int[] forks, boolean[] codes) {
    int depth = 0;
    for (int node = word; node != parents.length - 1; node = parents[node]) {
      forks[depth] = parents[node] - words;
      codes[depth++] = right[node];
    }
    return depth;
  }
}
