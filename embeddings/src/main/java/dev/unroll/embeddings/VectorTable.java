package dev.unroll.embeddings;

import dev.unroll.text.MappedVectors;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * Words and a row of floats for each, in an array or in a mapped file. Rows are handed out as
 * kernels want them: padded with zeros to a stride.
 */
abstract class VectorTable {
  final int dimensions;
  final int stride;

  private VectorTable(int dimensions, int stride) {
    this.dimensions = dimensions;
    this.stride = stride;
  }

  /** Rows in an array, {@code [words, stride]}, which is not copied. */
  static VectorTable of(List<String> words, float[] vectors, int dimensions, int stride) {
    return new InArray(words, vectors, dimensions, stride);
  }

  /** Rows in a file. */
  static VectorTable of(MappedVectors file, int stride) {
    return new InFile(file, stride);
  }

  abstract List<String> words();

  /** Where they come from, for messages. */
  abstract String source();

  /** The first row of a word, or -1. */
  abstract int index(String word);

  /**
   * Where to find {@code count} rows.
   *
   * @param scratch {@code [count, stride]}, zero beyond the dimensions; may be filled or not
   * @return holds them one behind the other from {@link #offset}
   */
  abstract float[] rows(int from, int count, float[] scratch);

  /** Where the row that {@link #rows} was asked for begins. */
  abstract int offset(int from);

  final int size() {
    return words().size();
  }

  private static final class InArray extends VectorTable {
    private final List<String> words;
    private final Map<String, Integer> indices;
    private final float[] vectors;

    private InArray(List<String> words, float[] vectors, int dimensions, int stride) {
      super(dimensions, stride);
      if (vectors.length < (long) words.size() * stride) {
        throw new IllegalArgumentException(
            words.size() + " rows of " + stride + " in " + vectors.length + " values");
      }
      this.words = List.copyOf(words);
      this.vectors = vectors;
      this.indices = new HashMap<>(words.size() * 4 / 3 + 1);
      for (int i = 0; i < words.size(); i++) {
        indices.putIfAbsent(words.get(i), i);
      }
    }

    @Override
    List<String> words() {
      return words;
    }

    @Override
    String source() {
      return "vectors in memory";
    }

    @Override
    int index(String word) {
      return indices.getOrDefault(word, -1);
    }

    @Override
    float[] rows(int from, int count, float[] scratch) {
      return vectors;
    }

    @Override
    int offset(int from) {
      return from * stride;
    }
  }

  private static final class InFile extends VectorTable {
    private final MappedVectors file;

    private InFile(MappedVectors file, int stride) {
      super(file.dimensions(), stride);
      this.file = file;
    }

    @Override
    List<String> words() {
      return new Words(file);
    }

    @Override
    String source() {
      return file.source();
    }

    @Override
    int index(String word) {
      return file.index(word);
    }

    @Override
    float[] rows(int from, int count, float[] scratch) {
      for (int i = 0; i < count; i++) {
        file.copyTo(from + i, scratch, i * stride);
      }
      return scratch;
    }

    @Override
    int offset(int from) {
      return 0;
    }
  }

  private static final class Words extends AbstractList<String> implements RandomAccess {
    private final MappedVectors file;

    private Words(MappedVectors file) {
      this.file = file;
    }

    @Override
    public String get(int row) {
      return file.word(row);
    }

    @Override
    public int size() {
      return file.size();
    }
  }
}
