package dev.unroll.embeddings;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.AnalogyScores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The benchmark of Mikolov et al. 2013: lines {@code a b c d}, "a is to b as c is to d", under
 * section headings {@code : name}. Judged as word2vec's {@code compute-accuracy} does: upper and
 * lower case are one, the first word of a spelling stands for it, a question with an unknown word
 * is skipped, and the answer is sought among the words of the restricted vocabulary except a, b and
 * c.
 */
public final class Analogies {
  /** Questions that are answered together. */
  private static final int BATCH = 48;

  private final List<Question> questions;

  private record Question(String section, String a, String b, String c, String d) {}

  private record Known(Question question, int a, int b, int c, int d) {}

  private Analogies(List<Question> questions) {
    this.questions = questions;
  }

  /**
   * Reads the questions.
   *
   * @throws UserError with file and line for a line that is neither four words nor a heading
   */
  public static Analogies read(TextSource source) {
    List<Question> questions = new ArrayList<>();
    try (LineReader reader = source.open()) {
      String section = "questions";
      for (String line; (line = reader.next()) != null; ) {
        String[] words = line.strip().split("\\s+");
        if (words[0].startsWith(":")) {
          section = String.join(" ", words).replaceFirst("^:\\s*", "");
        } else if (words.length == 4) {
          questions.add(new Question(section, words[0], words[1], words[2], words[3]));
        } else if (!line.isBlank()) {
          throw UserError.data(
              source,
              reader.line(),
              "a question has four words and a heading a colon and a name, not: " + line.strip());
        }
      }
    }
    if (questions.isEmpty()) {
      throw UserError.data(source, "holds no questions; give lines of four words");
    }
    return new Analogies(questions);
  }

  /**
   * Answers every question.
   *
   * @param restrict how many words of the model, from its first, take part
   */
  public AnalogyScores evaluate(EmbeddingModel model, int restrict) {
    int limit = Math.min(restrict, model.size());
    Map<String, Integer> folded = new HashMap<>();
    String[] names = new String[limit];
    for (int i = 0; i < limit; i++) {
      names[i] = fold(model.words().get(i));
      folded.putIfAbsent(names[i], i);
    }
    AnalogyScores scores = new AnalogyScores();
    List<Known> known = new ArrayList<>();
    List<Known> order = new ArrayList<>(); // null for a question that is skipped
    for (Question question : questions) {
      Known k = known(question, folded);
      order.add(k);
      if (k != null) {
        known.add(k);
      }
    }
    boolean[] right = answer(known, model, limit, names);
    int next = 0;
    for (int i = 0; i < questions.size(); i++) {
      if (order.get(i) == null) {
        scores.addSkipped(questions.get(i).section);
      } else {
        scores.add(questions.get(i).section, right[next++]);
      }
    }
    return scores;
  }

  private static Known known(Question question, Map<String, Integer> folded) {
    int a = folded.getOrDefault(fold(question.a), -1);
    int b = folded.getOrDefault(fold(question.b), -1);
    int c = folded.getOrDefault(fold(question.c), -1);
    int d = folded.getOrDefault(fold(question.d), -1);
    return Math.min(Math.min(a, b), Math.min(c, d)) < 0 ? null : new Known(question, a, b, c, d);
  }

  private static boolean[] answer(
      List<Known> questions, EmbeddingModel model, int limit, String[] names) {
    boolean[] right = new boolean[questions.size()];
    int batches = (questions.size() + BATCH - 1) / BATCH;
    Parallel.forEach(
        batches,
        batch -> {
          int begin = batch * BATCH;
          int end = Math.min(begin + BATCH, questions.size());
          int[] best = best(questions.subList(begin, end), model, limit);
          for (int i = begin; i < end; i++) {
            int row = best[i - begin];
            right[i] = row >= 0 && names[row].equals(names[questions.get(i).d]);
          }
        });
    return right;
  }

  private static int[] best(List<Known> questions, EmbeddingModel model, int limit) {
    UnitRows units = model.units();
    int stride = units.stride();
    float[] queries = new float[questions.size() * stride];
    int[][] excluded = new int[questions.size()][];
    for (int i = 0; i < excluded.length; i++) {
      Known q = questions.get(i);
      System.arraycopy(units.analogy(q.a, q.b, q.c), 0, queries, i * stride, stride);
      excluded[i] = new int[] {q.a, q.b, q.c};
    }
    return model.search().best(queries, excluded.length, excluded, limit);
  }

  private static String fold(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
