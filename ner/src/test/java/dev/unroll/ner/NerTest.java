package dev.unroll.ner;

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
class NerTest {
  private static final String DATA =
      "-DOCSTART- X O\n\nAda N B-PER\nslept V O\n\nOslo N B-LOC\nslept V O\n\n"
          + "It P O\nrained V O\nin P O\nOslo N B-LOC\n";

  @TempDir static Path folder;
  private static Path model;
  private static Path data;

  private int code;
  private String out;
  private String err;

  private void run(String... args) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    code = Cli.run(new Ner(), stdout, new PrintStream(stderr, true, StandardCharsets.UTF_8), args);
    out = stdout.toString(StandardCharsets.UTF_8);
    err = stderr.toString(StandardCharsets.UTF_8);
  }

  private static String[] training(Path data, Path target, String... more) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("train", "--train", data.toString(), "--dev", data.toString()));
    args.addAll(List.of("--model", target.toString(), "--config", "tiny", "--hidden", "8"));
    args.addAll(List.of("--epochs", "30", "--batch", "2", "--learning-rate", "0.03"));
    args.addAll(List.of("--dropout", "0"));
    args.addAll(Arrays.asList(more));
    return args.toArray(String[]::new);
  }

  private static Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @BeforeAll
  static void train() throws IOException {
    data = write("data.conll", DATA);
    Path settings =
        write("settings.txt", "embedding-dropout = 0\nword-dropout = 0\npatience = 0\n");
    model = folder.resolve("model.zip");
    NerTest test = new NerTest();
    test.run(
        training(
            data, model, "--config", settings.toString(), "--test", data.toString(), "--json"));
    assertThat(test.code).as(test.err).isZero();
    assertThat(test.err).contains("3 sentences, 8 words, 3 entities of [LOC, PER], tagged in BIO");
    JsonObject last = JsonParser.parseString(test.out.strip()).getAsJsonObject();
    assertThat(last.keySet()).contains("model", "epochs", "seconds", "dev", "test");
    assertThat(last.getAsJsonObject("dev").get("f1").getAsDouble()).isEqualTo(100);
    assertThat(folder.resolve("model.metrics.json")).content().contains("\"history\"");
    assertThat(folder.resolve("model.curve.png")).isNotEmptyFile();
    assertThat(folder.resolve("model.zip.checkpoint")).doesNotExist();
  }

  @Test
  void trainsOnAllOfTheDataIfNoneIsForDev() {
    Path target = folder.resolve("all.zip");
    String[] args = {
      "train", "--train", data.toString(), "--model", target.toString(), "--config", "tiny"
    };
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--hidden", "8", "--epochs", "2", "--dev-fraction", "0"));
    run(all.toArray(String[]::new));
    assertThat(code).as(err).isZero();
    JsonObject last = JsonParser.parseString(out.strip()).getAsJsonObject();
    assertThat(last.get("bestEpoch").getAsInt()).isEqualTo(2);
    assertThat(last.getAsJsonObject("dev").keySet()).isEmpty();
    assertThat(folder.resolve("all.metrics.json")).content().doesNotContain("NaN");
    assertThat(folder.resolve("all.curve.png")).isNotEmptyFile();
    assertThat(NerModel.load(target).provenance().data()).containsOnlyKeys("train");
  }

  @Test
  void refusesALearningRateThatWaitsForDevIfThereIsNone() throws IOException {
    Path settings = write("plateau.txt", "schedule = plateau\ndev-fraction = 0\n");
    Path target = folder.resolve("plateau.zip");
    run(
        "train",
        "--train",
        data.toString(),
        "--model",
        target.toString(),
        "--config",
        settings.toString());
    assertThat(code).isEqualTo(2);
    assertThat(err).contains("schedule = plateau halves the learning rate by the score on dev");
    assertThat(target).doesNotExist();
  }

  @Test
  void evaluatePrintsTheKeysThatScriptsRelyOn() {
    run("evaluate", "--model", model.toString(), "--data", data.toString(), "--json");
    JsonObject scores = JsonParser.parseString(out).getAsJsonObject();
    assertThat(scores.keySet())
        .contains("sentences", "tokens", "precision", "recall", "f1", "accuracy", "types");
    assertThat(scores.get("sentences").getAsInt()).isEqualTo(3);
    assertThat(scores.get("f1").getAsDouble()).isEqualTo(100);
    assertThat(code).isZero();
  }

  @Test
  void evaluatePrintsConllevalsTextAndNothingElse() {
    run("evaluate", "--model", model.toString(), "--data", data.toString());
    assertThat(err).contains("data: 3 sentences, 8 words, 3 entities of [LOC, PER], tagged in BIO");
    assertThat(out)
        .isEqualTo(
            """
            processed 9 tokens with 3 phrases; found: 3 phrases; correct: 3.
            accuracy: 100.00%; precision: 100.00%; recall: 100.00%; FB1: 100.00
                          LOC: precision: 100.00%; recall: 100.00%; FB1: 100.00  2
                          PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  1
            """);
  }

  @Test
  void theNetworkIsChosenByOptions() throws IOException {
    Path target = folder.resolve("softmax.zip");
    run(training(data, target, "--epochs", "1", "--characters", "none", "--output", "softmax"));
    assertThat(code).as(err).isZero();
    NerConfig config = NerModel.load(target).config();
    assertThat(config.characters()).isEqualTo(NerConfig.Characters.NONE);
    assertThat(config.output()).isEqualTo(NerConfig.Output.SOFTMAX);
    refused(2, "characters", training(data, target, "--characters", "words"));
  }

  @Test
  void latin1HasItsUsualName() throws IOException {
    Path latin1 = folder.resolve("latin.txt");
    Files.write(latin1, "Ada sl\u00e9pt\n".getBytes(StandardCharsets.ISO_8859_1));
    run("tag", "--model", model.toString(), "--charset", "latin-1", latin1.toString());
    assertThat(out).contains("sl\u00e9pt");
    refused(2, "must be a character set", "tag", "--model", model.toString(), "--charset", "x");
  }

  @Test
  void detailsAndMistakesComeBehindIt() throws IOException {
    Path wrong = write("wrong.conll", "Ada B-LOC\nslept B-PER\n");
    run(
        "evaluate",
        "--model",
        model.toString(),
        "--data",
        wrong.toString(),
        "--details",
        "--errors",
        "3");
    assertThat(out).startsWith("processed 2 tokens with 2 phrases");
    assertThat(out).contains("wrong type            1", "PER Ada (", "there is LOC Ada: Ada slept");
    assertThat(out).containsPattern("none \\(0\\.[5-9]\\d+\\), there is PER slept: Ada slept");
  }

  @Test
  void tagAnswersLineByLineInOrder() throws IOException {
    Path texts = write("texts.txt", "Oslo slept\n\nAda slept\n");
    run("tag", "--model", model.toString(), texts.toString());
    assertThat(out).isEqualTo("[LOC Oslo] slept\n\n[PER Ada] slept\n");

    run("tag", "--model", model.toString(), "--json", texts.toString());
    List<JsonObject> answers =
        out.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).keySet()).containsExactly("text", "tokens", "spans");
    JsonObject span = answers.get(2).getAsJsonArray("spans").get(0).getAsJsonObject();
    assertThat(span.keySet()).containsExactly("start", "end", "type", "text", "probability");
    assertThat(span.get("text").getAsString()).isEqualTo("Ada");

    run("tag", "--model", model.toString(), "--output", "conll", "--text", "Oslo slept");
    assertThat(out).isEqualTo("Oslo\tB-LOC\nslept\tO\n\n");
  }

  @Test
  void columnsAreAnsweredWithOneColumnMore() throws IOException {
    Path columns = write("columns.txt", "-DOCSTART- X\n\nOslo N\nslept V\n\n\nAda N\n");
    run("tag", "--model", model.toString(), "--format", "conll", columns.toString());
    assertThat(out).isEqualTo("-DOCSTART- X O\n\nOslo N B-LOC\nslept V O\n\nAda N B-PER\n\n");
    run("tag", "--model", model.toString(), "--format", "conll", "--json", columns.toString());
    assertThat(out.lines()).hasSize(2);
    Path words = write("words.txt", "Oslo\nslept\n");
    run("tag", "--model", model.toString(), "--format", "conll", words.toString());
    assertThat(out).isEqualTo("Oslo B-LOC\nslept O\n\n");
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
    refused(3, "no such file", training(folder.resolve("missing.conll"), target));
    refused(3, "no sentences", training(write("empty.conll", ""), target));
    refused(3, "no entities", training(write("o.conll", "a O\nb O\n"), target));
    refused(3, "short.conll:2: ", training(write("short.conll", "a O\nb\n"), target));
    refused(3, "tag.conll:1: ", training(write("tag.conll", "a PER\n"), target));
    Path latin1 = folder.resolve("latin1.conll");
    Files.write(latin1, "a O\nna\u00efve O\n".getBytes(StandardCharsets.ISO_8859_1));
    refused(3, "latin1.conll:2: ", training(latin1, target));
    refused(3, "no files", training(Files.createDirectory(folder.resolve("none")), target));
    assertThat(target).doesNotExist();
  }

  @Test
  void badModelsTargetsAndOptionsAreOneLine() throws IOException {
    Path broken = write("broken.zip", "PK nonsense");
    refused(
        2,
        "--errors must be 0 or above",
        "evaluate",
        "--model",
        model.toString(),
        "--data",
        data.toString(),
        "--errors",
        "-1");
    refused(3, "broken.zip", "tag", "--model", broken.toString(), "--text", "x");
    refused(3, "is a directory", training(data, folder));
    refused(
        3,
        "bad.txt:1: word-dropout must be from 0 to below 1, got 1.0",
        training(
            data,
            model,
            "--config",
            "tiny",
            "--config",
            write("bad.txt", "word-dropout = 1\n").toString()));
    refused(2, "--charset", "tag", "--model", model.toString(), "--charset", "x", "-");
    refused(2, "--data", "evaluate", "--model", model.toString());
  }

  @Test
  void wordVectorsSetTheDimensionsAndAreFoundInLowerCase() throws IOException {
    Path vectors = write("v.txt", "ada 1 0 0\noslo 0 1 0\nbergen 0 1 0.1\n");
    Path target = folder.resolve("vectors.zip");
    run(training(data, target, "--vectors", vectors.toString(), "--freeze-vectors"));
    assertThat(code).as(err).isZero();
    assertThat(err).contains("vectors: 3 vectors of 3 from ", "for 37.5 % of the training words");
    assertThat(NerModel.load(target).config().dimensions()).isEqualTo(3);
  }
}
