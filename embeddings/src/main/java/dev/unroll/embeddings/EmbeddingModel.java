package dev.unroll.embeddings;

import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import dev.unroll.text.MappedVectors;
import dev.unroll.text.WordVectors;
import dev.unroll.text.WordVectorsReader;
import dev.unroll.text.WordVectorsWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Words and their vectors, in the order of the file: usually the most frequent word first. Nearness
 * is the cosine of the angle between two vectors. A word that has no vector gives an empty answer.
 * Safe to use from several threads.
 */
public final class EmbeddingModel {
  private final VectorTable table;
  private final int dimensions;
  private final int stride;
  private final UnitRows units;
  private final VectorSearch search;

  private EmbeddingModel(VectorTable table, Kernel kernel) {
    this.table = table;
    this.dimensions = table.dimensions;
    this.stride = table.stride;
    this.units = new UnitRows(table, kernel);
    this.search = new VectorSearch(table, units, kernel);
  }

  /**
   * @param vectors row {@code i}, the vector of word {@code i}, begins at {@code i · stride}; not
   *     copied
   * @param kernel whose lanes divide the stride
   */
  EmbeddingModel(List<String> words, float[] vectors, int dimensions, Kernel kernel) {
    this(VectorTable.of(words, vectors, dimensions, kernel.stride(dimensions)), kernel);
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
   * Reads a vector file in any of the formats that {@link WordVectorsReader} knows. The vectors of
   * a binary file that is not packed stay in the file, which is mapped and must not be changed
   * while the model is in use; so it may be larger than memory.
   *
   * @throws dev.unroll.data.UserError if it is none of them, or damaged
   */
  public static EmbeddingModel load(Path file) {
    return load(file, Integer.MAX_VALUE);
  }

  /** The same, of the first vectors of the file only. */
  public static EmbeddingModel load(Path file, int limit) {
    Kernel kernel = Kernel.best();
    return MappedVectors.open(file, limit)
        .map(m -> new EmbeddingModel(VectorTable.of(m, kernel.stride(m.dimensions())), kernel))
        .orElseGet(() -> of(new WordVectorsReader().limit(limit).read(TextSource.of(file))));
  }

  /**
   * Reads vectors from a stream in any of those formats, to its end, and closes it. All of them are
   * kept in memory.
   *
   * @throws dev.unroll.data.UserError as above
   */
  public static EmbeddingModel load(InputStream in) {
    return of(new WordVectorsReader().read(TextSource.of("the stream of vectors", in)));
  }

  /**
   * Reads vectors from the class path, as from a stream.
   *
   * @param beside a class of the module or jar that has the vectors
   * @param resource as {@link Class#getResourceAsStream} takes it: beside the class, or from the
   *     root if it begins with a slash
   * @throws dev.unroll.data.UserError as above, and if there is no such resource
   */
  public static EmbeddingModel load(Class<?> beside, String resource) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw UserError.data(
            resource, "there are no such vectors on the class path, seen from " + beside.getName());
      }
      return of(new WordVectorsReader().read(TextSource.of(resource, in)));
    } catch (IOException e) {
      throw UserError.data(resource, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** The number of words. */
  public int size() {
    return table.size();
  }

  /** The length of a vector. */
  public int dimensions() {
    return dimensions;
  }

  /** All words in their order. */
  public List<String> words() {
    return table.words();
  }

  /** The place of a word among the words, or -1 if it has no vector. */
  public int index(String word) {
    return table.index(word);
  }

  /** A copy of a word's vector, {@code [dimensions]}. */
  public Optional<float[]> vector(String word) {
    int index = index(word);
    if (index < 0) {
      return Optional.empty();
    }
    int offset = table.offset(index);
    float[] row = table.rows(index, 1, new float[stride]);
    return Optional.of(Arrays.copyOfRange(row, offset, offset + dimensions));
  }

  /** The cosine of the angle between two words, or empty if one is unknown. */
  public OptionalDouble similarity(String first, String second) {
    int i = index(first);
    int j = index(second);
    return i < 0 || j < 0 ? OptionalDouble.empty() : OptionalDouble.of(units.cosine(i, j));
  }

  /**
   * The {@code n} words nearest to a word, itself excluded, the nearest first; empty if it is
   * unknown.
   */
  public List<Neighbour> nearest(String word, int n) {
    return nearest(List.of(word), n).get(0);
  }

  /**
   * The same for each of several words, with less work than one after the other: the vectors are
   * read once for some of them together.
   *
   * @return a list for each word, in their order
   */
  public List<List<Neighbour>> nearest(List<String> words, int n) {
    return neighbours(
        words.stream()
            .map(word -> index(word))
            .map(index -> index < 0 ? null : new VectorSearch.Query(units.unit(index), index))
            .toList(),
        n);
  }

  /** The {@code n} words nearest to a vector of any length above zero, the nearest first. */
  public List<Neighbour> nearest(float[] vector, int n) {
    if (vector.length != dimensions) {
      throw new IllegalArgumentException(vector.length + " values for " + dimensions);
    }
    float[] query = Arrays.copyOf(vector, stride);
    UnitRows.normalise(query);
    return neighbours(List.of(new VectorSearch.Query(query)), n).get(0);
  }

  /**
   * What is to {@code c} as {@code b} is to {@code a}: the words nearest to b − a + c (Mikolov et
   * al. 2013, "Linguistic Regularities"), the three themselves excluded; empty if one is unknown.
   */
  public List<Neighbour> analogy(String a, String b, String c, int n) {
    return analogies(List.of(List.of(a, b, c)), n).get(0);
  }

  /**
   * The same for each of several questions, with less work than one after the other.
   *
   * @param questions of three words each: a, b and c
   * @return a list for each question, in their order
   */
  public List<List<Neighbour>> analogies(List<List<String>> questions, int n) {
    return neighbours(questions.stream().map(this::analogy).toList(), n);
  }

  /** Null if a word is unknown. */
  private VectorSearch.Query analogy(List<String> question) {
    int a = index(question.get(0));
    int b = index(question.get(1));
    int c = index(question.get(2));
    return a < 0 || b < 0 || c < 0 ? null : new VectorSearch.Query(units.analogy(a, b, c), a, b, c);
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
      float[] unit = units.unit(i);
      for (int d = 0; d < stride; d++) {
        mean[d] += unit[d];
      }
    }
    int odd = known[0];
    for (int i : known) {
      odd = units.score(mean, i) < units.score(mean, odd) ? i : odd;
    }
    return Optional.of(words().get(odd));
  }

  /**
   * The neighbours of each query.
   *
   * @param queries null for one that has none
   */
  private List<List<Neighbour>> neighbours(List<VectorSearch.Query> queries, int n) {
    Iterator<List<VectorSearch.Hit>> found =
        search.nearest(queries.stream().filter(Objects::nonNull).toList(), n).iterator();
    List<List<Neighbour>> neighbours = new ArrayList<>(queries.size());
    for (VectorSearch.Query query : queries) {
      neighbours.add(query == null ? List.of() : found.next().stream().map(this::named).toList());
    }
    return neighbours;
  }

  private Neighbour named(VectorSearch.Hit hit) {
    return new Neighbour(words().get(hit.row()), hit.score());
  }

  UnitRows units() {
    return units;
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
    List<String> words = words();
    float[] scratch = new float[stride];
    try (WordVectorsWriter writer =
        WordVectorsWriter.open(file, format, words.size(), dimensions)) {
      for (int i = 0; i < words.size(); i++) {
        writer.write(words.get(i), table.rows(i, 1, scratch), table.offset(i));
      }
    }
  }
}
