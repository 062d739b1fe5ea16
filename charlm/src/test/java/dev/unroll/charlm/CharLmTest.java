package dev.unroll.charlm;

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
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs, called as a user calls them. */
class CharLmTest {
  @TempDir static Path folder;
  private static Path model;
  private static Path verse;
  private static Run training;

  private record Run(int code, String out, String err) {
    JsonObject json() {
      String[] lines = out.strip().split("\n");
      return JsonParser.parseString(lines[lines.length - 1]).getAsJsonObject();
    }
  }

  private static Run run(Object... args) {
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.add(arg.toString());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Cli.run(
            new CharLm(),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            words.toArray(String[]::new));
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @BeforeAll
  static void train() throws Exception {
    model = folder.resolve("verse.zip");
    verse = Files.writeString(folder.resolve("verse.txt"), Verse.TEXT);
    training =
        run(
            "train",
            "--train",
            verse,
            "--dev",
            verse,
            "--test",
            verse,
            "--model",
            model,
            "--config",
            "tiny",
            "--hidden",
            24,
            "--epochs",
            5,
            "--min-count",
            1,
            "--json");
  }

  @Test
  void trainEndsWithASummaryAndLeavesItsFiguresBesideTheModel() {
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.json().keySet())
        .containsExactly("model", "epochs", "bestEpoch", "seconds", "dev", "test");
    assertThat(training.json().getAsJsonObject("dev").keySet())
        .contains("natsPerCharacter", "bitsPerCharacter", "perplexity");
    assertThat(folder.resolve("verse.metrics.json")).exists();
    assertThat(folder.resolve("verse.curve.png")).exists();
    assertThat(folder.resolve("verse.zip.checkpoint")).doesNotExist();
  }

  @Test
  void trainsOnAllOfTheTextIfNoneIsForDev() {
    Path target = folder.resolve("all.zip");
    Run all =
        run(
            "train",
            "--train",
            verse,
            "--model",
            target,
            "--config",
            "tiny",
            "--hidden",
            8,
            "--epochs",
            2,
            "--dev-fraction",
            0,
            "--json");
    assertThat(all.code()).as(all.err()).isZero();
    assertThat(all.json().get("bestEpoch").getAsInt()).isEqualTo(2);
    assertThat(all.json().getAsJsonObject("dev").keySet()).isEmpty();
    assertThat(folder.resolve("all.metrics.json")).content().doesNotContain("NaN");
    assertThat(CharLmModel.load(target).provenance().data()).containsOnlyKeys("train");
  }

  @Test
  void evaluateHasTheKeysThatScriptsRelyOn() {
    JsonObject json = run("evaluate", "--model", model, "--data", verse, "--json").json();
    assertThat(json.keySet())
        .contains(
            "characters",
            "unknown",
            "natsPerCharacter",
            "bitsPerCharacter",
            "perplexity",
            "baseline");
    assertThat(json.get("characters").getAsInt()).isEqualTo(Verse.TEXT.length());
    assertThat(json.get("bitsPerCharacter").getAsDouble() * Math.log(2))
        .isCloseTo(
            json.get("natsPerCharacter").getAsDouble(),
            org.assertj.core.api.Assertions.within(1e-9));
    assertThat(run("evaluate", "--model", model, "--data", verse).out())
        .contains("model ")
        .contains("5-grams, Kneser-Ney");
  }

  @Test
  void sampleIsTheTextAndNothingButIt() {
    Run sample = run("sample", "--model", model, "--prime", "The ", "--length", 30, "--seed", 3);
    assertThat(sample.code()).isZero();
    assertThat(sample.err()).isEmpty();
    assertThat(sample.out()).startsWith("The ").hasSize(34);
    assertThat(
            run("sample", "--model", model, "--prime", "The ", "--length", 30, "--seed", 3).out())
        .isEqualTo(sample.out());
    assertThat(run("sample", "--model", model, "--length", 40, "--lines", 1, "--beam", 2).code())
        .isZero();
  }

  @Test
  void scoreAnswersALineForALine() throws Exception {
    Path lines = Files.writeString(folder.resolve("lines.txt"), "The tide\n\nété\n");
    List<String> answers = run("score", "--model", model, "--json", lines).out().lines().toList();
    assertThat(answers).hasSize(3);
    JsonObject first = JsonParser.parseString(answers.get(0)).getAsJsonObject();
    assertThat(first.keySet()).containsExactly("text", "logProbability", "perCharacter", "unknown");
    assertThat(first.get("text").getAsString()).isEqualTo("The tide");
    assertThat(first.get("logProbability").getAsDouble()).isNegative();
    assertThat(first.get("unknown").getAsInt()).isZero();
    assertThat(run("score", "--model", model, "--text", "The tide").out()).endsWith("\tThe tide\n");
    JsonObject foreign = run("score", "--model", model, "--json", "--text", "日本 tide").json();
    assertThat(foreign.get("unknown").getAsInt()).isEqualTo(2);
  }

