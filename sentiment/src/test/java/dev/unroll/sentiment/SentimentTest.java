package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.unroll.cli.Cli;
import dev.unroll.testing.CliContract;
import dev.unroll.testing.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The command line as a user meets it: what is printed where, and how it ends. */
class SentimentTest extends CliContract {
  private static final String REVIEWS =
      "good\ta lovely film\nbad\ta dull film\ngood\tlovely, lovely\nbad\tdull and slow\n"
          + "good\twe laughed a lot\nbad\twe left early\n";

  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Sentiment(), out, err, args);
  }

  @Override
  protected Set<String> verbs() {
    return Set.of("train", "evaluate", "classify", "export", "demo");
  }

  @Override
  protected Path writeData(Path folder) throws IOException {
    return Files.writeString(folder.resolve("reviews.tsv"), REVIEWS);
  }

  @Override
  protected List<String> training(Path data, Path target) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("train", "--train", data.toString(), "--dev", data.toString()));
    args.addAll(List.of("--model", target.toString(), "--config", "tiny", "--hidden", "8"));
    args.addAll(List.of("--epochs", "25", "--batch", "2", "--learning-rate", "0.02"));
    args.addAll(List.of("--dropout", "0"));
    return args;
  }

  @Override
  protected List<Question> questions(Path data) {
    Set<String> scores = Set.of("examples", "accuracy", "macroF1", "logLoss", "labels");
    Set<String> opinion = Set.of("text", "label", "probability", "probabilities");
    return List.of(
        Question.json(1, scores, "evaluate", "--data", data),
        Question.json(6, opinion, "classify", data),
        Question.json(1, opinion, "classify", "--text", "lovely, lovely"),
        Question.plain("export", "--format", "onnx", "--out", file("model.onnx")));
  }

  @Test
  void theHandfulIsLearntAndItsFiguresLieBesideTheModel() {
    JsonObject dev = training().json().get(0).getAsJsonObject("dev");
    assertThat(dev.get("accuracy").getAsDouble()).isEqualTo(1);
    assertThat(file("model.metrics.json")).content().contains("\"history\"");
    assertThat(file("model.curve.png")).isNotEmptyFile();
  }

  @Test
  void anExportTakesNothingAway() throws IOException {
    byte[] before = Files.readAllBytes(model());
    run("export", "--model", model(), "--out", model()).isRefused(2, "would replace", "--model");
    run("export", "--model", model(), "--out", file("nowhere").resolve("model.onnx"))
        .isRefused(3, "directory does not exist");
    Path other = file("other");
    run("export", "--model", model(), "--format", "pickle", "--out", other)
        .isRefused(2, "--format", "pickle");
    assertThat(other).doesNotExist();
    assertThat(model()).hasBinaryContent(before);
  }

  @Test
  void trainsOnAllOfTheDataIfNoneIsForDev() {
    Path target = file("all.zip");
    List<Object> args = new ArrayList<>(List.of("train", "--train", data(), "--model", target));
    args.addAll(List.of("--config", "tiny", "--hidden", 8, "--epochs", 2, "--dev-fraction", 0));
    JsonObject last = run(args.toArray()).succeeds().json().get(0);
    assertThat(last.get("bestEpoch").getAsInt()).isEqualTo(2);
    assertThat(last.getAsJsonObject("dev").keySet()).isEmpty();
    assertThat(file("all.metrics.json")).content().doesNotContain("NaN");
    assertThat(SentimentModel.load(target).provenance().examples().get("train")).isEqualTo(6);
  }

  @Test
  void evaluateForPeopleShowsTablesAndMistakes() throws IOException {
    Path wrong = file("wrong.tsv", "bad\ta lovely film\ngood\tlovely, lovely\n");
    String out = run("evaluate", "--model", model(), "--data", wrong, "--errors", 5).out();
    assertThat(out).contains("accuracy", "macro", "always bad", "bad, taken for good");
    assertThat(out).doesNotContain("good, taken for bad");
  }

  @Test
  void classifyAnswersLineByLineInOrder() throws IOException {
    Path texts = file("texts.txt", "lovely, lovely\n\ndull and slow\n");
    var answers = run("classify", "--model", model(), "--json", texts).succeeds().json();
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).get("label").getAsString()).isEqualTo("good");
    assertThat(answers.get(1).get("text").getAsString()).isEmpty();
    assertThat(answers.get(2).get("label").getAsString()).isEqualTo("bad");

    String out = run("classify", "--model", model(), "--text", "lovely, lovely").out();
    assertThat(out).matches("good\\t[01]\\.\\d{4}\\tlovely, lovely\\n");
  }

  @Test
  void badTrainingDataIsOneLineAndLeavesNoModel() throws IOException {
    Path target = file("never.zip");
    run(train(file("one.tsv", "a\tx\na\ty\n"), target)).isRefused(3, "one.tsv");
    run(train(file("columns.tsv", "a\tx\nb\n"), target)).isRefused(3, "columns.tsv:2: ");
    Path latin1 = file("latin1.tsv");
    Files.write(latin1, "a\tx\nb\tna\u00efve\n".getBytes(StandardCharsets.ISO_8859_1));
    run(train(latin1, target)).isRefused(3, "latin1.tsv:2: ");
    Path noClasses = Files.createDirectory(file("noclasses"));
    run(train(noClasses, target)).isRefused(3, "noclasses");
    Path huge = file("huge.tsv", "a\tx\nb\t" + "y".repeat(17 << 20) + "\n");
    run(train(huge, target)).isRefused(3, "huge.tsv:2: ");
    assertThat(target).doesNotExist();
  }

  @Test
  void badLabelsAndSettingsAreOneLine() throws IOException {
    Path never = file("never.zip");
    Path settings = file("settings.txt", "\nmin-count = 0\n");
    run(train(never, "--config", settings)).isRefused(3, "settings.txt:2: min-count must");
    Path decay = file("decay.txt", "weight-decay = 1.5\n");
    run(train(never, "--config", decay)).isRefused(3, "decay.txt:1: weight-decay must");
    Path unseen = file("unseen.tsv", "good\tx\nugly\ty\n");
    run("evaluate", "--model", model(), "--data", unseen).isRefused(3, "unseen.tsv:2: ");
    run(train(never, "--test", unseen)).isRefused(3, "unseen.tsv:2: ");
    assertThat(never).doesNotExist();
  }

  @Test
  void wrongUsageOfItsOwnOptionsIsCodeTwo() {
    Path never = file("never.zip");
    run(train(never, "--hidden", "many")).isRefused(2, "--hidden");
    run(train(never, "--hidden", 0)).isRefused(2, "hidden must be at least 1");
    run(train(never, "--threads", 2_000_000_000)).isRefused(2, "threads must be from 0 to 1024");
    run(train(never, "--freeze-vectors")).isRefused(2, "name them with --vectors");
    run("evaluate", "--model", model()).isRefused(2, "--data");
    run("evaluate", "--model", model(), "--data", data(), "--errors", -1)
        .isRefused(2, "--errors must be 0 or above");
    run("classify", "--model", model(), "--text", "x", "file.txt")
        .isRefused(2, "give --text or files, not both");
    run("classify", "--model", model(), "--text", "x", "--format=jsonl")
        .isRefused(2, "--format can only be text here");
  }

  @Test
  void theModelIsReadFromAnywhereAndWordVectorsSetTheDimensions() throws IOException {
    Path vectors = file("v.txt", "lovely 1 0 0\ndull 0 1 0\nsplendid 1 0 0.1\n");
    Path target = file("vectors.zip");
    run(train(target, "--vectors", vectors, "--freeze-vectors")).succeeds();
    SentimentModel loaded = SentimentModel.load(target);
    assertThat(loaded.config().dimensions()).isEqualTo(3);
    assertThat(loaded.config().freezeVectors()).isTrue();
    // "splendid" was in no review, but its vector lies beside that of "lovely".
    assertThat(loaded.classify("splendid, splendid").label()).isEqualTo("good");
  }
}
