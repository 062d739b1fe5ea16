package dev.unroll.ner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.cli.Cli;
import dev.unroll.testing.Dialogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read comes through a pipe, and what is asked there is answered at once. */
@Timeout(120)
class StreamsTest {
  @TempDir static Path folder;
  private static Path model;
  private static Path data;

  private record Run(int code, String out, String err) {}

  private static Run run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Cli.run(new Ner(), out, new PrintStream(err, true, UTF_8), args);
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
            "6",
            "--epochs",
            "2");
    assertThat(training.code).as(training.err).isZero();
    return training.out.replaceAll(".*\"dev\"", "");
  }

  @BeforeAll
  static void train() throws IOException {
    String text = "Ada B-PER\nslept O\n\nOslo B-LOC\nslept O\n\nIt O\nrained O\n";
    data = Files.writeString(folder.resolve("data.conll"), text);
    model = folder.resolve("model.zip");
    train(model, data.toString(), data.toString());
  }

  private static Dialogue tag(String... options) throws IOException {
    String[] args = new String[options.length + 3];
    args[0] = "tag";
    args[1] = "--model";
    args[2] = model.toString();
    System.arraycopy(options, 0, args, 3, options.length);
    return new Dialogue((out, err, line) -> Cli.run(new Ner(), out, err, line), args);
  }

  @Test
  void everyLineIsAnsweredBeforeTheNextIsWritten() throws Exception {
    for (String format : new String[] {"text", "tokens"}) {
      try (Dialogue dialogue = tag("--format", format)) {
        assertThat(dialogue.ask("slept\n")).contains("slept");
        assertThat(dialogue.ask("\n")).isEmpty();
        assertThat(dialogue.ask("It rained\r\n")).contains("rained");
      }
      try (Dialogue dialogue = tag("--format", format, "--json")) {
        assertThat(dialogue.ask("slept\n")).startsWith("{\"text\":\"slept\"");
        assertThat(dialogue.ask("Oslo\n")).startsWith("{\"text\":\"Oslo\"");
      }
    }
  }

  /** A sentence in columns ends with its empty line. */
  @Test
  void everySentenceIsAnsweredBeforeTheNextIsWritten() throws Exception {
    try (Dialogue dialogue = tag("--format", "conll")) {
      for (String word : new String[] {"Ada", "Oslo"}) {
        assertThat(dialogue.ask(word + "\nslept\n\n")).startsWith(word + " ");
        assertThat(dialogue.answer()).startsWith("slept ");
        assertThat(dialogue.answer()).isEmpty();
      }
    }
    try (Dialogue dialogue = tag("--format", "conll", "--json")) {
      assertThat(dialogue.ask("Ada\nslept\n\n")).startsWith("{\"text\":\"Ada slept\"");
      assertThat(dialogue.ask("Oslo\n\n")).startsWith("{\"text\":\"Oslo\"");
    }
    try (Dialogue dialogue = tag("--output-format", "conll")) {
      assertThat(dialogue.ask("slept\n")).startsWith("slept\t");
      assertThat(dialogue.answer()).isEmpty();
    }
  }

  @Test
  void everyFileMayBeAPipe() throws Exception {
    String scores = train(folder.resolve("a.zip"), data.toString(), data.toString());
    String piped = train(folder.resolve("b.zip"), Dialogue.pipe(data), Dialogue.pipe(data));
    assertThat(piped).isEqualTo(scores);
    String name = model.toString();
    for (String format : new String[] {"text", "conll"}) {
      Run tagged = run("tag", "--model", name, "--format", format, Dialogue.pipe(data));
      Run file = run("tag", "--model", name, "--format", format, data.toString());
      assertThat(tagged.out).isEqualTo(file.out).isNotEmpty();
    }
    Run judged = run("evaluate", "--model", name, "--data", Dialogue.pipe(data));
    Run file = run("evaluate", "--model", name, "--data", data.toString());
    assertThat(judged.out).isEqualTo(file.out).isNotEmpty();
  }
}