  @Test
  void aStopStringMaySpellALineBreak() {
    String all = run("sample", "--model", model, "--length", 300, "--seed", 3).out();
    assertThat(all).contains("\n");
    Run stopped = run("sample", "--model", model, "--length", 300, "--seed", 3, "--stop", "\\n");
    assertThat(stopped.out()).isEqualTo(all.substring(0, all.indexOf('\n')));
    assertThat(SampleCommand.unescape("a\\n\\t\\\\n\\x$1")).isEqualTo("a\n\t\\n\\x$1");
  }

  @Test
  void aTestPartIsSplitOffBesideAFileForDev() {
    Path target = folder.resolve("tested.zip");
    Object[] args = {"train", "--train", verse, "--dev", verse, "--test-fraction", 0.2};
    List<Object> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--model", target, "--config", "tiny", "--hidden", 8, "--epochs", 1));
    Run trained = run(all.toArray());
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.out()).contains("\"test\":");
  }

  @Test
  void theDemoNeedsNoDevPart() throws Exception {
    Path settings = folder.resolve("demo.properties");
    Files.writeString(settings, "hidden = 8\nepochs = 1\ndev-fraction = 0\n");
    Run demo = run("demo", "--config", "tiny", "--config", settings);
    assertThat(demo.code()).as(demo.err()).isZero();
  }

  @Test
  void explainWritesAPageThatNeedsNothingElse() throws Exception {
    Path page = folder.resolve("page.html");
    Path text = Files.writeString(folder.resolve("tricky.txt"), "</script> & \"tide\" é\n");
    Run explain = run("explain", "--model", model, "--data", text, "--out", page);
    assertThat(explain.code()).as(explain.err()).isZero();
    assertThat(explain.out()).isEmpty();
    String html = Files.readString(page);
    assertThat(html)
        .doesNotContain("src=", "href=", "/*MODELS*/")
        .contains("verse.zip (lstm 1 × 24)");
    assertThat(html.split("</script>")).hasSize(2);
  }

  @Test
  void errorsAreOneLineWithACode() throws Exception {
    Path bad = Files.write(folder.resolve("bad.txt"), new byte[] {'a', '\n', (byte) 0xC3, '('});
    Path target = folder.resolve("new.zip");
    check(run("train", "--train", bad, "--model", target), 3, "bad.txt:2: not valid UTF-8");
    check(run("train", "--train", verse, "--model", target, "--bidirectional"), 2, "bidirectional");
    check(run("train", "--train", verse, "--model", folder.resolve("no/m.zip")), 3, "directory");
    check(run("train", "--train", verse, "--model", target, "--config", "huge"), 2, "tiny");
    Path settings = Files.writeString(folder.resolve("settings.txt"), "cell = gru\nwindow = 0\n");
    check(
        run("train", "--train", verse, "--model", target, "--config", settings),
        3,
        "settings.txt:2: window must be at least");
    check(run("sample", "--model", verse), 3, "not a model file");
    check(run("sample", "--model", model, "--top-p", 2), 2, "--top-p must be above 0");
    check(run("sample", "--model", model, "--length", "x"), 2, "--length");
    check(run("evaluate", "--model", model, "--data", folder.resolve("none")), 3, "no such file");
    check(
        run("explain", "--model", model, "--data", verse, "--length", 0, "--out", target),
        2,
        "--length must be from 1");
    assertThat(target).doesNotExist();
    check(
        run("score", "--model", model, "--format", "jsonl", "--text", "x"),
        2,
        "--format can only be text here");
    check(run("explain", "--model", model, "--data", folder, "--out", target), 2, "is a folder");
    check(
        run("explain", "--model", model, "--data", verse, "--out", folder.resolve("no/x.html")),
        3,
        "x.html: the directory does not exist; create it first");
  }

  private static void check(Run run, int code, String message) {
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().strip()).contains(message).hasLineCount(1);
  }

  @Test
  void vectorsAreForWordsOnly() throws IOException {
    Path vectors = Files.writeString(folder.resolve("v.txt"), "2 3\nsea 1 2 3\nland 3 2 1\n");
    Path unwanted = folder.resolve("unwanted.zip");
    Run characters = run("train", "--train", verse, "--model", unwanted, "--vectors", vectors);
    assertThat(characters.code()).isEqualTo(2);
    assertThat(characters.err()).contains("--vectors").contains("--level word");
    Run tied =
        run(
            "train",
            "--train",
            verse,
            "--model",
            unwanted,
            "--vectors",
            vectors,
            "--level",
            "word",
            "--tied",
            "--hidden",
            "8");
    assertThat(tied.code()).isEqualTo(2);
    assertThat(tied.err()).contains("3 values").contains("--hidden 8");
    assertThat(unwanted).doesNotExist();
  }
}
