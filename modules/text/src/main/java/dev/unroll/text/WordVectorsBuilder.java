package dev.unroll.text;

import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Takes vectors in as a file gives them, keeps those that are wanted, and grows. */
final class WordVectorsBuilder {
  private static final int FIRST_CAPACITY = 1 << 20;

  /** The longest array that every Java machine can make. */
  private static final int LAST_CAPACITY = Integer.MAX_VALUE - 8;

  private final String source;
  private final int limit;
  private final Predicate<String> wanted;
  private final List<String> words = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private float[] values = new float[0];
  private int dimensions;
  private long met;
  private long expected = -1;

  WordVectorsBuilder(String source, int limit, Predicate<String> wanted) {
    this.source = source;
    this.limit = limit;
    this.wanted = wanted;
  }

  void dimensions(int length) {
    if (length < 1) {
      throw UserError.data(source, 1, "vectors of " + length + " values; at least 1 is needed");
    }
    dimensions = length;
  }

  int dimensions() {
    return dimensions;
  }

  /** The number of vectors that the header promises. */
  void expect(long vectors) {
    expected = vectors;
  }

  boolean isFull() {
    return met == limit;
  }

  /** Number of vectors met so far, kept or not. */
  long met() {
    return met;
  }

  /** Counts the next word of the file, and says whether its vector is to be added. */
  boolean wants(String word) {
    met++;
    return wanted.test(word) && !known.contains(word);
  }

  /** Keeps a word; the vector is to be written to {@link #values} from the index returned. */
  int add(String word) {
    int start = words.size() * dimensions;
    long end = (long) start + dimensions;
    if (end > LAST_CAPACITY) {
      throw UserError.data(
          source,
          String.format(
              "more than %,d values do not fit into one table; read fewer vectors", LAST_CAPACITY));
    }
    if (end > values.length) {
      long capacity = Math.max(FIRST_CAPACITY, 2L * values.length);
      long most = expected < 0 ? capacity : Math.min(expected, limit) * dimensions;
      values =
          Arrays.copyOf(
              values, (int) Math.min(LAST_CAPACITY, Math.max(end, Math.min(capacity, most))));
    }
    words.add(word);
    known.add(word);
    return start;
  }

  float[] values() {
    return values;
  }

  WordVectors build() {
    boolean cut = expected >= 0 && met < Math.min(expected, limit);
    if (cut || expected >= 0 && met > expected) {
      throw UserError.data(
          source,
          "the first line promises " + expected + " vectors and " + met + " follow; copy it again");
    }
    return new WordVectors(source, words, dimensions, values);
  }
}
