package dev.unroll.embeddings;

import static dev.unroll.data.UserError.setting;

import dev.unroll.cli.Answers;
import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the verbs that answer have in common: where queries come from and how words are printed. */
final class Queries {
  private Queries() {}

  /** Refuses a number of answers below 1. */
  static void checkTop(int top) {
    if (top < 1) {
      throw UserError.usage(setting("top") + " must be at least 1, got " + top);
    }
  }

  /**
   * Hands on the words of the command line as one query or several, or else each line of standard
   * input.
   *
   * @param size words in a query
   */
  static void each(List<String> arguments, int size, Answers answers, Consumer<List<String>> sink) {
    if (arguments.isEmpty()) {
      lines(
          answers,
          (reader, words) -> {
            if (words.size() != size) {
              throw reader.error("give " + size + " words a line, got " + words.size());
            }
            sink.accept(words);
          });
      return;
    }
    if (arguments.size() % size != 0) {
      throw UserError.usage("give " + size + " words a query, got " + arguments.size());
    }
    for (int i = 0; i < arguments.size(); i += size) {
      sink.accept(arguments.subList(i, i + size));
    }
  }

  /** Hands on the words of each line of standard input, and the reader for errors. */
  static void lines(Answers answers, BiConsumer<LineReader, List<String>> sink) {
    try (LineReader reader = TextSource.of(TextSource.STANDARD_INPUT).open()) {
      for (String line; (line = reader.next()) != null; ) {
        if (!line.isBlank()) {
          sink.accept(reader, List.of(line.strip().split("\\s+")));
          answers.flush();
        }
      }
    }
  }

  /** Prints one line a neighbour, or one that says which words are unknown. */
  static void print(Answers answers, List<Map<String, Object>> found) {
    for (Map<String, Object> object : found) {
      answers.print(
          object,
          unknown(object)
              .orElseGet(
                  () ->
                      String.format(
                          Locale.ROOT,
                          "%s\t%.4f",
                          object.get(WordAnswers.WORD),
                          object.get(WordAnswers.SIMILARITY))));
    }
  }

  /** What says that words have no vector; empty if all have one. */
  static Optional<String> unknown(Map<String, Object> answer) {
    return answer.get(WordAnswers.UNKNOWN) instanceof List<?> words
        ? Optional.of(
            words.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + ": not in the vocabulary")
        : Optional.empty();
  }
}
