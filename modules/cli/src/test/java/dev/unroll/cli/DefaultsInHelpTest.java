package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class DefaultsInHelpTest {
  @TempDir private Path folder;

  @Command(
      name = "toy",
      subcommands = {Train.class, Plain.class})
  static final class Toy {}

  @Command(name = "train")
  static final class Train implements Runnable {
    @Mixin
    final ConfigOptions<TrainingConfig> settings =
        new ConfigOptions<>(
            DefaultsInHelpTest.class, all -> Settings.with(TrainingConfig.defaults(), all));

    @Mixin TrainingOptions training;

    @Override
    public void run() {}
  }

  @Command(name = "plain")
  static final class Plain implements Runnable {
    @Mixin TrainingOptions training;

    @Override
    public void run() {}
  }

  private static String run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(Cli.run(new Toy(), out, err, args)).isZero();
    return out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
  }

  @Test
  void tellsWhatHoldsWithoutAnOption() {
    assertThat(run("train", "--help")).contains("Most examples in a step. Default: 32.");
    assertThat(run("help", "train")).contains("Most examples in a step. Default: 32.");
  }

  @Test
  void tellsWhatAFileOrPresetSays() throws IOException {
    Path file = Files.writeString(folder.resolve("my.properties"), "batch = 7\n");
    assertThat(run("train", "--config", file.toString(), "--help"))
        .contains("Most examples in a step. Default: 7.")
        .contains("Default: 20.");
  }

  @Test
  void tellsThePlainDefaultsWhereAFileIsWrong() {
    assertThat(run("train", "--config", "nowhere", "--help")).contains("Default: 32.");
  }

  @Test
  void tellsNothingWhereThereAreNoSettings() {
    assertThat(run("plain", "--help"))
        .contains("Most examples in a step.")
        .doesNotContain("Default");
  }
}
