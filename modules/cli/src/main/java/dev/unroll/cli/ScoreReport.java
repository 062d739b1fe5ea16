package dev.unroll.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer of {@code evaluate}: scores, and what else was asked for. */
public final class ScoreReport {
  private final Map<String, Object> object;
  private final List<String> texts = new ArrayList<>();

  /**
   * A report of the scores alone.
   *
   * @param scores by name
   * @param text the same for people
   */
  public ScoreReport(Map<String, Object> scores, String text) {
    object = new LinkedHashMap<>(scores);
    texts.add(text.stripTrailing());
  }

  /**
   * Adds a section.
   *
   * @param key what JSON calls it
   * @param value what JSON shows
   * @param text what a person sees
   */
  public ScoreReport add(String key, Object value, String text) {
    object.put(key, value);
    texts.add(text);
    return this;
  }

  /** Adds the worst mistakes, a line each, if any were asked for. */
  public ScoreReport mistakes(MistakeOptions options, List<?> worst) {
    if (options.count() > 0) {
      object.put("mistakes", worst);
      worst.forEach(mistake -> texts.add(mistake.toString()));
    }
    return this;
  }

  /** Prints it. */
  public void print(Answers answers) {
    answers.print(object, String.join("\n", texts));
  }
}
