package dev.unroll.embeddings;

import dev.unroll.text.TextSource;
import dev.unroll.text.WordVectors;
import dev.unroll.text.WordVectorsReader;
import dev.unroll.text.WordVectorsWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Words and their vectors, in the order of the file: usually the most frequent word first. Nearness
 * is the cosine of the angle between two vectors. A word that has no vector gives an empty answer.
 * Safe to use from several threads.
 */
public final class EmbeddingModel {
  private final List<String> words;
  private final Map<String, Integer> indices;
  private final float[] vectors;
  private final int dimensions;
  private final int stride;
  private final VectorSearch search;

  /**
   * @param vectors row {@code i}, the vector of word {@code i}, begins at {@code i · stride}; not
   *     copied
   * @param kernel whose lanes divide the stride
   */
  EmbeddingModel(List<String> words, float[] vectors, int dimensions, Kernel kernel) {
    this.stride = kernel.stride(dimensions);
    if (vectors.length < (long) words.size() * stride) {
      throw new IllegalArgumentException(
          words.size() + " rows of " + stride + " in " + vectors.length + " values");
    }
    this.words = List.copyOf(words);
    this.vectors = vectors;
    this.dimensions = dimensions;
    this.search = new VectorSearch(vectors, words.size(), stride, kernel);
    this.indices = new HashMap<>(words.size() * 4 / 3 + 1);
    for (int i = 0; i < words.size(); i++) {
      indices.putIfAbsent(words.get(i), i);
    }
  }

  /** Vectors that another program may have trained. */
  public static EmbeddingModel of(WordVectors read) {
    Kernel kernel = Kernel.best();
    int stride = kernel.stride(read.dimensions());
    float[] vectors = Weights.allocate(read.size(), stride);
    for (int i = 0; i < read.size(); i++) {
      read.copyTo(i, vectors, i * stride);
    }
    return new EmbeddingModel(read.words(), vectors, read.dimensions(), kernel);
  }

  /**
   * Reads a vector file in any of the formats that {@link WordVectorsReader} knows.
   *
   * @throws dev.unroll.text.UserError if it is none of them, or damaged
   */
  public static EmbeddingModel load(Path file) {
    return of(new WordVectorsReader().read(TextSource.of(file)));
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

  /** The place of a word among the words, or -1 if it has no vector. */
  public int index(String word) {
    return indices.getOrDefault(word, -1);
  }

  /** A copy of a word's vector, {@code [dimensions]}. */
  public Optional<float[]> vector(String word) {
    int index = index(word);
    return index < 0
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(vectors, index * stride, index * stride + dimensions));
  }

  /** The cosine of the angle between two words, or empty if one is unknown. */
  public OptionalDouble similarity(String first, String second) {
    int i = index(first);
    int j = index(second);
    return i < 0 || j < 0 ? OptionalDouble.empty() : OptionalDouble.of(search.cosine(i, j));
  }

  /**
   * The {@code n} words nearest to a word, itself excluded, the nearest first; empty if it is
   * unknown.
   */
  public List<Neighbour> nearest(String word, int n) {
    int index = index(word);
    return index < 0 ? List.of() : neighbours(search.unit(index), n, index);
  }

  /** The {@code n} words nearest to a vector of any length above zero, the nearest first. */
  public List<Neighbour> nearest(float[] vector, int n) {
    if (vector.length != dimensions) {
      throw new IllegalArgumentException(vector.length + " values for " + dimensions);
    }
    float[] query = Arrays.copyOf(vector, stride);
    VectorSearch.normalise(query);
    return neighbours(query, n);
  }

  /**
   * What is to {@code c} as {@code b} is to {@code a}: the words nearest to b − a + c (Mikolov et
   * al. 2013, "Linguistic Regularities"), the three themselves excluded; empty if one is unknown.
   */
  public List<Neighbour> analogy(String a, String b, String c, int n) {
    int i = index(a);
    int j = index(b);
    int k = index(c);
    return i < 0 || j < 0 || k < 0 ? List.of() : neighbours(search.analogy(i, j, k), n, i, j, k);
  }

  /**
   * The word that fits the others least: whose vector is farthest from the mean of all. Unknown
   * words are left aside; empty if fewer than three are known.
   */
  public Optional<String> oddOneOut(List<String> candidates) {
    int[] known = candidates.stream().mapToInt(this::index).filter(i -> i >= 0).toArray();
    if (known.length < 3) {
      return Optional.empty();
    }
    float[] mean = new float[stride];
    for (int i : known) {
      float[] unit = search.unit(i);
      for (int d = 0; d < stride; d++) {
        mean[d] += unit[d];
      }
    }
    int odd = known[0];
    for (int i : known) {
      odd = search.score(mean, i) < search.score(mean, odd) ? i : odd;
    }
    return Optional.of(words.get(odd));
  }

  private List<Neighbour> neighbours(float[] query, int n, int... excluded) {
    return search.nearest(query, n, excluded).stream()
        .map(hit -> new Neighbour(words.get(hit.row()), hit.score()))
        .toList();
  }

  VectorSearch search() {
    return search;
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
