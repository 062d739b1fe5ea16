package dev.unroll.charlm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.cli.Cli;
import dev.unroll.testing.Dialogue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read comes through a pipe, and what is asked there is answered at once. */
@Timeout(120)
class CharLmStreamsTest {
  @TempDir static Path folder;
  private static Path model;
  private static Path verse;
  private static String scores;

  private record Run(int code, String out, String err) {}

  private static Run run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Cli.run(new CharLm(), out, new PrintStream(err, true, UTF_8), args);
    return new Run(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  private static String train(Path target, String train, String dev) {
    Run training =
        run(
            "train",
            "--train",
            train,
            "--dev",
            dev,
            "--model",
            target.toString(),
            "--config",
            "tiny",
            "--hidden",
            "8",
            "--epochs",
            "1");
    assertThat(training.code).as(training.err).isZero();
    return training.out.replaceAll(".*\"dev\"", "");
  }

  @BeforeAll
  static void train() throws Exception {
    model = folder.resolve("verse.zip");
    verse = Files.writeString(folder.resolve("verse.txt"), Verse.TEXT);
    scores = train(model, verse.toString(), verse.toString());
  }

  @Test
  void everyLineIsAnsweredBeforeTheNextIsWritten() throws Exception {
    try (Dialogue dialogue =
        new Dialogue(
            (out, err, line) -> Cli.run(new CharLm(), out, err, line),
            "score",
            "--model",
            model.toString())) {
      assertThat(dialogue.ask("the sea\n")).endsWith("\tthe sea");
      assertThat(dialogue.ask("\n")).endsWith("\t");
      assertThat(dialogue.ask("a\rb\r\n")).endsWith("\ta b");
    }
    String[] json = {"score", "--model", model.toString(), "--json"};
    try (Dialogue dialogue =
        new Dialogue((out, err, line) -> Cli.run(new CharLm(), out, err, line), json)) {
      assertThat(dialogue.ask("the sea\n")).contains("\"the sea\"");
      assertThat(dialogue.ask("the land\n")).contains("\"the land\"");
    }
  }

  @Test
  void everyFileMayBeAPipe() throws Exception {
    String piped = train(folder.resolve("b.zip"), Dialogue.pipe(verse), Dialogue.pipe(verse));
    assertThat(piped).isEqualTo(scores);
    String name = model.toString();
    Run scored = run("score", "--model", name, Dialogue.pipe(verse));
    assertThat(scored.out).isEqualTo(run("score", "--model", name, verse.toString()).out);
    assertThat(scored.out).isNotEmpty();
    Run judged = run("evaluate", "--model", name, "--data", Dialogue.pipe(verse));
    Run file = run("evaluate", "--model", name, "--data", verse.toString());
    assertThat(judged.out).isEqualTo(file.out).isNotEmpty();
  }
}
