package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No target of {@code train} costs a user a file, whatever it names. */
@Timeout(60)
class TargetsTest {
  @TempDir Path folder;
  private Path data;
  private byte[] before;
  private String err;

  @BeforeEach
  void write() throws IOException {
    data = folder.resolve("data.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(data))) {
      out.write(
          "the king saw the queen and the cat saw the dog\n"
              .repeat(20)
              .getBytes(StandardCharsets.UTF_8));
    }
    before = Files.readAllBytes(data);
  }

  private int run(String... args) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(errors, true, StandardCharsets.UTF_8);
    int code = Cli.run(new Embeddings(), OutputStream.nullOutputStream(), print, args);
    err = errors.toString(StandardCharsets.UTF_8);
    return code;
  }

  private int train(Object model, Object... more) {
    List<String> args = new ArrayList<>(List.of("train", "--train", data.toString()));
    args.addAll(
        List.of(
            "--model", model.toString(), "--epochs", "1", "--dimensions", "4", "--threads", "1"));
    for (Object arg : more) {
      args.add(arg.toString());
    }
    return run(args.toArray(String[]::new));
  }

  private void refused(int code, String message, Object model, Object... more) throws IOException {
    assertThat(train(model, more)).as(err).isEqualTo(code);
    assertThat(err.lines()).hasSize(1);
    assertThat(err).contains(message);
    assertThat(Files.readAllBytes(data)).isEqualTo(before);
  }

  @Test
  void theDataAreNoTargetByAnyName() throws IOException {
    String message = "would replace the file that --train reads";
    refused(2, message, data);
    refused(2, message, Files.createLink(folder.resolve("hard"), data));
    Path soft = Files.createSymbolicLink(folder.resolve("soft"), Path.of("data.gz"));
    refused(2, message, soft);
    refused(2, message, folder.resolve(".").resolve("data.gz"));
    assertThat(soft).isSymbolicLink();
  }

  @Test
  void whatFollowsFromTheNameOfTheModelIsNoDataEither() throws IOException {
    Path other = Files.createLink(folder.resolve("m.vec.checkpoint"), data);
    refused(2, other + " would replace the file that --train reads", folder.resolve("m.vec"));
    Path settings = Files.writeString(folder.resolve("s.txt"), "epochs = 1\n");
    refused(2, "would replace the file that --config reads", settings, "--config", settings);
    assertThat(settings).hasContent("epochs = 1");
  }

  @Test
  void aTargetThatIsNoFileStaysWhatItIs() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    refused(3, "is a directory", empty);
    assertThat(empty).isEmptyDirectory();
    refused(2, "--model cannot be -", "-");
    assertThat(Path.of("-")).doesNotExist();
    Path pipe = folder.resolve("pipe");
    try {
      assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    } catch (IOException e) {
      assumeTrue(false, "mkfifo is not there");
    }
    refused(3, "is a device or a pipe", pipe);
    assertThat(Files.isRegularFile(pipe, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void aLinkIsFollowedAndAFileBesideIsLeftAlone() throws IOException {
    Path part = Files.writeString(folder.resolve("m.vec.part"), "mine");
    Path file = folder.resolve("m.vec");
    Path link = Files.createSymbolicLink(folder.resolve("link.vec"), Path.of("m.vec"));
    assertThat(train(link)).as(err).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(Files.size(file)).isPositive();
    assertThat(part).hasContent("mine");
    assertThat(folder.toFile().list((f, name) -> name.contains(".unroll-"))).isEmpty();
    assertThat(Files.readAllBytes(data)).isEqualTo(before);
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
      assertThat(run("map", "--model", from, "--output", out.toString())).isEqualTo(2);
      assertThat(err).contains(out + " would replace the file that --model reads");
    }
    Files.createLink(folder.resolve("p.metadata.tsv"), model);
    String projector = folder.resolve("p.tsv").toString();
    assertThat(run("convert", "--model", from, "--format", "projector", projector)).isEqualTo(2);
    assertThat(run("convert", "--model", from, empty.toString())).isEqualTo(3);
    assertThat(run("map", "--model", from, "--output", empty.toString())).isEqualTo(3);
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
