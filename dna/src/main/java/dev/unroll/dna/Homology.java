package dev.unroll.dna;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which strands are relatives: those that share a stretch of {@value #LENGTH} bases, on either
 * strand. A model that was trained on one is no judge of itself on the other. Stretches that say
 * little, such as repeats of two or three bases, do not count, nor do such with letters that may be
 * several nucleotides.
 */
final class Homology {
  /** Bases of a stretch: by chance, two strands of some hundred bases share none. */
  static final int LENGTH = 24;

  private static final int BITS = 2 * LENGTH;
  private static final long ALL = (1L << BITS) - 1;

  /** Fewer different groups of three bases are a repeat. */
  private static final int LEAST_DIFFERENT = 8;

  /** Of a number, its stretch; the rest is the strand's place. */
  private static final int HASH_BITS = 42;

  private Homology() {}

  /**
   * The relatives of each strand, as the number of a group; relatives of relatives are such too.
   */
  static List<Integer> groups(List<Strand> strands) {
    int[] parent = new int[strands.size()];
    Arrays.setAll(parent, i -> i);
    long[] all = new long[1 << 10];
    int size = 0;
    for (int i = 0; i < parent.length; i++) {
      for (long stretch : stretches(strands.get(i).bases())) {
        if (size == all.length) {
          all = Arrays.copyOf(all, 2 * size);
        }
        all[size++] = hash(stretch) << (Long.SIZE - HASH_BITS) | i;
      }
    }
    Arrays.sort(all, 0, size);
    for (int i = 1; i < size; i++) {
      if (all[i] >>> (Long.SIZE - HASH_BITS) == all[i - 1] >>> (Long.SIZE - HASH_BITS)) {
        long mask = (1L << (Long.SIZE - HASH_BITS)) - 1;
        parent[root(parent, (int) (all[i] & mask))] = root(parent, (int) (all[i - 1] & mask));
      }
    }
    List<Integer> groups = new ArrayList<>();
    for (int i = 0; i < parent.length; i++) {
      groups.add(root(parent, i));
    }
    return groups;
  }

  private static int root(int[] parent, int i) {
    int at = i;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  private static long hash(long stretch) {
    return stretch * 0x9E3779B97F4A7C15L >>> (Long.SIZE - HASH_BITS);
  }

  /** How many of {@code others} have a relative among {@code strands}. */
  static long related(List<Strand> strands, List<Strand> others) {
    long[] known =
        strands.stream()
            .flatMapToLong(strand -> Arrays.stream(stretches(strand.bases())))
            .sorted()
            .toArray();
    return others.stream()
        .filter(
            strand ->
                Arrays.stream(stretches(strand.bases()))
                    .anyMatch(stretch -> Arrays.binarySearch(known, stretch) >= 0))
        .count();
  }

  /** The stretches of a strand that say something, as numbers that are the same on both strands. */
  private static long[] stretches(Bases bases) {
    long[] stretches = new long[Math.max(0, bases.length() - LENGTH + 1)];
    int count = 0;
    long forward = 0;
    long reverse = 0;
    int run = 0;
    for (int i = 0; i < bases.length(); i++) {
      int n = Nucleotides.number(bases.codes()[i]);
      run = n < 0 ? 0 : run + 1;
      forward = (forward << 2 | Math.max(0, n)) & ALL;
      reverse = reverse >>> 2 | (long) (3 - Math.max(0, n)) << (BITS - 2);
      if (run >= LENGTH && isTelling(forward)) {
        stretches[count++] = Math.min(forward, reverse);
      }
    }
    return Arrays.copyOf(stretches, count);
  }

  private static boolean isTelling(long stretch) {
    long seen = 0;
    for (int i = 0; i + 3 <= LENGTH; i++) {
      seen |= 1L << (stretch >>> 2 * i & 63);
    }
    return Long.bitCount(seen) >= LEAST_DIFFERENT;
  }
}
