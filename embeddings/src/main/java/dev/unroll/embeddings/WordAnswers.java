package dev.unroll.embeddings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The answers to questions about words, as JSON shows them. */
final class WordAnswers {
  static final String WORD = "word";
  static final String SIMILARITY = "similarity";
  static final String UNKNOWN = "unknown";
  private static final String QUERY = "query";

  private WordAnswers() {}

  /** Those to {@code nearest}: one a neighbour, or one that says that the word is unknown. */
  static List<Map<String, Object>> nearest(EmbeddingModel model, String word, int top) {
    return neighbours(model, List.of(word), model.nearest(word, top));
  }

  /** Those to {@code analogy}, whose query is three words. */
  static List<Map<String, Object>> analogy(EmbeddingModel model, List<String> query, int top) {
    return neighbours(model, query, model.analogy(query.get(0), query.get(1), query.get(2), top));
  }

  private static List<Map<String, Object>> neighbours(
      EmbeddingModel model, List<String> query, List<Neighbour> found) {
    List<String> unknown = unknown(model, query);
    String name = String.join(" ", query);
    if (!unknown.isEmpty()) {
      return List.of(unknown(name, unknown));
    }
    return found.stream()
        .map(
            neighbour -> {
              Map<String, Object> object = new LinkedHashMap<>();
              object.put(QUERY, name);
              object.put(WORD, neighbour.word());
              object.put(SIMILARITY, neighbour.similarity());
              return object;
            })
        .toList();
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
