package dev.unroll.serving;

import java.util.List;
import java.util.Map;

/**
 * A model that was loaded, as a server sees it. Its verbs may be called from any number of threads.
 *
 * @param verbs at least one; the first is the one that a protocol without verbs means
 * @param facts what a page may want to know, such as the labels; as JSON shows it
 */
public record ServedModel(List<Verb<?>> verbs, Map<String, Object> facts) {
  /** Refuses a model that can do nothing. */
  public ServedModel {
    verbs = List.copyOf(verbs);
    if (verbs.isEmpty()) {
      throw new IllegalArgumentException("a model without verbs");
    }
  }
}
