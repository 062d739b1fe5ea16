package dev.unroll.text;

import dev.unroll.data.Sha256;
import dev.unroll.data.TextSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Words and a vector for each, as somebody trained them: an array {@code [words, dimensions]}, row
 * by row. In files of word2vec, GloVe and fastText the words come by falling frequency. Looking a
 * word up in another spelling (lower case, say) is up to the caller. Immutable.
 */
public final class WordVectors {
  private final String source;
  private final List<String> words;
  private final int dimensions;
  private final float[] values;
  private final Map<String, Integer> rows;

  /**
   * Vectors in memory; the array is not copied and must not change.
   *
   * @param source the file they came from, for messages
   * @param words each once
   * @param dimensions length of a vector
   * @param values the vectors in the order of the words, {@code [words * dimensions]} or longer
   */
  public WordVectors(String source, List<String> words, int dimensions, float[] values) {
    if (dimensions < 1 || (long) words.size() * dimensions > values.length) {
      throw new IllegalArgumentException(
          words.size() + " words of " + dimensions + " in " + values.length + " values");
    }
    this.source = source;
    this.words = List.copyOf(words);
    this.dimensions = dimensions;
    this.values = values;
    this.rows = new HashMap<>(words.size() * 4 / 3 + 1);
    for (int row = 0; row < words.size(); row++) {
      if (rows.put(words.get(row), row) != null) {
        throw new IllegalArgumentException("word listed twice: " + words.get(row));
      }
    }
  }

  /** Reads a file whose format is recognised; see {@link WordVectorsReader} for more. */
  public static WordVectors read(TextSource source) {
    return new WordVectorsReader().read(source);
  }

  /** The file they came from, for messages. */
  public String source() {
    return source;
  }

  /** The words in the order of their rows. */
  public List<String> words() {
    return words;
  }

  /** Number of words. */
  public int size() {
    return words.size();
  }

  /** Length of a vector. */
  public int dimensions() {
    return dimensions;
  }

  /** The word's row, or -1 if it has no vector. */
  public int index(String word) {
    return rows.getOrDefault(word, -1);
  }

  /** A copy of a row, {@code [dimensions]}. */
  public float[] row(int index) {
    int start = start(index);
    return Arrays.copyOfRange(values, start, start + dimensions);
  }

  /** Copies a row to {@code target[offset]} … {@code target[offset + dimensions - 1]}. */
  public void copyTo(int index, float[] target, int offset) {
    System.arraycopy(values, start(index), target, offset, dimensions);
  }

  private int start(int index) {
    if (index < 0 || index >= words.size()) {
      throw new IndexOutOfBoundsException("row " + index + " of " + words.size());
    }
    return index * dimensions;
  }

  /**
   * The SHA-256 in hexadecimal of the words and vectors that are here: equal for equal vectors,
   * whatever the format of the file, and different if other words of it were read.
   */
  public String digest() {
    MessageDigest digest = Sha256.create();
    ByteBuffer bytes = ByteBuffer.allocate(dimensions * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < words.size(); row++) {
      digest.update(words.get(row).getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      bytes.clear();
      bytes.asFloatBuffer().put(values, row * dimensions, dimensions);
      digest.update(bytes.array());
    }
    return Sha256.hex(digest);
  }

  @Override
  public String toString() {
    return size() + " vectors of " + dimensions + " from " + source;
  }
}
