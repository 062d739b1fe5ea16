package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HuffmanTreeTest {
  private static Lexicon lexicon(long[] counts) {
    List<String> words = IntStream.range(0, counts.length).mapToObj(i -> "w" + i).toList();
    return new Lexicon(words, counts);
  }

  private static long[] randomCounts(int n, long seed) {
    Random random = new Random(seed);
    return Arrays.stream(random.longs(n, 1, 1000).toArray())
        .boxed()
        .sorted(Collections.reverseOrder())
        .mapToLong(Long::longValue)
        .toArray();
  }

  /** The cost of the best tree is the sum of all merges of the two lightest. */
  private static long leastCost(long[] counts) {
    PriorityQueue<Long> queue = new PriorityQueue<>();
    Arrays.stream(counts).forEach(queue::add);
    long cost = 0;
    while (queue.size() > 1) {
      long merged = queue.poll() + queue.poll();
      cost += merged;
      queue.add(merged);
    }
    return cost;
  }

  @Test
  void noTreeIsCheaper() {
    for (int n = 1; n < 60; n++) {
      long[] counts = randomCounts(n, n);
      HuffmanTree tree = new HuffmanTree(lexicon(counts));
      long cost = 0;
      for (int i = 0; i < n; i++) {
        cost += counts[i] * tree.depth(i);
      }
      assertThat(cost).isEqualTo(leastCost(counts));
    }
  }

  @Test
  void pathsLeadToOneWordEach() {
    long[] counts = randomCounts(40, 1);
    HuffmanTree tree = new HuffmanTree(lexicon(counts));
    Set<String> paths = new HashSet<>();
    int[] forks = new int[tree.deepest()];
    boolean[] codes = new boolean[tree.deepest()];
    for (int word = 0; word < counts.length; word++) {
      int depth = tree.path(word, forks, codes);
      assertThat(depth).isEqualTo(tree.depth(word));
      assertThat(forks[depth - 1]).isEqualTo(counts.length - 2); // the root
      StringBuilder path = new StringBuilder();
      for (int i = depth - 1; i >= 0; i--) {
        assertThat(forks[i]).isBetween(0, counts.length - 2);
        path.append(codes[i] ? '1' : '0');
      }
      String code = path.toString();
      assertThat(paths).noneMatch(other -> code.startsWith(other) || other.startsWith(code));
      paths.add(code);
    }
  }
}
