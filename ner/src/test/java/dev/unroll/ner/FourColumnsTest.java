package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.cli.Cli;
import dev.unroll.evaluation.SpanScores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The layout of the CoNLL-2003 shared task, from training to scores: word, part of speech, chunk
 * and tag with a space between them, IOB1, and {@code -DOCSTART- -X- -X- O} between documents.
 */
class FourColumnsTest {
  @TempDir static Path folder;
  private static Path data;
  private static Path model;
  private static String said;

  private static String run(Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] line = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      line[i] = args[i].toString();
    }
    int code = Cli.run(new Ner(), out, new PrintStream(err, true, StandardCharsets.UTF_8), line);
    said = err.toString(StandardCharsets.UTF_8);
    assertThat(code).as(said).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @BeforeAll
  static void train() throws IOException {
    data = folder.resolve("eng.train");
    try (InputStream in = FourColumnsTest.class.getResourceAsStream("four-columns.txt")) {
      Files.copy(in, data);
    }
    model = folder.resolve("model.zip");
    Path settings = Files.writeString(folder.resolve("settings.txt"), "word-dropout = 0\n");
    run(
        "train",
        "--train",
        data,
        "--dev",
        data,
        "--model",
        model,
        "--config",
        "tiny",
        "--config",
        settings,
        "--hidden",
        12,
        "--epochs",
        25,
        "--batch",
        2,
        "--learning-rate",
        0.02);
  }

  @Test
  void theSchemeIsReported() {
    assertThat(said)
        .contains("5 sentences, 37 words, 10 entities of [LOC, MISC, ORG, PER], tagged in IOB1");
  }

  /**
   * The last two columns of what {@code tag} writes are what conlleval reads, for which a line that
   * marks a document is a token like others.
   */
  @Test
  void evaluatePrintsWhatConllevalMakesOfTheTaggedFile() throws IOException {
    String tagged = run("tag", "--model", model, "--format", "conll", data);
    List<String> lines = tagged.lines().toList();
    List<String> documents = lines.stream().filter(line -> line.startsWith("-DOCSTART-")).toList();
    assertThat(documents).isNotEmpty().containsOnly("-DOCSTART- -X- -X- O O");
    SpanScores scores = new SpanScores();
    List<String> gold = new ArrayList<>();
    List<String> found = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      String[] columns = line.split(" ");
      if (columns.length == 5) {
        assertThat(columns[4]).matches("O|[IB]-(PER|LOC|ORG|MISC)");
        kept.add(line.substring(0, line.lastIndexOf(' ')));
        gold.add(columns[3]);
        found.add(columns[4]);
      } else if (!gold.isEmpty()) {
        scores.add(List.copyOf(gold), List.copyOf(found));
        gold.clear();
        found.clear();
      }
    }
    assertThat(kept)
        .containsExactlyElementsOf(
            Files.readAllLines(data).stream().filter(line -> !line.isBlank()).toList());
    assertThat(scores.tokens()).isEqualTo(37 + documents.size());
    assertThat(scores.total().correct()).isPositive();
    assertThat(run("evaluate", "--model", model, "--data", data)).isEqualTo(scores.toString());
  }
}
