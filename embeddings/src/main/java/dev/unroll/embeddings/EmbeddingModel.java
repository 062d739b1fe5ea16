package dev.unroll.embeddings;

import dev.unroll.text.WordVectorsWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Words and their vectors, in the order of the file: usually the most frequent word first. Safe to
 * use from several threads.
 */
public final class EmbeddingModel {
  private final List<String> words;
  private final Map<String, Integer> indices;
  private final float[] vectors;
  private final int dimensions;
  private final int stride;

  /**
   * @param vectors row {@code i}, the vector of word {@code i}, begins at {@code i · stride}; not
   *     copied
   */
  EmbeddingModel(List<String> words, float[] vectors, int dimensions, int stride) {
    if (vectors.length != (long) words.size() * stride) {
      throw new IllegalArgumentException(
          words.size() + " words and rows of " + stride + " make not " + vectors.length);
    }
    this.words = List.copyOf(words);
    this.vectors = vectors;
    this.dimensions = dimensions;
    this.stride = stride;
    this.indices = new HashMap<>(words.size() * 4 / 3 + 1);
    for (int i = 0; i < words.size(); i++) {
      indices.putIfAbsent(words.get(i), i);
    }
  }

  /** The number of words. */
  public int size() {
    return words.size();
  }

  /** The length of a vector. */
  public int dimensions() {
    return dimensions;
  }

  /** All words in their order. */
  public List<String> words() {
    return words;
  }

  /** Writes word2vec's format: binary if the name says {@code .bin}, else text. */
  public void save(Path file) {
    save(file, WordVectorsWriter.Format.of(file));
  }

  /** Writes a vector file. */
  public void save(Path file, WordVectorsWriter.Format format) {
    try (WordVectorsWriter writer =
        WordVectorsWriter.open(file, format, words.size(), dimensions)) {
      for (int i = 0; i < words.size(); i++) {
        writer.write(words.get(i), vectors, i * stride);
      }
    }
  }
}
