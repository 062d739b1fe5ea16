package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.unroll.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, as a user has it. */
class EmbeddingsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir Path folder;

  private int run(String... args) {
    out.reset();
    err.reset();
    return Cli.run(new Embeddings(), out, new PrintStream(err, true, StandardCharsets.UTF_8), args);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String trained() {
    Path model = folder.resolve("vectors.vec");
    assertThat(run("train", "--model", model.toString(), "--epochs", "3", "--seed", "2")).isZero();
    return model.toString();
  }

  @Test
  void trainWritesVectorsAndEndsWithASummary() {
    String model = trained();
    JsonObject summary = JsonParser.parseString(out()).getAsJsonObject();
    assertThat(summary.get("model").getAsString()).isEqualTo(model);
    assertThat(summary.get("epochs").getAsInt()).isEqualTo(3);
    assertThat(summary.has("seconds")).isTrue();
    assertThat(summary.has("dev")).isTrue();
    assertThat(EmbeddingModel.load(Path.of(model)).index("king")).isNotNegative();
  }

  @Test
  void theSampleHasAPresetThatAnotherReplaces() throws Exception {
    String model = folder.resolve("vectors.vec").toString();
    Path mine = Files.writeString(folder.resolve("my.txt"), "dimensions = 7\nepochs = 1\n");
    run("train", "--model", model, "--epochs", "1");
    assertThat(dimensions()).isEqualTo(50);
    run("train", "--model", model, "--epochs", "1", "--config", "default");
    assertThat(dimensions()).isEqualTo(100);
    run("train", "--model", model, "--config", "tiny", "--config", mine.toString());
    assertThat(dimensions()).isEqualTo(7);
    run("train", "--model", model, "--config", mine.toString(), "--dimensions", "8");
    assertThat(dimensions()).isEqualTo(8);
  }

  private int dimensions() {
    return JsonParser.parseString(out()).getAsJsonObject().get("dimensions").getAsInt();
  }

  @Test
  void answersComeAsTextAndAsJson() {
    String model = trained();
    assertThat(run("nearest", "--model", model, "--top", "3", "king")).isZero();
    assertThat(out().lines()).hasSize(3);
    assertThat(run("nearest", "--model", model, "--top", "2", "--json", "king")).isZero();
    out()
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .forEach(object -> assertThat(object.keySet()).contains("word", "similarity"));
    assertThat(run("analogy", "--model", model, "man", "king", "woman", "--json")).isZero();
    assertThat(JsonParser.parseString(out()).getAsJsonObject().get("word").getAsString())
        .isNotIn("man", "king", "woman");
    assertThat(run("similarity", "--model", model, "king", "king")).isZero();
    assertThat(out()).isEqualTo("1.0000\n");
  }

  @Test
  void theAnswerIsThatOfAnyNumberOfThreads() {
    String model = trained();
    assertThat(run("nearest", "--model", model, "--threads", "1", "king")).isZero();
    assertThat(Parallel.threads()).isEqualTo(1);
    String answer = out();
    assertThat(run("nearest", "--model", model, "--threads", "3", "king")).isZero();
    assertThat(Parallel.threads()).isEqualTo(3);
    assertThat(out()).isEqualTo(answer);
    assertThat(run("nearest", "--model", model, "--threads", "-1", "king")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--threads must be from 0 to 1024");
    assertThat(run("nearest", "--model", model, "king")).isZero();
    assertThat(Parallel.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void theOddOneIsOneOfThoseAsked() {
    String model = trained();
    assertThat(run("odd-one-out", "--model", model, "--json", "king", "queen", "cat", "xyzzy"))
        .isZero();
    JsonObject answer = JsonParser.parseString(out()).getAsJsonObject();
    assertThat(answer.get("word").getAsString()).isIn("king", "queen", "cat");
    assertThat(answer.get("unknown").toString()).isEqualTo("[\"xyzzy\"]");
    assertThat(run("odd-one-out", "--model", model, "king", "xyzzy", "cat")).isZero();
    assertThat(out()).startsWith("too few").contains("xyzzy");
    assertThat(run("odd-one-out", "--model", model, "king", "cat")).isEqualTo(2);
  }

  @Test
  void mapsAreWrittenAsTheNameOfTheFileSays() throws Exception {
    String model = trained();
    for (String name : new String[] {"m.svg", "m.png", "m.html"}) {
      if (name.endsWith("png") && !WordMapTest.canDraw()) {
        continue;
      }
      Path map = folder.resolve(name);
      assertThat(run("map", "--model", model, "--output", map.toString(), "--top", "40")).isZero();
      byte[] beginning = java.util.Arrays.copyOf(Files.readAllBytes(map), 5);
      assertThat(new String(beginning, StandardCharsets.ISO_8859_1))
          .isEqualTo(
              name.endsWith("svg") ? "<svg " : name.endsWith("png") ? "\u0089PNG\r" : "<!DOC");
    }
    String output = folder.resolve("a.svg").toString();
    assertThat(run("map", "--model", model, "--output", output, "--arrow", "man:king")).isZero();
    assertThat(Path.of(output)).content().contains("<line ").contains(">king</text>");
    assertThat(run("map", "--model", model, "--output", output, "xyzzy")).isEqualTo(3);
    assertThat(run("map", "--model", model, "--output", output, "--arrow", "king")).isEqualTo(2);
  }

  @Test
  void anUnknownWordIsAnAnswer() {
    String model = trained();
    assertThat(run("nearest", "--model", model, "xyzzy")).isZero();
    assertThat(out()).isEqualTo("xyzzy: not in the vocabulary\n");
    assertThat(run("similarity", "--model", model, "king", "xyzzy", "--json")).isZero();
    assertThat(JsonParser.parseString(out()).getAsJsonObject().get("unknown").toString())
        .isEqualTo("[\"xyzzy\"]");
  }

  @Test
  void evaluateGivesTheKeysThatScriptsRelyOn() throws Exception {
    String model = trained();
    Path questions = Files.writeString(folder.resolve("q"), ": s\nman king woman queen\n");
    Path pairs = Files.writeString(folder.resolve("p"), "king\tqueen\t8\ncat\tparis\t1\nx\ty\t2\n");
    String[] line = {
      "evaluate",
      "--model",
      model,
      "--json",
      "--analogies",
      questions.toString(),
      "--similarity",
      pairs.toString(),
      "--restrict-vocabulary",
      "1000"
    };
    assertThat(run(line)).isZero();
    JsonObject scores = JsonParser.parseString(out()).getAsJsonObject();
    assertThat(scores.getAsJsonObject("analogies").keySet())
        .contains("total", "correct", "skipped", "accuracy", "sections");
    assertThat(scores.getAsJsonObject("similarity").get("pairs").getAsInt()).isEqualTo(3);
    assertThat(scores.getAsJsonObject("similarity").get("missing").getAsInt()).isEqualTo(1);
    assertThat(scores.getAsJsonObject("similarity").has("spearman")).isTrue();
  }

  @Test
  void convertChangesTheFormatAndKeepsTheVectors() {
    String model = trained();
    String binary = folder.resolve("vectors.bin").toString();
    assertThat(run("convert", "--model", model, "--limit", "7", binary)).isZero();
    EmbeddingModel read = EmbeddingModel.load(Path.of(binary));
    EmbeddingModel all = EmbeddingModel.load(Path.of(model));
    assertThat(read.words()).isEqualTo(all.words().subList(0, 7));
    assertThat(read.vector(read.words().get(6))).isPresent();
    assertThat(read.vector(read.words().get(6)).get())
        .containsExactly(all.vector(read.words().get(6)).get());
    Path tsv = folder.resolve("map.tsv");
    assertThat(run("convert", "--model", binary, "--format", "projector", tsv.toString())).isZero();
    assertThat(tsv).content().hasLineCount(7).contains("\t");
    assertThat(folder.resolve("map.metadata.tsv")).content().hasLineCount(7);
  }

  @Test
  void aMistakeIsOneLineAndItsCode() throws Exception {
    String model = folder.resolve("m.vec").toString();
    assertThat(run("train", "--model", model, "--dimensions", "0")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    Path settings = Files.writeString(folder.resolve("my.txt"), "epochs = 1\nwindow = 0\n");
    assertThat(run("train", "--model", model, "--config", settings.toString())).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("my.txt:2: window must be");
    assertThat(run("train", "--model", model, "--cbow", "--skip-gram")).isEqualTo(2);
    assertThat(run("train", "--model", model, "--tokenizer", "french")).isEqualTo(2);
    assertThat(run("evaluate", "--model", model)).isEqualTo(2);
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThat(run("train", "--model", model, "--train", empty.toString())).isEqualTo(3);
    assertThat(run("nearest", "--model", model, "word")).isEqualTo(3);
    assertThat(Path.of(model)).doesNotExist();
  }

  @Test
  void whatCannotBeWrittenOrWouldBeLostIsRefusedBefore() throws Exception {
    String model = trained();
    byte[] bytes = Files.readAllBytes(Path.of(model));
    assertThat(run("convert", "--model", model, "--format", "projector", model)).isEqualTo(2);
    assertThat(run("map", "--model", model, "--output", model, "king")).isEqualTo(2);
    assertThat(run("train", "--model", model, "--resume")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("nothing to resume");
    assertThat(Files.readAllBytes(Path.of(model))).isEqualTo(bytes);
    assertThat(run("train", "--model", folder.resolve("no/m.vec").toString())).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("the directory does not exist");
    Path none = Files.writeString(folder.resolve("none.txt"), "0 2\n");
    String output = folder.resolve("none.html").toString();
    assertThat(run("map", "--model", none.toString(), "--output", output)).isEqualTo(3);
    assertThat(run("map", "--model", model, "--output", output, "--arrow", ":king")).isEqualTo(2);
  }

  @Test
  void aHeadingMayHaveSeveralWords() throws Exception {
    String model = trained();
    Path questions =
        Files.writeString(folder.resolve("q"), ": of kings now\nman king woman queen\n");
    run("evaluate", "--model", model, "--json", "--analogies", questions.toString());
    JsonObject scores = JsonParser.parseString(out()).getAsJsonObject();
    assertThat(scores.getAsJsonObject("analogies").getAsJsonObject("sections").keySet())
        .containsExactly("of kings now");
  }

  @Test
  void everyVerbTellsTheVersion() {
    assertThat(run("nearest", "--version")).isZero();
    assertThat(out()).startsWith("unroll ");
  }

  @Test
  void theDemoFindsTheQueen() {
    assertThat(run("demo", "--deterministic")).isZero();
    assertThat(out()).contains("man is to king as woman is to queen");
  }
}
