package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Models that an earlier version wrote are read, and answer as they answered that version.
 *
 * <p>The folder {@code models} among the test resources of a task holds the models; beside each
 * lies what each verb answered, as {@code MODEL.VERB.jsonl} or {@code MODEL.NAME.txt}, and the
 * script that made them. They are what users have on their disks and are never made anew: where a
 * test fails, the program is at fault.
 */
public abstract class CompatibilityContract {
  private static final JsonCloseness CLOSENESS = new JsonCloseness(1e-5);

  /** The command line of the task. */
  protected abstract Program program();

  /**
   * What each model was asked.
   *
   * @param folder where the models and the files of questions lie
   * @return by the ending of the file with the answers ({@code classify.jsonl}): the verb and its
   *     arguments without {@code --model}; answers in {@code .jsonl} are compared number by number,
   *     others as they are
   */
  protected abstract Map<String, List<String>> questions(Path folder);

  @TestFactory
  Stream<DynamicTest> modelsOfEarlierVersionsAnswerAsTheyDid() {
    Path folder = folder();
    Map<String, List<String>> questions = questions(folder);
    List<DynamicTest> tests = new ArrayList<>();
    for (Path model : models(folder, questions)) {
      questions.forEach(
          (ending, question) ->
              tests.add(
                  DynamicTest.dynamicTest(
                      model.getFileName() + " " + ending, () -> ask(model, ending, question))));
    }
    assertThat(tests).as("models in %s", folder).isNotEmpty();
    return tests.stream();
  }

  private void ask(Path model, String ending, List<String> question) throws IOException {
    List<Object> args = new ArrayList<>(List.of(question.get(0), "--model", model));
    args.addAll(question.subList(1, question.size()));
    Run run = program().call(args.toArray()).succeeds();
    String expected = Files.readString(answers(model, ending));
    if (!ending.endsWith(".jsonl")) {
      assertThat(run.out()).isEqualTo(expected);
      return;
    }
    List<JsonElement> lines = expected.lines().map(JsonParser::parseString).toList();
    assertThat(run.json()).as("answers to %s", run.call()).hasSameSizeAs(lines);
    for (int i = 0; i < lines.size(); i++) {
      CLOSENESS.check("line " + (i + 1), lines.get(i), run.json().get(i));
    }
  }

  /** The files that have an answer to any question. */
  private static List<Path> models(Path folder, Map<String, List<String>> questions) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file ->
                  questions.keySet().stream()
                      .anyMatch(ending -> Files.exists(answers(file, ending))))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path answers(Path model, String ending) {
    return model.resolveSibling(model.getFileName() + "." + ending);
  }

  private Path folder() {
    try {
      return Path.of(getClass().getResource("/models").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
