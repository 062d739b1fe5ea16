package dev.unroll.embeddings;

import dev.unroll.data.UserError;
import dev.unroll.serving.Arguments;
import dev.unroll.serving.Input;
import dev.unroll.serving.Parameter;
import dev.unroll.serving.ServedModel;
import dev.unroll.serving.Tab;
import dev.unroll.serving.TaskService;
import dev.unroll.serving.Verb;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What a server offers of the task. */
public final class EmbeddingService implements TaskService {
  private static final int MOST_NEIGHBOURS = 100;
  private static final String TOP = "top";
  private static final String VECTORS = "(?i).*\\.(bin|vec)(\\.gz)?";

  @Override
  public String task() {
    return "embeddings";
  }

  @Override
  public String summary() {
    return "Word vectors of embeddings train, or of another program.";
  }

  @Override
  public String mainClass() {
    return "dev.unroll.embeddings.Embeddings";
  }

  @Override
  public String extension() {
    return ".bin";
  }

  /** By its name: vectors are of other programs too, and do not say what they are. */
  @Override
  public boolean recognises(Path file) {
    return file.getFileName().toString().matches(VECTORS);
  }

  @Override
  public ServedModel load(Path file) {
    EmbeddingModel model = EmbeddingModel.load(file);
    if (model.size() == 0) {
      throw UserError.data(file, "holds no vectors; serve a file that has some");
    }
    String word = model.words().get(0);
    Parameter top = Parameter.integer(TOP, 10, 1, MOST_NEIGHBOURS, "How many words.");
    Parameter best = Parameter.integer(TOP, 1, 1, MOST_NEIGHBOURS, "How many words.");
    ServedMap map = new ServedMap(model);
    return new ServedModel(
        List.of(
            Verb.listing(
                "nearest",
                "List the words nearest to a word, by cosine.",
                Input.string("word", "words"),
                List.of(top),
                word,
                Map.class,
                (words, a) -> WordAnswers.nearest(model, words, a.integer(TOP))),
            Verb.listing(
                "analogy",
                "Complete \"A is to B as C is to …\", given A, B and C.",
                Input.words("words", "queries", 3, 3),
                List.of(best),
                Collections.nCopies(3, word),
                Map.class,
                (queries, a) -> WordAnswers.analogies(model, queries, a.integer(TOP))),
            Verb.answering(
                "similarity",
                "The cosine of the vectors of two words.",
                Input.words("words", "queries", 2, 2),
                List.of(),
                Collections.nCopies(2, word),
                (queries, a) ->
                    queries.stream()
                        .map(one -> WordAnswers.similarity(model, one.get(0), one.get(1)))
                        .toList()),
            Verb.answering(
                "odd-one-out",
                "Tell which of some words fits the others least.",
                Input.words("words", "queries", 3, MOST_NEIGHBOURS),
                List.of(),
                Collections.nCopies(3, word),
                (queries, a) ->
                    queries.stream().map(one -> WordAnswers.oddOneOut(model, one)).toList()),
            Verb.answering(
                "map",
                "Place words in a plane: those that are named, or without any the first of the"
                    + " model.",
                Input.words("words", "maps", 0, MOST_NEIGHBOURS),
                List.of(
                    Parameter.integer(
                        TOP,
                        ServedMap.STEP,
                        1,
                        ServedMap.MOST,
                        "How many words without any; rounded up to hundreds.")),
                List.of(word),
                (queries, a) -> queries.stream().map(one -> place(map, one, a)).toList())),
        Map.of("words", model.size(), "dimensions", model.dimensions()));
  }

  private static Map<String, Object> place(ServedMap map, List<String> words, Arguments given) {
    return words.isEmpty() ? map.first(given.integer(TOP)) : map.of(words);
  }

  @Override
  public Tab tab() {
    return new Tab("Words", 40, EmbeddingService.class, "tab.js");
  }
}
