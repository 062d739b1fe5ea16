package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.unroll.cli.Cli;
import dev.unroll.testing.CliContract;
import dev.unroll.testing.Program;
import dev.unroll.testing.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The command line, as a user has it. */
class EmbeddingsTest extends CliContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Embeddings(), out, err, args);
  }

  @Override
  protected String extension() {
    return ".vec";
  }

  @Override
  protected Set<String> verbs() {
    return Set.of(
        "train",
        "evaluate",
        "nearest",
        "analogy",
        "similarity",
        "odd-one-out",
        "convert",
        "map",
        "demo");
  }

  @Override
  protected Path writeData(Path folder) throws IOException {
    Files.writeString(folder.resolve("analogies"), ": of kings now\nman king woman queen\n");
    Files.writeString(folder.resolve("pairs"), "king\tqueen\t8\ncat\tparis\t1\nx\ty\t2\n");
    try (InputStream sample = Embeddings.class.getResourceAsStream("sample.txt")) {
      return Files.write(folder.resolve("sample.txt"), sample.readAllBytes());
    }
  }

  @Override
  protected List<String> training(Path data, Path target) {
    return List.of(
        "train",
        "--train",
        data.toString(),
        "--model",
        target.toString(),
        "--tokenizer",
        "standard",
        "--lowercase",
        "--config",
        "tiny",
        "--epochs",
        "3",
        "--seed",
        "2");
  }

  @Override
  protected List<Question> questions(Path data) {
    Set<String> neighbour = Set.of("word", "similarity");
    return List.of(
        Question.json(
            1,
            Set.of("analogies", "similarity"),
            "evaluate",
            "--analogies",
            file("analogies"),
            "--similarity",
            file("pairs"),
            "--restrict-vocabulary",
            1000),
        Question.json(2, neighbour, "nearest", "--top", 2, "king"),
        Question.json(3, neighbour, "analogy", "--top", 3, "man", "king", "woman"),
        Question.json(1, Set.of("similarity"), "similarity", "king", "queen"),
        Question.json(1, Set.of("word"), "odd-one-out", "king", "queen", "cat"),
        Question.plain("convert", file("converted.bin")),
        Question.plain("map", "--out", file("questions.svg"), "king", "queen", "cat"));
  }

  @Test
  void trainEndsWithASummary() {
    JsonObject summary = training().json().get(0);
    assertThat(summary.get("epochs").getAsInt()).isEqualTo(3);
    assertThat(EmbeddingModel.load(model()).index("king")).isNotNegative();
  }

  @Test
  void trainsOnTheSampleIfNoTextIsGiven() {
    Path target = file("sample.vec");
    run("train", "--model", target, "--epochs", 1).succeeds();
    assertThat(EmbeddingModel.load(target).index("king")).isNotNegative();
  }

  @Test
  void answersAreOfTheWordsThatWereAsked() {
    assertThat(run("nearest", "--model", model(), "--top", 3, "king").out().lines()).hasSize(3);
    JsonObject answer =
        run("analogy", "--model", model(), "man", "king", "woman", "--json").json().get(0);
    assertThat(answer.get("word").getAsString()).isNotIn("man", "king", "woman");
    assertThat(run("similarity", "--model", model(), "king", "king").out()).isEqualTo("1.0000\n");
  }

  @Test
  void theSampleHasAPresetThatAnotherReplaces() throws Exception {
    Path mine = Files.writeString(file("my.txt"), "dimensions = 7\nepochs = 1\n");
    assertThat(dimensions("--epochs", 1)).isEqualTo(50);
    assertThat(dimensions("--epochs", 1, "--config", "default")).isEqualTo(100);
    assertThat(dimensions("--config", "tiny", "--config", mine)).isEqualTo(7);
    assertThat(dimensions("--config", mine, "--dimensions", 8)).isEqualTo(8);
  }

  private int dimensions(Object... options) {
    List<Object> line = new ArrayList<>(List.of("train", "--model", file("sized.vec")));
    line.addAll(List.of(options));
    return run(line.toArray()).succeeds().json().get(0).get("dimensions").getAsInt();
  }

  @Test
  void theAnswerIsThatOfAnyNumberOfThreads() {
    String answer = run("nearest", "--model", model(), "--threads", 1, "king").succeeds().out();
    assertThat(Parallel.threads()).isEqualTo(1);
    assertThat(run("nearest", "--model", model(), "--threads", 3, "king").out()).isEqualTo(answer);
    assertThat(Parallel.threads()).isEqualTo(3);
    run("nearest", "--model", model(), "--threads", -1, "king").isRefused(2, "--threads");
    assertThat(run("nearest", "--model", model(), "king").out()).isEqualTo(answer);
    assertThat(Parallel.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void theOddOneIsOneOfThoseAsked() {
    Object[] asked = {"odd-one-out", "--model", model(), "--json", "king", "queen", "cat", "xyzzy"};
    JsonObject answer = run(asked).succeeds().json().get(0);
    assertThat(answer.get("word").getAsString()).isIn("king", "queen", "cat");
    assertThat(answer.get("unknown").toString()).isEqualTo("[\"xyzzy\"]");
    assertThat(run("odd-one-out", "--model", model(), "king", "xyzzy", "cat").succeeds().out())
        .startsWith("too few")
        .contains("xyzzy");
    run("odd-one-out", "--model", model(), "king", "cat").isRefused(2);
  }

  @Test
  void mapsAreWrittenAsTheNameOfTheFileSays() throws IOException {
    for (String name : new String[] {"m.svg", "m.png", "m.html"}) {
      if (name.endsWith("png") && !WordMapTest.canDraw()) {
        continue;
      }
      Path map = file(name);
      run("map", "--model", model(), "--out", map, "--top", 40).succeeds();
      byte[] beginning = Arrays.copyOf(Files.readAllBytes(map), 5);
      assertThat(new String(beginning, StandardCharsets.ISO_8859_1))
          .isEqualTo(
              name.endsWith("svg") ? "<svg " : name.endsWith("png") ? "\u0089PNG\r" : "<!DOC");
    }
    Path output = file("a.svg");
    run("map", "--model", model(), "--out", output, "--arrow", "man:king").succeeds();
    assertThat(output).content().contains("<line ").contains(">king</text>");
    run("map", "--model", model(), "--out", output, "xyzzy").isRefused(3, "xyzzy");
    run("map", "--model", model(), "--out", output, "--arrow", "king").isRefused(2, "--arrow");
    run("map", "--model", model(), "--out", output, "--arrow", ":king").isRefused(2, "--arrow");
  }

  @Test
  void anUnknownWordIsAnAnswer() {
    assertThat(run("nearest", "--model", model(), "xyzzy").succeeds().out())
        .isEqualTo("xyzzy: not in the vocabulary\n");
    Run run = run("similarity", "--model", model(), "king", "xyzzy", "--json").succeeds();
    assertThat(run.json().get(0).get("unknown").toString()).isEqualTo("[\"xyzzy\"]");
  }

  @Test
  void evaluateGivesTheKeysThatScriptsRelyOn() {
    Object[] line = {
      "evaluate",
      "--model",
      model(),
      "--json",
      "--analogies",
      file("analogies"),
      "--similarity",
      file("pairs")
    };
    JsonObject scores = run(line).succeeds().json().get(0);
    JsonObject analogies = scores.getAsJsonObject("analogies");
    assertThat(analogies.keySet()).contains("total", "correct", "skipped", "accuracy", "sections");
    assertThat(analogies.getAsJsonObject("sections").keySet()).containsExactly("of kings now");
    assertThat(scores.getAsJsonObject("similarity").get("pairs").getAsInt()).isEqualTo(3);
    assertThat(scores.getAsJsonObject("similarity").get("missing").getAsInt()).isEqualTo(1);
    assertThat(scores.getAsJsonObject("similarity").has("spearman")).isTrue();
  }

  @Test
  void convertChangesTheFormatAndKeepsTheVectors() {
    Path binary = file("vectors.bin");
    run("convert", "--model", model(), "--limit", 7, binary).succeeds();
    EmbeddingModel read = EmbeddingModel.load(binary);
    EmbeddingModel all = EmbeddingModel.load(model());
    assertThat(read.words()).isEqualTo(all.words().subList(0, 7));
    String last = read.words().get(6);
    assertThat(read.vector(last).orElseThrow()).containsExactly(all.vector(last).orElseThrow());
    Path tsv = file("map.tsv");
    run("convert", "--model", binary, "--output-format", "projector", tsv).succeeds();
    assertThat(tsv).content().hasLineCount(7).contains("\t");
    assertThat(file("map.metadata.tsv")).content().hasLineCount(7);
  }

  @Test
  void aMistakeIsOneLineAndItsCode() throws IOException {
    Path target = file("never.vec");
    run(train(target, "--dimensions", 0)).isRefused(2, "dimensions must");
    Path settings = file("my.txt", "epochs = 1\nwindow = 0\n");
    run(train(target, "--config", settings)).isRefused(3, "my.txt:2: window must be");
    run(train(target, "--cbow", "--skip-gram")).isRefused(2, "--cbow");
    run(train(target, "--tokenizer", "french")).isRefused(2, "--tokenizer", "french");
    run(train(target, "--phrases", -1)).isRefused(2, "--phrases must be from 0 to 10, got -1");
    run(train(target, "--phrases", 1, "--phrase-threshold", "NaN"))
        .isRefused(2, "--phrase-threshold must be 0 or above and finite, got NaN");
    run("evaluate", "--model", model()).isRefused(2, "--analogies");
    run("convert", "--model", model(), "--output-format", "csv", target)
        .isRefused(2, "--output-format must be text, binary or glove");
    Path map = file("map.svg");
    run("map", "--model", model(), "--out", file("map.xyz")).isRefused(2, "--out must end with");
    run("map", "--model", model(), "--out", map, "--perplexity", 1e300)
        .isRefused(2, "--perplexity must be from 1 to 5000");
    run("map", "--model", model(), "--out", map, "--arrow", "king:king").isRefused(2, "--arrow");
    assertThat(map).doesNotExist();
    assertThat(target).doesNotExist();
  }

  @Test
  void whatCannotBeWrittenOrWouldBeLostIsRefusedBefore() throws IOException {
    byte[] bytes = Files.readAllBytes(model());
    run("convert", "--model", model(), "--output-format", "projector", model()).isRefused(2);
    run("map", "--model", model(), "--out", model(), "king").isRefused(2);
    run(train(model(), "--resume")).isRefused(2, "nothing to resume");
    assertThat(Files.readAllBytes(model())).isEqualTo(bytes);
    Path none = file("none.txt", "0 2\n");
    run("map", "--model", none, "--out", file("none.html")).isRefused(3, "none.txt");
  }

  @Test
  void theDemoFindsTheQueen() {
    assertThat(run("demo", "--deterministic").succeeds().out())
        .contains("man is to king as woman is to queen");
  }
}
