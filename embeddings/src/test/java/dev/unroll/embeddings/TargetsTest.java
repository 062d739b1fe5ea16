package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.cli.Cli;
import dev.unroll.testing.Program;
import dev.unroll.testing.TargetContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest extends TargetContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Embeddings(), out, err, args);
  }

  @Override
  protected String text() {
    return "the king saw the queen and the cat saw the dog\n".repeat(20);
  }

  @Override
  protected List<String> inputs() {
    return List.of("--config");
  }

  @Override
  protected List<String> small() {
    return List.of("--dimensions", "4", "--threads", "1");
  }

  @Override
  protected String ending() {
    return ".vec";
  }

  @Override
  protected List<String> beside() {
    return List.of("m.vec.checkpoint");
  }

  @Test
  void convertAndMapReplaceNoModelAndNoFolder() throws IOException {
    Path model = folder.resolve("m.vec");
    assertThat(train(model)).as(err).isZero();
    byte[] bytes = Files.readAllBytes(model);
    Path hard = Files.createLink(folder.resolve("hard.bin"), model);
    Path empty = Files.createDirectory(folder.resolve("empty.txt"));
    String from = model.toString();
    for (Path out : List.of(model, hard)) {
      assertThat(run("convert", "--model", from, out.toString())).isEqualTo(2);
      assertThat(run("map", "--model", from, "--out", out.toString())).isEqualTo(2);
      assertThat(err).contains(out + " would replace the file that --model reads");
    }
    Files.createLink(folder.resolve("p.metadata.tsv"), model);
    String projector = folder.resolve("p.tsv").toString();
    assertThat(run("convert", "--model", from, "--output-format", "projector", projector))
        .isEqualTo(2);
    assertThat(run("convert", "--model", from, empty.toString())).isEqualTo(3);
    assertThat(run("map", "--model", from, "--out", empty.toString())).isEqualTo(3);
    assertThat(empty).isEmptyDirectory();
    assertThat(run("convert", "--model", from, "-")).isEqualTo(2);
    assertThat(Files.readAllBytes(model)).isEqualTo(bytes);
  }

  @Test
  void vectorsMayGoThroughAPipe() throws Exception {
    Path model = folder.resolve("m.vec");
    assertThat(train(model)).as(err).isZero();
    Path pipe = folder.resolve("pipe");
    try {
      assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    } catch (IOException e) {
      assumeTrue(false, "mkfifo is not there");
    }
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    assertThat(run("convert", "--model", model.toString(), pipe.toString())).as(err).isZero();
    assertThat(reader.getInputStream().readAllBytes()).isEqualTo(Files.readAllBytes(model));
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }
}
