package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import dev.unroll.data.UserError;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every model does, used as a library: it learns a handful of examples by heart, and answers
 * the same saved and loaded, alone and in a batch, to one thread and to many.
 *
 * <p>The tests of a task extend it, and find the model that was trained for all of them in {@link
 * #model()}.
 *
 * @param <M> the model
 * @param <I> what it is asked
 * @param <O> what it answers: a value whose {@code equals} compares all that it says
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModelContract<M, I, O> {
  private static final JsonCloseness CLOSENESS = new JsonCloseness(1e-5);
  private static final int THREADS = 4;
  private static final int CALLS = 4;

  private Path folder;
  private M model;

  /** Trains until a handful of examples is known by heart. */
  protected abstract M learn();

  /** Fails unless the model knows by heart what {@link #learn} taught it. */
  protected abstract void assertLearnt(M model);

  /** Trains shortly, with dropout and all else that is random. */
  protected abstract M train(long seed);

  /** What to ask, odd things among it: nothing, the unknown, the very long. */
  protected abstract List<I> questions();

  /** Answers all at once. */
  protected abstract List<O> answer(M model, List<I> questions);

  /** Answers one alone. */
  protected abstract O answer(M model, I question);

  /** Writes the model to a file that is not there yet. */
  protected abstract void save(M model, Path file);

  /** Reads what {@link #save} wrote; refuses anything else with one line that names the file. */
  protected abstract M load(Path file);

  /** How a model is read from a stream, if the task offers it. */
  protected Optional<Function<InputStream, M>> streamLoader() {
    return Optional.empty();
  }

  /** How a model is read from a resource, given its absolute name, if the task offers it. */
  protected Optional<Function<String, M>> resourceLoader() {
    return Optional.empty();
  }

  /** A model among the test resources: {@code /models/…}. */
  protected String resource() {
    throw new UnsupportedOperationException("name a model among the test resources");
  }

  /** What else is kept with a model: configuration, metrics, provenance. */
  protected List<Object> description(M model) {
    return List.of();
  }

  /** How an answer is compared where roundings may differ: exactly but for fractions. */
  protected JsonElement json(O answer) {
    return new Gson().toJsonTree(answer);
  }

  /** Whether a file with a bit changed can be told from a sound one. */
  protected boolean isChecksummed() {
    return true;
  }

  /** Whether the file of a model has the settings of a network in it. */
  protected boolean isNetwork() {
    return true;
  }

  /** What the name of a model file ends with. */
  protected String extension() {
    return ".zip";
  }

  /** The model that has learnt its handful. */
  protected final M model() {
    return model;
  }

  /** A place for a file of a test, until all tests of the class are done. */
  protected final Path file(String name) {
    return folder.resolve(name);
  }

  @BeforeAll
  void prepare(@TempDir Path temporary) {
    folder = temporary;
    model = learn();
  }

  @Test
  void learnsAHandfulByHeart() {
    assertLearnt(model);
  }

  @Test
  void aSavedModelGivesTheSameAnswers() {
    Path file = saved("saved");
    M loaded = load(file);
    assertThat(answer(loaded, questions())).isEqualTo(answer(model, questions()));
    assertThat(description(loaded)).isEqualTo(description(model));
    Path again = file("again" + extension());
    save(loaded, again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  @Test
  void aQuestionGetsTheSameAnswerAloneAndInABatch() {
    List<O> together = answer(model, questions());
    assertThat(together).hasSameSizeAs(questions());
    for (int i = 0; i < together.size(); i++) {
      O alone = answer(model, questions().get(i));
      CLOSENESS.check("answer " + i, json(alone), json(together.get(i)));
    }
  }

  @Test
  void noQuestionsHaveNoAnswers() {
    assertThat(answer(model, List.of())).isEmpty();
  }

  @Test
  void manyThreadsGetTheAnswersOfOne() throws Exception {
    Callable<List<O>> all =
        () -> questions().stream().map(question -> answer(model, question)).toList();
    List<O> expected = all.call();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<List<O>>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        calls.add(all);
      }
      for (Future<List<O>> answers : threads.invokeAll(calls)) {
        assertThat(answers.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() {
    List<byte[]> files = new ArrayList<>();
    for (long seed : new long[] {5, 5, 6}) {
      Path file = file("seed" + files.size() + extension());
      save(train(seed), file);
      files.add(Damage.bytes(file));
    }
    assertThat(files.get(1)).isEqualTo(files.get(0));
    assertThat(files.get(2)).isNotEqualTo(files.get(0));
  }

  @Test
  void aStreamIsReadAsAFileIs() {
    assumeThat(streamLoader()).as("models are not read from streams").isPresent();
    byte[] bytes = Damage.bytes(saved("stream"));
    M read = streamLoader().orElseThrow().apply(new ByteArrayInputStream(bytes));
    assertThat(answer(read, questions())).isEqualTo(answer(model, questions()));
  }

  @Test
  void aResourceIsReadAsAFileIs() throws URISyntaxException {
    assumeThat(resourceLoader()).as("models are not read from the class path").isPresent();
    M read = resourceLoader().orElseThrow().apply(resource());
    M expected = load(Path.of(getClass().getResource(resource()).toURI()));
    assertThat(answer(read, questions())).isEqualTo(answer(expected, questions()));
    assertThatThrownBy(() -> resourceLoader().orElseThrow().apply("/models/none.zip"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none.zip: there ");
  }

  @Test
  void aFileThatWasCutOffIsNamed() {
    damaged(Damage.cuts(Damage.bytes(saved("cut"))));
  }

  @Test
  void aFileWithABitChangedIsNamed() {
    assumeThat(isChecksummed()).as("the format has no checksum").isTrue();
    damaged(Damage.flips(Damage.bytes(saved("flip"))));
  }

  @Test
  void whatIsNoModelIsNamed() {
    Path missing = file("missing" + extension());
    assertThat(Damage.refusal("missing", missing, () -> load(missing))).isPresent();
    assertThat(Damage.refusal("a folder", folder, () -> load(folder))).isPresent();
    Path text = Damage.write(file("text" + extension()), "no model, but a text\n".getBytes());
    assertThat(Damage.refusal("a text", text, () -> load(text))).isPresent();
  }

  /** Before anything of that size is made. */
  @Test
  void settingsThatFitNoNetworkAreRefused() {
    assumeThat(isNetwork()).as("a model with settings in its file").isTrue();
    Path good = saved("good");
    refused(good, "layers", "100000", "'config.properties' describes has");
    refused(good, "hidden", "2000000000", "'config.properties' describes has");
    refused(good, "hidden", "30000", "'config.properties' describes has");
    refused(good, "hidden", "-1", "'config.properties': hidden must be at least 1, got -1");
    refused(
        good, "hidden", "many", "'config.properties': hidden must be a whole number, got 'many'");
    refused(good, "cell", "evil", "'config.properties': cell must be one of");
    refused(good, "cell", "gru-reset-after", "the network");
  }

  private void refused(Path good, String setting, String value, String reason) {
    String line = "(?m)^%s=.*$".formatted(setting);
    refused(good, "config.properties", line, setting + "=" + value, reason);
  }

  private void refused(Path good, String entry, String what, String by, String reason) {
    Path file = ModelFiles.changed(good, file("hostile.zip"), entry, what, by);
    ModelFiles.assertRefused(file, reason, () -> load(file));
  }

  @Test
  void whatItsFileHasBesidesIsChecked() {
    assumeThat(isNetwork()).as("a model with settings in its file").isTrue();
    Path good = saved("good");
    refused(good, "config.properties", "^", "evil=1\n", "unknown setting 'evil'");
    refused(good, "metrics.json", "(?s)^.*$", "null", "'metrics.json'");
    refused(good, "metrics.json", "(?s)^.*$", "{\"a\": null}", "'metrics.json'");
    refused(good, "provenance.json", "(?s)^.*$", "null", "'provenance.json'");
  }

  /** A change may not matter, as one in a date; then the answers are the same. Most do matter. */
  private void damaged(Map<String, byte[]> files) {
    List<O> expected = answer(model, questions());
    int refused = 0;
    for (var damage : files.entrySet()) {
      String name = "damaged%d%s".formatted(damage.getKey().hashCode(), extension());
      Path file = Damage.write(file(name), damage.getValue()); // what was read may be mapped
      List<M> read = new ArrayList<>();
      if (Damage.refusal(damage.getKey(), file, () -> read.add(load(file))).isPresent()) {
        refused++;
      } else {
        assertThat(answer(read.get(0), questions())).as(damage.getKey()).isEqualTo(expected);
      }
    }
    assertThat(refused).as("refused of %s", files.keySet()).isGreaterThan(files.size() / 2);
  }

  private Path saved(String name) {
    Path file = file(name + extension());
    save(model, file);
    return file;
  }
}
