package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.unroll.cli.Cli;
import dev.unroll.data.TrainingConfig;
import dev.unroll.testing.CliContract;
import dev.unroll.testing.Program;
import dev.unroll.testing.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The verbs, called as a user calls them. */
class CharLmTest extends CliContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new CharLm(), out, err, args);
  }

  @Override
  protected Set<String> verbs() {
    return Set.of("train", "evaluate", "sample", "score", "explain", "export", "demo");
  }

  @Override
  protected Path writeData(Path folder) throws IOException {
    return Files.writeString(folder.resolve("verse.txt"), Verse.TEXT);
  }

  @Override
  protected List<String> training(Path data, Path target) {
    String verse = data.toString();
    List<String> args = new ArrayList<>(List.of("train", "--train", verse, "--dev", verse));
    args.addAll(List.of("--model", target.toString(), "--config", "tiny", "--hidden", "24"));
    args.addAll(List.of("--epochs", "5", "--min-count", "1", "--json"));
    return args;
  }

  @Override
  protected List<Question> questions(Path data) {
    Set<String> scores =
        Set.of("characters", "unknown", "natsPerCharacter", "bitsPerCharacter", "perplexity");
    Set<String> score = Set.of("text", "logProbability", "perCharacter");
    return List.of(
        Question.json(1, scores, "evaluate", "--data", data),
        Question.json(4, score, "score", data),
        Question.json(1, score, "score", "--text", "The tide"),
        Question.plain("sample", "--prime", "The ", "--length", 20),
        Question.plain("explain", "--data", data, "--out", file("explained.html")),
        Question.plain("export", "--format", "onnx", "--out", file("model.onnx")));
  }

  @Test
  void trainLeavesItsFiguresBesideTheModel() {
    JsonObject summary =
        run(train(file("figures.zip"), "--test", data(), "--epochs", 1)).succeeds().json().get(0);
    assertThat(summary.keySet())
        .containsExactly("model", "epochs", "bestEpoch", "seconds", "dev", "test");
    assertThat(summary.getAsJsonObject("dev").keySet())
        .contains("natsPerCharacter", "bitsPerCharacter", "perplexity");
    assertThat(file("figures.metrics.json")).exists();
    assertThat(file("figures.curve.png")).exists();
  }

  @Test
  void trainsOnAllOfTheTextIfNoneIsForDev() {
    Path target = file("all.zip");
    List<Object> args = new ArrayList<>(List.of("train", "--train", data(), "--model", target));
    args.addAll(List.of("--config", "tiny", "--hidden", 8, "--epochs", 2, "--dev-fraction", 0));
    args.add("--json");
    JsonObject all = run(args.toArray()).succeeds().json().get(0);
    assertThat(all.get("bestEpoch").getAsInt()).isEqualTo(2);
    assertThat(all.getAsJsonObject("dev").keySet()).isEmpty();
    assertThat(file("all.metrics.json")).content().doesNotContain("NaN");
    assertThat(CharLmModel.load(target).provenance().data()).containsOnlyKeys("train");
  }

  @Test
  void evaluateComparesWithItsBaseline() {
    JsonObject json =
        run("evaluate", "--model", model(), "--data", data(), "--json").succeeds().json().get(0);
    assertThat(json.has("baseline")).isTrue();
    assertThat(json.get("characters").getAsInt()).isEqualTo(Verse.TEXT.length());
    assertThat(json.get("bitsPerCharacter").getAsDouble() * Math.log(2))
        .isCloseTo(json.get("natsPerCharacter").getAsDouble(), within(1e-9));
    assertThat(run("evaluate", "--model", model(), "--data", data()).out())
        .contains("model ")
        .contains("5-grams, Kneser-Ney");
  }

  @Test
  void sampleIsTheTextAndNothingButIt() {
    Object[] asked = {"sample", "--model", model(), "--prime", "The ", "--length", 30, "--seed", 3};
    Run sample = run(asked).succeeds();
    assertThat(sample.err()).isEmpty();
    assertThat(sample.out()).startsWith("The ").hasSize(34);
    assertThat(run(asked).out()).isEqualTo(sample.out());
    run("sample", "--model", model(), "--length", 40, "--lines", 1, "--beam", 2).succeeds();
  }

  @Test
  void scoreAnswersALineForALine() throws IOException {
    Path lines = file("lines.txt", "The tide\n\nété\n");
    List<JsonObject> answers = run("score", "--model", model(), "--json", lines).succeeds().json();
    assertThat(answers).hasSize(3);
    JsonObject first = answers.get(0);
    assertThat(first.get("text").getAsString()).isEqualTo("The tide");
    assertThat(first.get("logProbability").getAsDouble()).isNegative();
    assertThat(first.get("unknown").getAsInt()).isZero();
    assertThat(run("score", "--model", model(), "--text", "The tide").out())
        .endsWith("\tThe tide\n");
    Run foreign = run("score", "--model", model(), "--json", "--text", "日本 tide").succeeds();
    assertThat(foreign.json().get(0).get("unknown").getAsInt()).isEqualTo(2);
  }

  @Test
  void aStopStringMaySpellALineBreak() {
    String all = run("sample", "--model", model(), "--length", 300, "--seed", 3).out();
    assertThat(all).contains("\n");
    Run stopped = run("sample", "--model", model(), "--length", 300, "--seed", 3, "--stop", "\\n");
    assertThat(stopped.out()).isEqualTo(all.substring(0, all.indexOf('\n')));
    assertThat(SampleCommand.unescape("a\\n\\t\\\\n\\x$1")).isEqualTo("a\n\t\\n\\x$1");
  }

  @Test
  void evaluateDynamicallyAddsAScore() {
    Object[] evaluate = {"evaluate", "--model", model(), "--data", data(), "--json"};
    Object[] dynamic = {"evaluate", "--model", model(), "--data", data(), "--json", "--dynamic"};
    JsonObject plain = run(evaluate).succeeds().json().get(0);
    JsonObject both = run(dynamic).succeeds().json().get(0);
    assertThat(both.remove("dynamic").getAsJsonObject().keySet())
        .containsExactly("natsPerCharacter", "bitsPerCharacter", "perplexity");
    assertThat(both).isEqualTo(plain);
    run("evaluate", "--model", model(), "--data", data(), "--rate", 1)
        .isRefused(2, "add --dynamic, or leave them out");
    run("evaluate", "--model", model(), "--data", data(), "--dynamic", "--segment", 0)
        .isRefused(2, "segment must be at least 1");
    run("evaluate", "--model", model(), "--data", data(), "--dynamic", "--rate", 1e38)
        .isRefused(2, "the model diverged", "take a --rate below 1.0E38");
  }

  @Test
  void aModelThatReadsFromTheEndScoresAndDoesNotWrite() {
    Path target = file("reverse.zip");
    run(train(target, "--reverse", "--epochs", 1, "--schedule", "constant", "--averaging", 0.9))
        .succeeds();
    CharLmConfig config = CharLmModel.load(target).config();
    assertThat(config.reverse()).isTrue();
    assertThat(config.training().averaging()).isEqualTo(0.9);
    assertThat(config.training().schedule()).isEqualTo(TrainingConfig.Schedule.CONSTANT);
    run("evaluate", "--model", target, "--data", data()).succeeds();
    assertThat(run("score", "--model", target, "--text", "The tide").succeeds().out())
        .endsWith("\tThe tide\n");
    run("explain", "--model", target, "--data", data(), "--out", file("reverse.html")).succeeds();
    Run sample = run("sample", "--model", target, "--prime", "日本");
    sample.isRefused(2, "(reverse = true)", "take one trained without reverse");
    assertThat(sample.out()).isEmpty();
  }

  @Test
  void anAdaptiveSoftmaxIsForWords() {
    Path target = file("adaptive.zip");
    Path refused = file("refused.zip");
    run(train(refused, "--adaptive-softmax", "6,15"))
        .isRefused(2, "--adaptive-softmax is for words", "add --level word");
    run(train(refused, "--level", "word", "--adaptive-softmax", "6,15", "--tied"))
        .isRefused(2, "leave out --tied");
    run(train(refused, "--level", "word", "--adaptive-softmax", "6,1500"))
        .isRefused(2, "--adaptive-softmax must be below the number of symbols, ", "got 6,1500");
    run(train(refused, "--level", "word", "--adaptive-softmax", "auto", "--window", 0))
        .isRefused(2, "window must be at least 1");
    assertThat(refused).doesNotExist();
    run(train(target, "--level", "word", "--adaptive-softmax", "6,15", "--epochs", 1)).succeeds();
    run("evaluate", "--model", target, "--data", data()).succeeds();
    run("score", "--model", target, "--text", "The tide").succeeds();
    run("sample", "--model", target, "--length", 5).succeeds();
  }

  @Test
  void aTestPartIsSplitOffBesideAFileForDev() {
    Object[] split = train(file("tested.zip"), "--test-fraction", 0.2, "--epochs", 1);
    assertThat(run(split).succeeds().out()).contains("\"test\":");
  }

  @Test
  void theDemoNeedsNoDevPart() throws IOException {
    Path settings = file("demo.properties", "hidden = 8\nepochs = 1\ndev-fraction = 0\n");
    run("demo", "--config", "tiny", "--config", settings).succeeds();
  }

  @Test
  void explainWritesAPageThatNeedsNothingElse() throws IOException {
    Path page = file("page.html");
    Path text = file("tricky.txt", "</script> & \"tide\" é\n");
    Run explain = run("explain", "--model", model(), "--data", text, "--out", page).succeeds();
    assertThat(explain.out()).isEmpty();
    String html = Files.readString(page);
    assertThat(html)
        .doesNotContain("src=", "href=", "/*MODELS*/")
        .contains("model.zip (lstm 1 × 24)");
    assertThat(html.split("</script>")).hasSize(2);
  }

  @Test
  void badTextsAndSettingsAreOneLine() throws IOException {
    Path bad = Files.write(file("bad.txt"), new byte[] {'a', '\n', (byte) 0xC3, '('});
    Path target = file("never.zip");
    run(train(bad, target)).isRefused(3, "bad.txt:2: not valid UTF-8");
    Path settings = file("settings.txt", "cell = gru\nwindow = 0\n");
    run(train(target, "--config", settings))
        .isRefused(3, "settings.txt:2: window must be at least");
    run("evaluate", "--model", model(), "--data", file("none")).isRefused(3, "no such file");
    run("sample", "--model", data()).isRefused(3, "not a model file");
    assertThat(target).doesNotExist();
  }

  @Test
  void wrongUsageOfItsOwnOptionsIsCodeTwo() {
    Path target = file("never.zip");
    run(train(target, "--bidirectional")).isRefused(2, "bidirectional");
    run("sample", "--model", model(), "--top-p", 2).isRefused(2, "--top-p must be above 0");
    run("sample", "--model", model(), "--beam", 100_000).isRefused(2, "--beam must be from 0 to");
    run("sample", "--model", model(), "--length", "x").isRefused(2, "--length");
    run("score", "--model", model(), "--format", "jsonl", "--text", "x")
        .isRefused(2, "--format can only be text here");
    run("explain", "--model", model(), "--data", data(), "--length", 0, "--out", target)
        .isRefused(2, "--length must be from 1");
    run("explain", "--model", model(), "--data", file("."), "--out", target)
        .isRefused(2, "is a folder");
    run("explain", "--model", model(), "--data", data(), "--out", file("no/x.html"))
        .isRefused(3, "x.html: the directory does not exist; create it first");
    assertThat(target).doesNotExist();
  }

  @Test
  void vectorsAreForWordsOnly() throws IOException {
    Path vectors = file("v.txt", "2 3\nsea 1 2 3\nland 3 2 1\n");
    Path unwanted = file("unwanted.zip");
    run(train(unwanted, "--vectors", vectors)).isRefused(2, "--vectors", "--level word");
    run(train(unwanted, "--vectors", vectors, "--level", "word", "--tied", "--hidden", 8))
        .isRefused(2, "3 values", "--hidden 8");
    assertThat(unwanted).doesNotExist();
  }

  @Test
  void goesOnWithTheModelThatItBeginsWith() throws IOException {
    Path words = file("words.zip");
    List<Object> args = new ArrayList<>(List.of("train", "--train", data(), "--dev", data()));
    args.addAll(List.of("--config", "tiny", "--level", "word", "--hidden", 8, "--min-count", 1));
    args.addAll(List.of("--adaptive-softmax", "5,9", "--epochs", 1, "--model", words));
    run(args.toArray()).succeeds();
    Path other = file("other.txt", "the tide knows a zebra\n");
    Path begun = file("begun.zip");
    List<Object> on = List.of("train", "--train", other, "--dev", other, "--model", begun);
    List<Object> begins = List.of("--begin-with", words, "--epochs", 1, "--learning-rate", 1e-12);
    run(with(on, begins)).succeeds();
    CharLmModel model = CharLmModel.load(begun);
    CharLmModel before = CharLmModel.load(words);
    assertThat(model.encoder().vocabulary().words())
        .isEqualTo(before.encoder().vocabulary().words());
    assertThat(model.parameters().sub(before.parameters()).norm2Number().doubleValue())
        .isLessThan(1e-6);
    assertThat(model.config().network().hidden()).isEqualTo(8);

    Path never = file("never.zip");
    List<Object> begin =
        List.of("train", "--train", other, "--model", never, "--begin-with", words);
    run(with(begin, List.of("--hidden", 9)))
        .isRefused(2, "hidden must be 8, as in words.zip", "got 9");
    run(with(begin, List.of("--level", "character")))
        .isRefused(2, "level must be word", "words.zip");
    run(with(begin, List.of("--reverse"))).isRefused(2, "reverse must be false", "words.zip");
    run(with(begin, List.of("--vectors", other))).isRefused(2, "--vectors");
    run("train", "--train", other, "--model", never, "--begin-with", file("none.zip"))
        .isRefused(3, "none.zip");
    assertThat(never).doesNotExist();
  }

  private static Object[] with(List<Object> first, List<Object> more) {
    List<Object> all = new ArrayList<>(first);
    all.addAll(more);
    return all.toArray();
  }
}
