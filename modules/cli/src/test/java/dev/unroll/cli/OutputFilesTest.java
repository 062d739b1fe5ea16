package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.TrainingConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class OutputFilesTest {
  @Command(
      name = "toy",
      subcommands = {Toy.Train.class, Toy.Draw.class})
  static final class Toy {
    @Command(name = "train")
    static final class Train implements Runnable {
      @Mixin ModelOptions model;
      @Mixin DataOptions data;

      @Mixin
      final ConfigOptions<TrainingConfig> settings =
          new ConfigOptions<>(OutputFilesTest.class, all -> TrainingConfig.defaults());

      @Mixin VectorOptions vectors;

      @Parameters(paramLabel = "FILE", arity = "0..*")
      List<Path> more;

      @Override
      public void run() {
        model.checkTargetAndReport();
      }
    }

    @Command(name = "draw")
    static final class Draw implements Runnable {
      @Mixin ModelOptions model;

      @Option(names = "--out", paramLabel = "FILE")
      Path out;

      @Option(names = "--title", paramLabel = "TEXT")
      String title;

      @Override
      public void run() {
        model.outputs().fileOrStream(out);
      }
    }
  }

  @TempDir Path folder;
  private Path data;
  private String err;

  @BeforeEach
  void write() throws IOException {
    data = Files.writeString(folder.resolve("data.txt"), "precious");
  }

  private int run(Object... args) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    List<String> line = new ArrayList<>();
    for (Object arg : args) {
      line.add(arg.toString());
    }
    int code =
        Cli.run(
            new Toy(),
            OutputStream.nullOutputStream(),
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            line.toArray(String[]::new));
    err = errors.toString(StandardCharsets.UTF_8);
    return code;
  }

  private void refused(String message, Object... args) {
    assertThat(run(args)).as(err).isEqualTo(2);
    assertThat(err.lines()).hasSize(1);
    assertThat(err).contains(message);
    assertThat(data).hasContent("precious");
  }

  @Test
  void whateverIsReadIsNotReplaced() {
    String message = data + " would replace the file that %s reads; give --model another name";
    for (String option : List.of("--train", "--dev", "--test", "--vectors", "--config")) {
      refused(message.formatted(option), "train", option, data, "--model", data);
    }
    refused(message.formatted("FILE"), "train", "--model", data, folder.resolve("no"), data);
    refused("that --model reads; give --out", "draw", "--model", data, "--out", data);
  }

  @Test
  void otherNamesOfTheFileAreTheFile() throws IOException {
    Path hard = Files.createLink(folder.resolve("hard"), data);
    Path soft = Files.createSymbolicLink(folder.resolve("soft"), Path.of("data.txt"));
    Path through = Files.createSymbolicLink(folder.resolve("through"), folder);
    Path spelt = folder.resolve("no/../data.txt");
    Files.createDirectory(folder.resolve("no"));
    for (Path name : List.of(hard, soft, through.resolve("data.txt"), spelt)) {
      refused(name + " would replace", "train", "--train", data, "--model", name);
      refused(data + " would replace", "train", "--train", name, "--model", data);
    }
    assertThat(soft).isSymbolicLink();
  }

  @Test
  void namesThatFollowAreCheckedToo() throws IOException {
    for (String name : List.of("m.metrics.json", "m.curve.png", "m.zip.checkpoint")) {
      Path beside = Files.copy(data, folder.resolve(name));
      Path model = folder.resolve("m.zip");
      refused(beside + " would replace", "train", "--train", beside, "--model", model);
      assertThat(beside).hasContent("precious");
      Files.delete(beside);
      Files.createDirectory(beside);
      assertThat(run("train", "--model", model)).isEqualTo(3);
      assertThat(err).contains(beside + ": is a directory");
      Files.delete(beside);
    }
    Path model = Files.copy(data, folder.resolve("m.zip"));
    Path curve = Files.createLink(folder.resolve("m.curve.png"), model);
    refused(model + " and " + curve + " are one file", "train", "--model", model);
  }

  @Test
  void aFileOfOptionsIsReadToo() throws IOException {
    Path options = Files.writeString(folder.resolve("options"), "--train\n" + data + "\n");
    refused("the file that @" + options + " reads", "train", "@" + options, "--model", options);
    refused("the file that --train reads", "train", "@" + options, "--model", data);
    assertThat(options).content().startsWith("--train");
  }

  @Test
  void aFolderIsReadWithAllThatIsInIt() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus/pos"));
    Path review = Files.copy(data, corpus.resolve("1.txt"));
    Path within = folder.resolve("corpus");
    String message = "would replace a file in the folder that --train reads";
    refused(message, "train", "--train", within, "--model", review);
    Path hard = Files.createLink(folder.resolve("hard"), review);
    refused(message, "train", "--train", within, "--model", hard);
    Files.createSymbolicLink(corpus.resolve("2.txt"), data);
    refused(message, "train", "--train", within, "--model", data);
    assertThat(review).hasContent("precious");
    assertThat(run("train", "--train", within, "--model", folder.resolve("corpus.zip"))).isZero();
    assertThat(run("train", "--train", within, "--model", within.resolve("new.zip"))).isZero();
  }

  @Test
  void textThatIsNoFileNameIsNoInput() {
    Path out = folder.resolve("out");
    assertThat(run("draw", "--model", data, "--out", out, "--title", out)).isZero();
    assertThat(run("train", "--train", folder.resolve("none"), "--model", out)).isZero();
    assertThat(out).doesNotExist();
  }

  @Test
  void aDashIsNoTarget() {
    refused("--model cannot be -; name a file", "train", "--model", "-");
    refused("--out cannot be -; /dev/stdout", "draw", "--model", data, "--out", "-");
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void whatCannotBeWrittenIsRefusedAndAPictureMayGoToADevice() {
    assertThat(run("train", "--model", folder)).isEqualTo(3);
    assertThat(err).contains("is a directory");
    assertThat(run("draw", "--model", data, "--out", folder)).isEqualTo(3);
    assertThat(run("draw", "--model", data, "--out", folder.resolve("no/m"))).isEqualTo(3);
    assertThat(err).contains("the directory does not exist");
    if (Files.exists(Path.of("/dev/null"))) {
      assertThat(run("train", "--model", "/dev/null")).isEqualTo(3);
      assertThat(err).contains("/dev/null: is a device or a pipe, which keeps nothing");
      assertThat(run("draw", "--model", data, "--out", "/dev/null")).isZero();
    }
  }
}
