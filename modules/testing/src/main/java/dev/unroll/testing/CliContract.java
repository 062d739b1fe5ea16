package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every command line keeps to: results alone on standard output, the keys that scripts rely
 * on, and for what goes wrong one line on standard error and the right exit code.
 *
 * <p>The tests of a task extend it, and find a trained model and its data in {@link #model()} and
 * {@link #data()}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CliContract {
  private static final int USAGE = 2;
  private static final int DATA = 3;
  private static final Set<String> SUMMARY = Set.of("model", "epochs", "seconds", "dev");

  private Path folder;
  private Path data;
  private Path model;
  private Run training;

  /**
   * A call of a verb that reads a model and answers.
   *
   * @param args the verb and its arguments without {@code --model} and {@code --json}
   * @param lines of its answer as JSON; 0 if it knows no {@code --json}
   * @param keys that each of them has
   */
  public record Question(List<String> args, int lines, Set<String> keys) {
    /** A verb that answers as JSON too. */
    public static Question json(int lines, Set<String> keys, Object... args) {
      return new Question(Arrays.stream(args).map(Object::toString).toList(), lines, keys);
    }

    /** A verb that writes text, or a file, and nothing else. */
    public static Question plain(Object... args) {
      return json(0, Set.of(), args);
    }

    private boolean hasJson() {
      return lines > 0;
    }

    /** The verb. */
    public String verb() {
      return args.get(0);
    }
  }

  /** The command line of the task. */
  protected abstract Program program();

  /** All verbs, as {@code --help} lists them. */
  protected abstract Set<String> verbs();

  /** Writes data for a training of seconds. */
  protected abstract Path writeData(Path folder) throws IOException;

  /** The line that trains on {@code data} in seconds: the verb, the data, {@code --model}. */
  protected abstract List<String> training(Path data, Path target);

  /** One or more for each verb that reads a model. */
  protected abstract List<Question> questions(Path data);

  /** What the name of a model file ends with. */
  protected String extension() {
    return ".zip";
  }

  /** What the command line trained. */
  protected final Path model() {
    return model;
  }

  /** What it was trained on. */
  protected final Path data() {
    return data;
  }

  /** How that training went. */
  protected final Run training() {
    return training;
  }

  /** A place for a file of a test, until all tests of the class are done. */
  protected final Path file(String name) {
    return folder.resolve(name);
  }

  /** Writes a file of a test. */
  protected final Path file(String name, String content) throws IOException {
    return Files.writeString(file(name), content);
  }

  /** Calls the program; arguments are what their {@code toString} says. */
  protected final Run run(Object... args) {
    return program().call(args);
  }

  /** The line that trains on {@link #data()}, and more options behind it. */
  protected final Object[] train(Path target, Object... more) {
    return train(data, target, more);
  }

  /** The line that trains on {@code data}, and more options behind it. */
  protected final Object[] train(Path data, Path target, Object... more) {
    List<Object> args = new ArrayList<>(training(data, target));
    args.addAll(Arrays.asList(more));
    return args.toArray();
  }

  @BeforeAll
  void prepare(@TempDir Path temporary) throws IOException {
    folder = temporary;
    data = writeData(folder);
    model = file("model" + extension());
    training = run(train(model)).succeeds();
  }

  @Test
  void trainingPrintsOneLineOfJsonAndNothingElse() {
    List<JsonObject> lines = training.json();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).keySet()).containsAll(SUMMARY);
    assertThat(lines.get(0).get("model").getAsString()).isEqualTo(model.toString());
    assertThat(model).isNotEmptyFile();
    assertThat(file(model.getFileName() + ".checkpoint")).doesNotExist();
    assertThat(file(model.getFileName() + ".part")).doesNotExist();
  }

  @Test
  void answersAsJsonHaveTheKeysThatScriptsRelyOn() {
    for (Question question : questions(data)) {
      if (!question.hasJson()) {
        continue;
      }
      Run run = run(asked(question, model, "--json")).succeeds();
      assertThat(run.json()).as(run.call()).hasSize(question.lines());
      for (JsonObject line : run.json()) {
        assertThat(line.keySet()).as(run.call()).containsAll(question.keys());
      }
    }
  }

  @Test
  void answersForPeopleAreNoJson() {
    for (Question question : questions(data)) {
      Run run = run(asked(question, model)).succeeds();
      if (question.hasJson()) {
        assertThat(run.out()).as(run.call()).isNotBlank().doesNotStartWith("{");
      }
    }
  }

  @Test
  void aModelThatCannotBeReadIsOneLineThatNamesIt() throws IOException {
    Path missing = file("missing" + extension());
    Path broken = file("broken" + extension(), "no model, but a text\n");
    Path empty = file("empty" + extension(), "");
    Path none = Files.createDirectories(file("folder" + extension()));
    for (Question question : questions(data)) {
      for (Path bad : List.of(missing, broken, empty, none)) {
        run(asked(question, bad)).isRefused(DATA, bad.toString());
      }
    }
    assertThat(missing).doesNotExist();
  }

  @Test
  void dataThatCannotBeReadIsOneLineThatNamesItAndLeavesNoModel() throws IOException {
    Path target = file("never" + extension());
    Path missing = file("missing.data");
    run(train(missing, target)).isRefused(DATA, missing.toString(), "no such file");
    Path empty = file("empty.data", "");
    run(train(empty, target)).isRefused(DATA, empty.toString());
    assertThat(target).doesNotExist();
  }

  @Test
  void aModelThatCannotBeWrittenIsNoticedBeforeTheTraining() {
    run(train(folder)).isRefused(DATA, folder.toString(), "is a directory");
    Path lost = file("nowhere").resolve("model" + extension());
    run(train(lost)).isRefused(DATA, lost.toString(), "directory does not exist");
  }

  @Test
  void everyVerbHelpsAndTellsTheVersion() {
    Run help = run("--help").succeeds();
    assertThat(listed(help.out())).containsAll(verbs());
    assertThat(run("--version").succeeds().out()).startsWith("unroll ");
    for (String verb : listed(help.out())) {
      Run own = run(verb, "--help").succeeds();
      assertThat(own.out()).startsWith("Usage: ").contains(verb, "--help");
      assertThat(own.err()).isEmpty();
      assertThat(run(verb, "--version").succeeds().out()).startsWith("unroll ");
    }
  }

  @Test
  void wrongUsageIsOneLineAndCodeTwo() {
    run("frobnicate").isRefused(USAGE, "frobnicate");
    run("--no-such-option").isRefused(USAGE, "--no-such-option");
    Path target = file("never" + extension());
    run(train(target, "--no-such-option")).isRefused(USAGE, "--no-such-option");
    run("train").isRefused(USAGE, "--model");
    for (Question question : questions(data)) {
      run(asked(question, model, "--no-such-option")).isRefused(USAGE, "--no-such-option");
      run(question.verb()).isRefused(USAGE, "--model");
    }
    run(train(target, "--config", "no-such-preset")).isRefused(USAGE, "no-such-preset", "tiny");
    run(train(target, "--epochs", "many")).isRefused(USAGE, "--epochs", "many");
    run(train(target, "--epochs", 0)).isRefused(USAGE, "epochs");
    assertThat(target).doesNotExist();
  }

  @Test
  void aWrongSettingIsNamedWithFileAndLine() throws IOException {
    Path settings = file("wrong.properties", "# too few\nepochs = 0\n");
    Path target = file("never" + extension());
    run(trainOnly(target, "--config", settings)).isRefused(DATA, settings + ":2: epochs must");
    Path unknown = file("unknown.properties", "epochs = 1\nno-such-setting = 1\n");
    run(trainOnly(target, "--config", unknown))
        .isRefused(DATA, unknown + ":2: ", "no-such-setting");
    assertThat(target).doesNotExist();
  }

  /** Without the options that would win over a file of settings. */
  private Object[] trainOnly(Path target, Object... more) {
    List<Object> args = new ArrayList<>(List.of("train", "--train", data, "--model", target));
    args.addAll(Arrays.asList(more));
    return args.toArray();
  }

  private static Object[] asked(Question question, Path model, Object... more) {
    List<Object> args = new ArrayList<>(List.of(question.verb(), "--model", model));
    args.addAll(Arrays.asList(more));
    args.addAll(question.args().subList(1, question.args().size()));
    return args.toArray();
  }

  /** The verbs that picocli lists, two spaces before each. */
  private static Set<String> listed(String help) {
    Set<String> verbs = new TreeSet<>();
    help.substring(help.indexOf("Commands:"))
        .lines()
        .filter(line -> line.matches("  [a-z].*"))
        .forEach(line -> verbs.add(line.strip().split("[\\s,]")[0]));
    return verbs;
  }
}
