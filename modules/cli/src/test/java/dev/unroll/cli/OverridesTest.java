package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.unroll.data.TrainingConfig;
import dev.unroll.data.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class OverridesTest {
  private static final List<String> KEYS =
      List.of("cell", "hidden", "bidirectional", "learning-rate", "embedding-size");

  @TempDir private Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Train train = new Train();

  @Command(name = "train")
  static final class Train implements Runnable {
    @Mixin
    final ConfigOptions<TrainingConfig> config =
        new ConfigOptions<>(OverridesTest.class, all -> TrainingConfig.defaults());

    @Mixin NetworkOptions network;
    @Mixin TrainingOptions training;
    @Mixin VectorOptions vectors;
    @Mixin DataOptions data;
    @Mixin ModelOptions model;
    Overrides overrides;

    @Override
    public void run() {
      overrides = config.overrides(KEYS, "default");
      overrides.apply(OverridesTest::checked);
    }
  }

  /** A configuration that knows of a rule for one setting, and of one for two together. */
  private static Map<String, String> checked(Map<String, String> values) {
    if (values.getOrDefault("hidden", "1").equals("0")) {
      throw UserError.usage("hidden must be at least 1, got 0");
    }
    if (values.containsValue("gru") && values.containsKey("learning-rate")) {
      throw UserError.usage("a gru has no learning-rate");
    }
    return values;
  }

  private int run(String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "--model";
    args[1] = "m.zip";
    System.arraycopy(options, 0, args, 2, options.length);
    return Cli.run(
        train,
        new ByteArrayOutputStream(),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("my.properties"), text).toString();
  }

  @Test
  void nothingGivenOverridesNothing() {
    assertThat(run()).isZero();
    assertThat(train.overrides.values()).isEmpty();
  }

  @Test
  void onlyOptionsThatAreSettingsOverride() {
    run("--hidden", "7", "--epochs", "3", "--train", "a.tsv");
    assertThat(train.overrides.values()).containsExactly(entry("hidden", "7"));
  }

  @Test
  void theLineWinsOverTheFileAndTheFileOverThePreset() throws IOException {
    String file = file("hidden = 20\ncell=gru\n");
    assertThat(run("--cell", "rnn", "--config", "toy", "--config", file)).isZero();
    assertThat(train.overrides.values())
        .containsOnly(entry("embedding-size", "5"), entry("hidden", "20"), entry("cell", "rnn"));
  }

  @Test
  void theDefaultPresetOverridesNothing() {
    assertThat(run("--config", "default")).isZero();
    assertThat(train.overrides.values()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--bidirectional, true",
    "--no-bidirectional, false",
    "--bidirectional=false, false",
    "--bidirectional=true, true"
  })
  void aFlagCanBeGivenEitherWay(String option, String value) {
    assertThat(run(option, "--hidden", "3")).as(err()).isZero();
    assertThat(train.overrides.values()).containsEntry("bidirectional", value);
  }

  @Test
  void commentsBlankLinesAByteOrderMarkAndBackslashesAreFine() throws IOException {
    String file = file("\uFEFF# why\n\n  cell = C:\\new \n");
    assertThat(run("--config", file)).isZero();
    assertThat(train.overrides.values()).containsExactly(entry("cell", "C:\\new"));
  }

  @Test
  void anUnknownKeyIsNamedWithFileLineAndTheNearest() throws IOException {
    assertThat(run("--config", file("cell=gru\nlerning-rate=1\n"))).isEqualTo(3);
    assertThat(err()).contains("my.properties:2: unknown key 'lerning-rate'", "learning-rate\n");
  }

  @Test
  void aKeyGivenTwiceInAFileIsRefused() throws IOException {
    assertThat(run("--config", file("cell=gru\ncell=lstm\n"))).isEqualTo(3);
    assertThat(err()).contains("my.properties:2: ", "line 1");
  }

  @Test
  void aLineThatIsNoSettingIsRefused() throws IOException {
    assertThat(run("--config", file("cell gru\n"))).isEqualTo(3);
    assertThat(err()).contains("my.properties:1: ", "key = value", "'cell gru'");
  }

  @Test
  void aRefusedValueIsNamedWithFileAndLine() throws IOException {
    assertThat(run("--config", file("cell = gru\nhidden = 0\n"))).isEqualTo(3);
    assertThat(err()).endsWith("my.properties:2: hidden must be at least 1, got 0\n");
    assertThat(err().lines()).hasSize(1);
  }

  @Test
  void ofTwoThatDoNotGoTogetherTheSecondIsNamed() throws IOException {
    assertThat(run("--config", file("hidden = 3\ncell = gru\nlearning-rate = 2\n"))).isEqualTo(3);
    assertThat(err()).endsWith("my.properties:3: a gru has no learning-rate\n");
  }

  @Test
  void aRefusedOptionIsWrongUsageWhateverTheFileHolds() throws IOException {
    assertThat(run("--config", file("cell = gru\n"), "--hidden", "0")).isEqualTo(2);
    assertThat(err()).endsWith("error: hidden must be at least 1, got 0\n");
  }

  @Test
  void aRefusedValueThatAnOptionReplacesIsFine() throws IOException {
    assertThat(run("--config", file("hidden = 0\n"), "--hidden", "4")).as(err()).isZero();
  }

  @Test
  void aFileThatIsNoTextIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("bad"), new byte[] {(byte) 0xC3, (byte) 0x28});
    assertThat(run("--config", file.toString())).isEqualTo(3);
    assertThat(err()).contains("bad: ", "UTF-8");
  }

  @Test
  void anUnknownPresetIsNamedWithThoseThereAre() {
    assertThat(run("--config", "toi")).isEqualTo(2);
    assertThat(err()).contains("'toi'", "toy, default", "nearest: toy");
  }

  @ParameterizedTest
  @CsvSource({
    "--layers, two",
    "--hidden, 1.5",
    "--dropout, half",
    "--epochs, x",
    "--learning-rate, fast",
    "--seed, 1e9",
    "--charset, UTF-99",
    "--bidirectional=maybe, --resume"
  })
  void aValueOfTheWrongTypeIsWrongUsage(String option, String value) {
    assertThat(run(option, value)).isEqualTo(2);
    assertThat(err().lines()).hasSize(1);
    assertThat(err()).contains(option.split("=")[0]);
  }

  @Test
  void theModelIsRequired() {
    int code =
        Cli.run(
            train, new ByteArrayOutputStream(), new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(code).isEqualTo(2);
    assertThat(err()).contains("--model");
  }
}
