package dev.unroll.sentiment;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a user meets it: what is printed where, and how it ends. */
class SentimentTest {
  private static final String REVIEWS =
      "good\ta lovely film\nbad\ta dull film\ngood\tlovely, lovely\nbad\tdull and slow\n"
          + "good\twe laughed a lot\nbad\twe left early\n";

  @TempDir static Path folder;
  private static Path model;
  private static Path reviews;

  private int code;
  private String out;
  private String err;

  private void run(String... args) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    code =
        Cli.run(
            new Sentiment(), stdout, new PrintStream(stderr, true, StandardCharsets.UTF_8), args);
    out = stdout.toString(StandardCharsets.UTF_8);
    err = stderr.toString(StandardCharsets.UTF_8);
  }

  private static String[] training(Path data, Path target, String... more) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("train", "--train", data.toString(), "--dev", data.toString()));
    args.addAll(List.of("--model", target.toString(), "--config", "tiny", "--hidden", "8"));
    args.addAll(List.of("--epochs", "25", "--batch", "2", "--learning-rate", "0.02"));
    args.addAll(List.of("--dropout", "0"));
    args.addAll(Arrays.asList(more));
    return args.toArray(String[]::new);
  }

  private static Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @BeforeAll
  static void train() throws IOException {
    reviews = write("reviews.tsv", REVIEWS);
    model = folder.resolve("model.zip");
    SentimentTest test = new SentimentTest();
    test.run(training(reviews, model));
    assertThat(test.code).as(test.err).isZero();
    JsonObject last = JsonParser.parseString(test.out.strip()).getAsJsonObject();
    assertThat(last.keySet()).contains("model", "epochs", "seconds", "dev");
    assertThat(last.getAsJsonObject("dev").get("accuracy").getAsDouble()).isEqualTo(1);
    assertThat(folder.resolve("model.metrics.json")).content().contains("\"history\"");
    assertThat(folder.resolve("model.curve.png")).isNotEmptyFile();
    assertThat(folder.resolve("model.zip.checkpoint")).doesNotExist();
  }

  @Test
  void trainsOnAllOfTheDataIfNoneIsForDev() {
    Path target = folder.resolve("all.zip");
    List<String> args = new ArrayList<>(List.of("train", "--train", reviews.toString()));
    args.addAll(List.of("--model", target.toString(), "--config", "tiny", "--hidden", "8"));
    args.addAll(List.of("--epochs", "2", "--dev-fraction", "0"));
    run(args.toArray(String[]::new));
    assertThat(code).as(err).isZero();
    JsonObject last = JsonParser.parseString(out.strip()).getAsJsonObject();
    assertThat(last.get("bestEpoch").getAsInt()).isEqualTo(2);
    assertThat(last.getAsJsonObject("dev").keySet()).isEmpty();
    assertThat(folder.resolve("all.metrics.json")).content().doesNotContain("NaN");
    assertThat(SentimentModel.load(target).provenance().examples().get("train")).isEqualTo(6);
  }

  @Test
  void evaluatePrintsTheKeysThatScriptsRelyOn() {
    run("evaluate", "--model", model.toString(), "--data", reviews.toString(), "--json");
    JsonObject scores = JsonParser.parseString(out).getAsJsonObject();
    assertThat(scores.keySet()).contains("examples", "accuracy", "macroF1", "logLoss", "labels");
    assertThat(scores.get("examples").getAsInt()).isEqualTo(6);
    assertThat(code).isZero();
  }

  @Test
  void evaluateForPeopleShowsTablesAndMistakes() throws IOException {
    Path wrong = write("wrong.tsv", "bad\ta lovely film\ngood\tlovely, lovely\n");
    run("evaluate", "--model", model.toString(), "--data", wrong.toString(), "--errors", "5");
    assertThat(out).contains("accuracy", "macro", "always bad", "bad, taken for good");
    assertThat(out).doesNotContain("good, taken for bad");
  }

  @Test
  void classifyAnswersLineByLineInOrder() throws IOException {
    Path texts = write("texts.txt", "lovely, lovely\n\ndull and slow\n");
    run("classify", "--model", model.toString(), "--json", texts.toString());
    List<JsonObject> answers =
        out.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).get("label").getAsString()).isEqualTo("good");
    assertThat(answers.get(1).get("text").getAsString()).isEmpty();
    assertThat(answers.get(2).get("label").getAsString()).isEqualTo("bad");
    assertThat(answers.get(2).keySet())
        .containsExactly("text", "label", "probability", "probabilities");

    run("classify", "--model", model.toString(), "--text", "lovely, lovely");
    assertThat(out).matches("good\\t[01]\\.\\d{4}\\tlovely, lovely\\n");
  }

  private void refused(int expected, String message, String... args) {
    run(args);
    assertThat(err).contains(message);
    assertThat(err.lines().filter(line -> line.startsWith("error: "))).hasSize(1);
    assertThat(err).doesNotContain("\tat ");
    assertThat(out).isEmpty();
    assertThat(code).as(err).isEqualTo(expected);
  }

  @Test
  void badTrainingDataIsOneLineAndLeavesNoModel() throws IOException {
    Path target = folder.resolve("never.zip");
    refused(3, "no such file", training(folder.resolve("missing.tsv"), target));
    refused(3, "empty", training(write("empty.tsv", ""), target));
    refused(3, "one.tsv", training(write("one.tsv", "a\tx\na\ty\n"), target));
    refused(3, "columns.tsv:2: ", training(write("columns.tsv", "a\tx\nb\n"), target));
    Path latin1 = folder.resolve("latin1.tsv");
    Files.write(latin1, "a\tx\nb\tna\u00efve\n".getBytes(StandardCharsets.ISO_8859_1));
    refused(3, "latin1.tsv:2: ", training(latin1, target));
    Path noClasses = Files.createDirectory(folder.resolve("noclasses"));
    refused(3, "noclasses", training(noClasses, target));
    Path huge = write("huge.tsv", "a\tx\nb\t" + "y".repeat(17 << 20) + "\n");
    refused(3, "huge.tsv:2: ", training(huge, target));
    assertThat(target).doesNotExist();
  }

  @Test
  void badTargetsAreNoticedBeforeTheTraining() {
    refused(3, "is a directory", training(reviews, folder));
    refused(3, "directory does not exist", training(reviews, folder.resolve("no/m.zip")));
  }

  @Test
  void badModelsAndLabelsAreOneLine() throws IOException {
    Path broken = write("broken.zip", "PK nonsense");
    refused(3, "broken.zip", "classify", "--model", broken.toString(), "--text", "x");
    String settings = write("settings.txt", "\nmin-count = 0\n").toString();
    refused(3, "settings.txt:2: min-count must", training(reviews, model, "--config", settings));
    Path unseen = write("unseen.tsv", "good\tx\nugly\ty\n");
    refused(
        3, "unseen.tsv:2: ", "evaluate", "--model", model.toString(), "--data", unseen.toString());
    Path never = folder.resolve("never2.zip");
    refused(3, "unseen.tsv:2: ", training(reviews, never, "--test", unseen.toString()));
    assertThat(never).doesNotExist();
    String decay = write("decay.txt", "weight-decay = 1.5\n").toString();
    refused(3, "decay.txt:1: weight-decay must", training(reviews, never, "--config", decay));
  }

  @Test
  void wrongUsageIsCodeTwo() {
    refused(2, "--hidden", training(reviews, model, "--hidden", "many"));
    refused(2, "hidden must be at least 1", training(reviews, model, "--hidden", "0"));
    refused(2, "--data", "evaluate", "--model", model.toString());
    refused(2, "frobnicate", "frobnicate");
    String[] evaluate = {"evaluate", "--model", model.toString(), "--data", reviews.toString()};
    List<String> negative = new ArrayList<>(List.of(evaluate));
    negative.addAll(List.of("--errors", "-1"));
    refused(2, "--errors must be 0 or above", negative.toArray(String[]::new));
    String[] classify = {"classify", "--model", model.toString(), "--text", "x", "file.txt"};
    refused(2, "give --text or files, not both", classify);
    classify[5] = "--format=jsonl";
    refused(2, "--format can only be text here", classify);
  }

  @Test
  void theModelIsReadFromAnywhereAndWordVectorsSetTheDimensions() throws IOException {
    Path vectors = write("v.txt", "lovely 1 0 0\ndull 0 1 0\nsplendid 1 0 0.1\n");
    Path target = folder.resolve("vectors.zip");
    run(training(reviews, target, "--vectors", vectors.toString(), "--freeze-vectors"));
    assertThat(code).as(err).isZero();
    SentimentModel loaded = SentimentModel.load(target);
    assertThat(loaded.config().dimensions()).isEqualTo(3);
    assertThat(loaded.config().freezeVectors()).isTrue();
    // "splendid" was in no review, but its vector lies beside that of "lovely".
    assertThat(loaded.classify("splendid, splendid").label()).isEqualTo("good");
  }
}
