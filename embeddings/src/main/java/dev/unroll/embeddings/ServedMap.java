package dev.unroll.embeddings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Places of words in a plane for a server: the few words of a question by their principal
 * components, where parallel stays parallel; the many first words of the model by t-SNE, where
 * neighbours stay neighbours. The latter takes long, so it is kept; there are but few of them.
 */
final class ServedMap {
  static final int STEP = 100;
  static final int MOST = 1_000;

  private final EmbeddingModel model;
  private final Map<Integer, Map<String, Object>> kept = new ConcurrentHashMap<>();

  ServedMap(EmbeddingModel model) {
    this.model = model;
  }

  /** The first words of the model. */
  Map<String, Object> first(int top) {
    int count = Math.min(model.size(), (top + STEP - 1) / STEP * STEP);
    return kept.computeIfAbsent(
        count,
        n -> {
          List<String> words = model.words().subList(0, n);
          return shown(words, Tsne.project(units(words), Tsne.PERPLEXITY), List.of());
        });
  }

  /** Words that are named; those without a vector are left out, and said. */
  Map<String, Object> of(List<String> words) {
    List<String> known = words.stream().distinct().filter(w -> model.index(w) >= 0).toList();
    List<String> unknown = words.stream().distinct().filter(w -> model.index(w) < 0).toList();
    double[][] places = known.isEmpty() ? new double[0][] : Pca.project(units(known));
    return shown(known, places, unknown);
  }

  private float[][] units(List<String> words) {
    return words.stream().map(w -> model.units().unit(model.index(w))).toArray(float[][]::new);
  }

  private static Map<String, Object> shown(
      List<String> words, double[][] places, List<String> unknown) {
    List<Map<String, Object>> points =
        WordMap.of(words, places, List.of()).points().stream().map(ServedMap::point).toList();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("size", WordMap.SIZE);
    map.put("points", points);
    map.put("unknown", unknown);
    return map;
  }

  /** {@code labelled} says whether there is room for the word beside its dot. */
  private static Map<String, Object> point(WordMap.Point point) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("word", point.word());
    object.put("x", Math.round(point.x() * 10) / 10.0);
    object.put("y", Math.round(point.y() * 10) / 10.0);
    object.put("labelled", point.label() != null);
    return object;
  }
}
