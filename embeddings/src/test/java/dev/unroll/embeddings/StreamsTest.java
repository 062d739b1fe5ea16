package dev.unroll.embeddings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.cli.Cli;
import dev.unroll.testing.Dialogue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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

  private record Run(int code, String out, String err) {}

  private static Run run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Cli.run(new Embeddings(), out, new PrintStream(err, true, UTF_8), args);
    return new Run(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  @BeforeAll
  static void train() {
    model = folder.resolve("vectors.bin");
    Run training = run("train", "--model", model.toString(), "--epochs", "2");
    assertThat(training.code).as(training.err).isZero();
  }

  /** Each of the verbs: its question, and what one line of the answer looks like. */
  @Test
  void everyLineIsAnsweredBeforeTheNextIsWritten() throws Exception {
    String[][] verbs = {
      {"nearest", "king\n", ".+\t-?[01]\\.\\d{4}", "\\{\"query\":\"king\",.*"},
      {"analogy", "man king woman\n", ".+\t-?[01]\\.\\d{4}", "\\{\"query\":\"man king woman\".*"},
      {"similarity", "king queen\r\n", "-?[01]\\.\\d{4}", "\\{\"first\":\"king\".*"},
      {"odd-one-out", "king queen cat\n", "king|queen|cat", "\\{\"query\":\"king queen cat\".*"}
    };
    for (String[] verb : verbs) {
      String[] top =
          verb[0].matches("nearest|analogy") ? new String[] {"--top", "1"} : new String[] {};
      for (boolean json : new boolean[] {false, true}) {
        String[] args = new String[3 + top.length + (json ? 1 : 0)];
        System.arraycopy(top, 0, args, 3, top.length);
        args[0] = verb[0];
        args[1] = "--model";
        args[2] = model.toString();
        if (json) {
          args[args.length - 1] = "--json";
        }
        try (Dialogue dialogue =
            new Dialogue((out, err, line) -> Cli.run(new Embeddings(), out, err, line), args)) {
          assertThat(dialogue.ask(verb[1])).matches(verb[json ? 3 : 2]);
          assertThat(dialogue.ask(verb[1])).matches(verb[json ? 3 : 2]);
        }
      }
    }
  }

  @Test
  void aModelMayBeAPipe() throws Exception {
    Run piped = run("nearest", "--model", Dialogue.pipe(model), "king");
    assertThat(piped.out).isEqualTo(run("nearest", "--model", model.toString(), "king").out);
    assertThat(piped.out).isNotEmpty();
  }

  /** Phrases are learnt in a first pass over the text, and joined in a second. */
  @Test
  void textMayBeAPipeEvenIfItIsReadTwice() throws Exception {
    Path text =
        Files.writeString(folder.resolve("text"), "they saw new york and old york\n".repeat(300));
    byte[] expected = trained(text.toString());
    assertThat(trained(Dialogue.pipe(text))).isEqualTo(expected);
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(Files.readAllBytes(text)));
      assertThat(trained("-")).isEqualTo(expected);
    } finally {
      System.setIn(before);
    }
    assertThat(new String(expected, UTF_8)).contains("new_york");
  }

  private static byte[] trained(String text) throws IOException {
    Path target = folder.resolve("phrases.vec");
    Run training =
        run(
            "train",
            "--train",
            text,
            "--model",
            target.toString(),
            "--phrases",
            "1",
            "--phrase-threshold",
            "1",
            "--epochs",
            "1",
            "--deterministic");
    assertThat(training.code).as(training.err).isZero();
    return Files.readAllBytes(target);
  }
}
