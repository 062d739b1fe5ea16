package dev.unroll.majority;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.unroll.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs that all tasks share, by a task that takes no time. */
class MajorityTest {
  @TempDir private Path folder;
  private Path model;
  private int code;
  private String out;
  private String err;

  @BeforeEach
  void place() {
    model = folder.resolve("m.zip");
  }

  private void run(Object... args) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    PrintStream errors = new PrintStream(stderr, true, StandardCharsets.UTF_8);
    code = Cli.run(new Majority(), stdout, errors, words);
    out = stdout.toString(StandardCharsets.UTF_8);
    err = stderr.toString(StandardCharsets.UTF_8);
  }

  private void refused(int expected, String message, Object... args) {
    run(args);
    assertThat(err).startsWith("error: ").contains(message).hasLineCount(1);
    assertThat(out).isEmpty();
    assertThat(code).isEqualTo(expected);
  }

  private JsonObject last() {
    assertThat(code).as(err).isZero();
    return JsonParser.parseString(out.lines().reduce((a, b) -> b).orElseThrow()).getAsJsonObject();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void trainsOnTheSampleAndSaysWhatItRead() {
    run("train", "--model", model);
    assertThat(last().keySet()).contains("model", "epochs", "seconds", "dev");
    assertThat(err).contains("train: 9 notes, read as tsv", "dev: 3 notes, read as tsv");
    assertThat(folder.resolve("m.metrics.json")).exists();
  }

  @Test
  void evaluatesAndAnswers() throws IOException {
    run("train", "--model", model);
    Path data = write("d.csv", "good,a\nbad,b\nbad,c\nbad,d\n");
    run("evaluate", "--model", model, "--data", data, "--format", "csv", "--json");
    assertThat(last().get("accuracy").getAsDouble()).isEqualTo(0.25);
    run("classify", "--model", model, "--text", "hello");
    assertThat(out).isEqualTo("good\thello\n");
    refused(
        2,
        "must be one of tsv, csv, got 'xml'",
        "evaluate",
        "--model",
        model,
        "--data",
        data,
        "--format",
        "xml");
  }

  @Test
  void severalFilesAreReadAsOne() throws IOException {
    Path one = write("one.tsv", "x\ta\nx\tb\n");
    Path two = write("two.tsv", "y\tc\ny\td\ny\te\n");
    run("train", "--model", model, "--train", one, "--train", two, "--dev-fraction", "0");
    assertThat(err).contains("train: 5 notes");
    assertThat(model).content().isEqualToNormalizingNewlines("y\nx\n");
  }

  @Test
  void everyFoldIsTestedByAModelThatWasTrainedOnTheOthers() throws IOException {
    // Of three folds, two have a label of their own in the majority of what the others hold.
    Path data = write("d.tsv", "a\t1\na\t2\na\t3\nb\t4\nb\t5\nb\t6\n");
    run("train", "--model", model, "--train", data, "--folds", 3, "--dev-fraction", "0");
    JsonObject report = last();
    assertThat(report.getAsJsonArray("folds")).hasSize(3);
    // Every fold tests one a and one b, so whatever it answers, half is right.
    assertThat(report.getAsJsonObject("test").get("examples").getAsInt()).isEqualTo(6);
    assertThat(report.getAsJsonObject("test").get("accuracy").getAsDouble()).isEqualTo(0.5);
    assertThat(report.getAsJsonObject("testMean").get("accuracy").getAsDouble()).isEqualTo(0.5);
    assertThat(report.getAsJsonObject("testDeviation").get("accuracy").getAsDouble()).isZero();
    assertThat(out.lines().filter(line -> line.startsWith("fold "))).hasSize(3);
    for (int fold = 1; fold <= 3; fold++) {
      assertThat(folder.resolve("m.fold-" + fold + ".zip")).exists();
      assertThat(folder.resolve("m.fold-" + fold + ".metrics.json")).content().contains("test");
    }
    assertThat(model).doesNotExist();
  }

  @Test
  void foldsThatMakeNoSenseAreRefused() throws IOException {
    Path data = write("d.tsv", "a\t1\na\t2\n");
    Object[] train = {"train", "--model", model, "--train", data, "--folds", "3"};
    refused(3, "2 examples are too few for 3 folds", train);
    train[6] = 1;
    refused(2, "--folds must be from 2 to 1000", train);
    train[6] = Integer.MAX_VALUE; // nobody waits for the check of so many files
    refused(2, "--folds must be from 2 to 1000", train);
    refused(2, "leave out --test", "train", "--model", model, "--folds", 2, "--test", data);
  }

  @Test
  void aFormatOfNoDataIsRefused() {
    refused(2, "--format says how data is written", "train", "--model", model, "--format", "tsv");
  }

  @Test
  void aMissingFileOfOptionsIsNamed() {
    refused(2, "@nowhere: there is no such file of options", "train", "@nowhere");
  }

  @Test
  void presetsAreThoseBesideTheClass() {
    run("train", "--model", model, "--config", "tiny");
    assertThat(code).as(err).isZero();
    refused(2, "presets: tiny, default", "train", "--model", model, "--config", "tine");
    refused(2, "min-count must be at least 1", "train", "--model", model, "--min-count", "0");
  }

  @Test
  void whoNamesNoVerbIsShownWhichThereAre() {
    run();
    assertThat(code).isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(err).contains("Usage: unroll majority", "train", "evaluate", "classify");
    run("help");
    assertThat(code).isZero();
    assertThat(out).contains("Usage: unroll majority", "classify");
    run("help", "classify");
    assertThat(out).contains("Usage: unroll majority classify", "--text");
    refused(2, "trian", "trian");
  }

  @Test
  void aSlipInAnOptionIsNamedRatherThanWhatIsMissingBecauseOfIt() {
    refused(2, "'--modle'; did you mean --model?", "train", "--modle", model);
    refused(2, "'--modle'; did you mean --model?", "train", "--modle=" + model);
    refused(2, "Missing required option: '--model=FILE'", "train", "--seed", "3");
    refused(2, "Missing required option: '--model=FILE'", "train", "--xyz", "3");
  }

  @Test
  void aTextWhereAFileBelongsIsToldHowToBeGiven() {
    run("train", "--model", model);
    refused(
        3,
        "I loved it: no such file; check the name, or give a text with --text",
        "classify",
        "--model",
        model,
        "I loved it");
  }
}
