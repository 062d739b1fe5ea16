package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
public abstract class TargetContract {
  /** Where the test may write. */
  @TempDir protected Path folder;

  /** The file of {@link #text()}, packed. */
  protected Path data;

  /** Its bytes. */
  protected byte[] before;

  /** What the last run printed on standard error. */
  protected String err;

  /** For the tests of a task. */
  protected TargetContract() {}

  /** The task's command line. */
  protected abstract Program program();

  /** What the task can be trained on with the preset {@code tiny}, as text. */
  protected abstract String text();

  /** The options of {@code train}, besides {@code --train}, that name a file to read. */
  protected List<String> inputs() {
    return List.of("--dev", "--test", "--config", "--vectors");
  }

  /** Options with which {@code train} takes a moment. */
  protected List<String> small() {
    return List.of("--config", "tiny", "--hidden", "4", "--dev-fraction", "0");
  }

  /** What the names of models end with. */
  protected String ending() {
    return ".zip";
  }

  /** What a training writes beside the model {@code m}, whose file is {@code m} and the ending. */
  protected List<String> beside() {
    return List.of("m.zip.checkpoint", "m.metrics.json", "m.curve.png");
  }

  private Path file(String name) {
    return folder.resolve(name + ending());
  }

  @BeforeEach
  void write() throws IOException {
    data = folder.resolve("data.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(data))) {
      out.write(text().getBytes(StandardCharsets.UTF_8));
    }
    before = Files.readAllBytes(data);
  }

  /** Runs a verb and returns its exit code. */
  protected final int run(String... args) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(errors, true, StandardCharsets.UTF_8);
    int code = program().run(OutputStream.nullOutputStream(), print, args);
    err = errors.toString(StandardCharsets.UTF_8);
    return code;
  }

  /** Trains on {@link #data} for an epoch and returns the exit code. */
  protected final int train(Object model, Object... more) {
    List<String> args = new ArrayList<>(List.of("train", "--train", data.toString()));
    args.addAll(List.of("--model", model.toString(), "--epochs", "1"));
    args.addAll(small());
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
    for (String name : beside()) {
      Path other = Files.createLink(folder.resolve(name), data);
      refused(2, other + " would replace the file that --train reads", file("m"));
      Files.delete(other);
    }
    for (String option : inputs()) {
      Path other = Files.writeString(file("other"), "precious");
      refused(2, "would replace the file that " + option + " reads", other, option, other);
      assertThat(other).hasContent("precious");
    }
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
    Path part = Files.writeString(folder.resolve("m" + ending() + ".part"), "mine");
    Path file = file("m");
    Path link = Files.createSymbolicLink(file("link"), file("m").getFileName());
    assertThat(train(link)).as(err).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(Files.size(file)).isPositive();
    assertThat(part).hasContent("mine");
    assertThat(folder.toFile().list((f, name) -> name.contains(".unroll-"))).isEmpty();
    assertThat(Files.readAllBytes(data)).isEqualTo(before);
  }
}
