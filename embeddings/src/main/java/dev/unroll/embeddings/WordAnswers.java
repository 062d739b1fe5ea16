package dev.unroll.embeddings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The answers to questions about words, as JSON shows them. */
final class WordAnswers {
  static final String WORD = "word";
  static final String SIMILARITY = "similarity";
  static final String UNKNOWN = "unknown";
  private static final String QUERY = "query";

  private WordAnswers() {}

  /** Those to {@code nearest}: one a neighbour, or one that says that the word is unknown. */
  static List<Map<String, Object>> nearest(EmbeddingModel model, String word, int top) {
    return nearest(model, List.of(word), top).get(0);
  }

  /** The same for each of several words. */
  static List<List<Map<String, Object>>> nearest(
      EmbeddingModel model, List<String> words, int top) {
    return each(model, words.stream().map(List::of).toList(), model.nearest(words, top));
  }

  /** Those to {@code analogy}, whose query is three words. */
  static List<Map<String, Object>> analogy(EmbeddingModel model, List<String> query, int top) {
    return analogies(model, List.of(query), top).get(0);
  }

  /** The same for each of several queries. */
  static List<List<Map<String, Object>>> analogies(
      EmbeddingModel model, List<List<String>> queries, int top) {
    return each(model, queries, model.analogies(queries, top));
  }

  private static List<List<Map<String, Object>>> each(
      EmbeddingModel model, List<List<String>> queries, List<List<Neighbour>> found) {
    return IntStream.range(0, queries.size())
        .mapToObj(i -> neighbours(model, queries.get(i), found.get(i)))
        .toList();
  }

  private static List<Map<String, Object>> neighbours(
      EmbeddingModel model, List<String> query, List<Neighbour> found) {
    List<String> unknown = unknown(model, query);
    String name = String.join(" ", query);
    if (!unknown.isEmpty()) {
      return List.of(unknown(name, unknown));
    }
    return found.stream().map(neighbour -> neighbour(name, neighbour)).toList();
  }

  private static Map<String, Object> neighbour(String query, Neighbour neighbour) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(QUERY, query);
    object.put(WORD, neighbour.word());
    object.put(SIMILARITY, neighbour.similarity());
    return object;
  }

  /** That to {@code similarity}. */
  static Map<String, Object> similarity(EmbeddingModel model, String first, String second) {
    OptionalDouble similarity = model.similarity(first, second);
    if (similarity.isEmpty()) {
      return unknown(first + " " + second, unknown(model, List.of(first, second)));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("first", first);
    object.put("second", second);
    object.put(SIMILARITY, similarity.getAsDouble());
    return object;
  }

  /** That to {@code odd-one-out}. */
  static Map<String, Object> oddOneOut(EmbeddingModel model, List<String> query) {
    Optional<String> odd = model.oddOneOut(query);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(QUERY, String.join(" ", query));
    object.put(WORD, odd.orElse(null));
    object.put(UNKNOWN, unknown(model, query));
    return object;
  }

  private static List<String> unknown(EmbeddingModel model, List<String> query) {
    return query.stream().filter(word -> model.index(word) < 0).toList();
  }

  private static Map<String, Object> unknown(String query, List<String> unknown) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(QUERY, query);
    object.put(WORD, null);
    object.put(SIMILARITY, null);
    object.put(UNKNOWN, unknown);
    return object;
  }
}
