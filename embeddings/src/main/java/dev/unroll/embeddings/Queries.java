package dev.unroll.embeddings;

import static dev.unroll.data.UserError.setting;

import dev.unroll.cli.Answers;
import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

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
  static void print(
      Answers answers, List<String> query, List<Neighbour> neighbours, EmbeddingModel model) {
    List<String> unknown = query.stream().filter(word -> model.index(word) < 0).toList();
    String name = String.join(" ", query);
    if (!unknown.isEmpty()) {
      unknown(answers, name, unknown);
    }
    for (Neighbour neighbour : neighbours) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("query", name);
      object.put("word", neighbour.word());
      object.put("similarity", neighbour.similarity());
      answers.print(
          object, String.format(Locale.ROOT, "%s\t%.4f", neighbour.word(), neighbour.similarity()));
    }
  }

  /** Says which words have no vector. */
  static void unknown(Answers answers, String query, List<String> unknown) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("query", query);
    object.put("word", null);
    object.put("similarity", null);
    object.put("unknown", unknown);
    answers.print(object, String.join(", ", unknown) + ": not in the vocabulary");
  }
}
