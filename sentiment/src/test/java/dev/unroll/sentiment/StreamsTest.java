package dev.unroll.sentiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.unroll.cli.Cli;
import dev.unroll.testing.Dialogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read comes through a pipe, and what is asked there is answered at once. */
@Timeout(120)
class StreamsTest {
  @TempDir static Path folder;
  private static Path model;
  private static Path reviews;
  private static Path packed;
  private static Path vectors;
  private static Path settings;
  private static String scores;

  private record Run(int code, String out, String err) {}

  private static Run run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Cli.run(new Sentiment(), out, new PrintStream(err, true, UTF_8), args);
    return new Run(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** The scores of a training, which tell whether it saw the same. */
  private static String train(Path target, List<String> files) {
    Run training =
        run(
            "train",
            "--model",
            target.toString(),
            "--train",
            files.get(0),
            "--dev",
            files.get(1),
            "--test",
            files.get(2),
            "--vectors",
            files.get(3),
            "--config",
            "tiny",
            "--config",
            files.get(4));
    assertThat(training.code).as(training.err).isZero();
    String last = training.out.lines().reduce((a, b) -> b).orElseThrow();
    JsonObject summary = JsonParser.parseString(last).getAsJsonObject();
    return summary.get("dev") + " " + summary.get("test");
  }

  @BeforeAll
  static void train() throws IOException {
    String text =
        "good\ta lovely film\nbad\ta dull film\ngood\tlovely, lovely\nbad\tdull and slow\n";
    reviews = Files.writeString(folder.resolve("reviews.tsv"), text);
    packed = folder.resolve("packed.tsv");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(text.getBytes(UTF_8));
    }
    vectors = Files.writeString(folder.resolve("v.vec"), "lovely 1 2 3\nfilm 3 2 1\n");
    settings = Files.writeString(folder.resolve("settings"), "hidden = 6\nepochs = 2\nbatch = 2\n");
    model = folder.resolve("model.zip");
    List<Path> files = List.of(packed, reviews, reviews, vectors, settings);
    scores = train(model, files.stream().map(Path::toString).toList());
  }

  @Test
  void everyLineIsAnsweredBeforeTheNextIsWritten() throws Exception {
    String[] verb = {"classify", "--model", model.toString()};
    try (Dialogue dialogue =
        new Dialogue((out, err, line) -> Cli.run(new Sentiment(), out, err, line), verb)) {
      assertThat(dialogue.ask("lovely\n")).endsWith("\tlovely");
      assertThat(dialogue.ask("\n")).endsWith("\t");
      assertThat(dialogue.ask("b\rc\r\n")).endsWith("\tb c");
    }
    String[] json = {"classify", "--model", model.toString(), "--json"};
    try (Dialogue dialogue =
        new Dialogue((out, err, line) -> Cli.run(new Sentiment(), out, err, line), json)) {
      assertThat(dialogue.ask("lovely\n")).startsWith("{\"text\":\"lovely\"");
      assertThat(dialogue.ask("é\n")).startsWith("{\"text\":\"é\"");
    }
  }

  @Test
  void thereAreAsManyAnswersAsLineFeeds() throws IOException {
    Path texts = Files.writeString(folder.resolve("texts"), "a\r\r\nb\rc\nd\n");
    Run run = run("classify", "--model", model.toString(), texts.toString());
    assertThat(run.out.lines().map(line -> line.substring(line.lastIndexOf('\t') + 1)))
        .containsExactly("a", "b c", "d");
  }

  @Test
  void everyFileOfATrainingMayBeAPipe() throws Exception {
    List<String> pipes =
        List.of(
            Dialogue.pipe(packed),
            Dialogue.pipe(reviews),
            Dialogue.pipe(reviews),
            Dialogue.pipe(vectors),
            Dialogue.pipe(settings));
    assertThat(train(folder.resolve("piped.zip"), pipes)).isEqualTo(scores);
  }

  @Test
  void whatIsAnsweredAndJudgedMayBeAPipe() throws Exception {
    String name = model.toString();
    String piped = run("classify", "--model", name, Dialogue.pipe(reviews)).out;
    assertThat(piped).isEqualTo(run("classify", "--model", name, reviews.toString()).out);
    assertThat(piped.lines()).hasSize(4);
    Run judged = run("evaluate", "--model", name, "--json", "--data", Dialogue.pipe(packed));
    assertThat(judged.out)
        .isEqualTo(run("evaluate", "--model", name, "--json", "--data", reviews.toString()).out)
        .isNotEmpty();
  }

  @Test
  void aModelIsNoPipe() throws Exception {
    Run run = run("classify", "--model", Dialogue.pipe(model), "--text", "a");
    assertThat(run.code).isEqualTo(3);
    assertThat(run.err.lines()).hasSize(1);
    assertThat(run.err).contains("is a pipe or a device; a model is read from a file");
  }
}
