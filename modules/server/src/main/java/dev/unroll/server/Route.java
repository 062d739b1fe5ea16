package dev.unroll.server;

import java.util.ArrayList;
import java.util.List;

/**
 * A method and a path, and what answers them.
 *
 * @param path such as {@code /v2/models/{name}}; a part in braces stands for any that is not empty
 * @param pattern the parts of the path between its slashes
 * @param description for the document of the interface
 */
record Route(String method, String path, List<String> pattern, String description, Answer answer) {
  /** Answers a request. */
  @FunctionalInterface
  interface Answer {
    /**
     * Answers.
     *
     * @param parts what stands in the path for its braces
     */
    void to(Exchange exchange, List<String> parts);
  }

  Route(String method, String path, String description, Answer answer) {
    this(method, path, split(path), description, answer);
  }

  /** The parts of a path between its slashes; the first is empty, for a path begins with one. */
  static List<String> split(String path) {
    return List.of(path.split("/", -1));
  }

  /** Whether a path, split, has something for all braces, and else the same. */
  boolean fits(List<String> given) {
    if (given.size() != pattern.size()) {
      return false;
    }
    for (int i = 0; i < given.size(); i++) {
      String part = given.get(i);
      if (isAny(pattern.get(i)) ? part.isEmpty() : !part.equals(pattern.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** What a path that fits, split, has for the braces. */
  List<String> parts(List<String> given) {
    List<String> parts = new ArrayList<>(2);
    for (int i = 0; i < given.size(); i++) {
      if (isAny(pattern.get(i))) {
        parts.add(given.get(i));
      }
    }
    return parts;
  }

  private static boolean isAny(String part) {
    return part.startsWith("{");
  }
}
