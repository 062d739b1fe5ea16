package dev.unroll.server;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A method and a path, and what answers them.
 *
 * @param path such as {@code /v2/models/{name}}; a part in braces stands for any
 * @param pattern what paths of requests match
 * @param description for the document of the interface
 */
record Route(String method, String path, Pattern pattern, String description, Answer answer) {
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

  private static final Pattern BRACES = Pattern.compile("\\{[a-z]+}");

  Route(String method, String path, String description, Answer answer) {
    this(method, path, pattern(path), description, answer);
  }

  private static Pattern pattern(String path) {
    return Pattern.compile("\\Q" + BRACES.matcher(path).replaceAll("\\\\E([^/]+)\\\\Q") + "\\E");
  }

  /** What a path has for the braces, if it fits. */
  Optional<List<String>> parts(String given) {
    Matcher matcher = pattern.matcher(given);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        IntStream.rangeClosed(1, matcher.groupCount()).mapToObj(matcher::group).toList());
  }
}
