package dev.unroll.majority;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.unroll.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb {@code trials}, by a task that takes no time. */
class TrialsTest {
  @TempDir private Path folder;
  private Path model;
  private Path data;
  private int code;
  private String out;
  private String err;

  /** Every third note is bad, so that the parts of the seeds differ. */
  @BeforeEach
  void write() throws IOException {
    model = folder.resolve("m.zip");
    data = folder.resolve("d.tsv");
    List<String> lines =
        IntStream.range(0, 40).mapToObj(i -> (i % 3 == 0 ? "bad" : "good") + "\tn" + i).toList();
    Files.write(data, lines);
  }

  private void run(Object... args) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    PrintStream errors = new PrintStream(stderr, true, StandardCharsets.UTF_8);
    String[] words = Stream.of(args).map(Object::toString).toArray(String[]::new);
    code = Cli.run(new Majority(), stdout, errors, words);
    out = stdout.toString(StandardCharsets.UTF_8);
    err = stderr.toString(StandardCharsets.UTF_8);
  }

  private List<JsonObject> json() {
    return out.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
  }

  private void refused(int expected, String message, Object... args) {
    run(args);
    assertThat(err.lines().filter(line -> line.startsWith("error: "))).hasSize(1);
    assertThat(err).contains(message);
    assertThat(code).isEqualTo(expected);
    assertThat(out).isEmpty();
    assertThat(model).doesNotExist();
  }

  private Path trial(String name) {
    return folder.resolve("m.trials").resolve(name);
  }

  @Test
  void fiveSeedsAreComparedAndTheBestIsKept() {
    run("trials", "--train", data, "--model", model);
    assertThat(code).as(err).isZero();
    assertThat(out.lines()).hasSize(3);
    assertThat(out).startsWith("trials  accuracy on dev").contains("best: seed ", " -> " + model);
    assertThat(err.lines().filter(line -> line.matches("\\d/5 +seed \\d +accuracy 0\\..*")))
        .hasSize(5);
    assertThat(model).content().isEqualToNormalizingNewlines("good\nbad\n");
  }

  @Test
  void everyTrialIsTheModelThatTrainGives() throws IOException {
    run(
        "trials",
        "--train",
        data,
        "--model",
        model,
        "--seeds",
        "4,9",
        "--keep-all",
        "--folds",
        2,
        "--set",
        "min-count=1,5");
    assertThat(code).as(err).isZero();
    for (long seed : new long[] {4, 9}) {
      for (int count : new int[] {1, 5}) {
        Path alone = folder.resolve("alone.zip");
        run(
            "train",
            "--train",
            data,
            "--model",
            alone,
            "--folds",
            2,
            "--seed",
            seed,
            "--min-count",
            count);
        for (int fold = 1; fold <= 2 && code == 0; fold++) {
          assertThat(trial("min-count-%d_seed-%d_fold-%d-of-2.zip".formatted(count, seed, fold)))
              .hasSameBinaryContentAs(folder.resolve("alone.fold-" + fold + ".zip"));
        }
      }
    }
  }

  @Test
  void optionsMayBeGivenAgainAsForTrain() throws IOException {
    Path more = Files.writeString(folder.resolve("more.tsv"), "good\tg\nbad\th\n".repeat(9));
    Object[] options = {"--train", data, "--train", more};
    run(
        with(
            with(new Object[] {"trials", "--model", model, "--seeds", "3", "--keep-all"}, options),
            "--set",
            "min-count=1,5",
            "--set",
            "dev-fraction=0.2,0.4"));
    assertThat(code).as(err).isZero();
    assertThat(err).contains("4 trials");
    Path alone = folder.resolve("alone.zip");
    run(
        with(
            with(new Object[] {"train", "--model", alone, "--seed", 3}, options),
            "--min-count",
            5,
            "--dev-fraction",
            0.4));
    assertThat(code).as(err).isZero();
    assertThat(trial("min-count-5_dev-fraction-0.4_seed-3.zip")).hasSameBinaryContentAs(alone);
  }

  @Test
  void jsonHasALineForEachTrialAndOneForAll() {
    run("trials", "--train", data, "--model", model, "--seeds", "1-3", "--folds", 2, "--json");
    assertThat(code).as(err).isZero();
    List<JsonObject> lines = json();
    assertThat(lines).hasSize(7);
    for (JsonObject line : lines.subList(0, 6)) {
      assertThat(line.keySet())
          .contains("settings", "seed", "fold", "metric", "score", "dev", "test", "sha256");
      assertThat(line.getAsJsonObject("test").keySet()).contains("accuracy");
    }
    JsonObject all = lines.get(6);
    double mean =
        lines.subList(0, 6).stream().mapToDouble(l -> l.get("score").getAsDouble()).sum() / 6;
    JsonObject row = all.getAsJsonArray("settings").get(0).getAsJsonObject();
    assertThat(row.getAsJsonObject("score").get("mean").getAsDouble()).isEqualTo(mean);
    assertThat(all.get("trials").getAsInt()).isEqualTo(6);
    assertThat(all.get("model").getAsString()).isEqualTo(model.toString());
  }

  @Test
  void aTrialThatFailsLosesNoOther() {
    run("trials", "--train", data, "--model", model, "--seeds", "1-2", "--set", "min-count=1,1000");
    assertThat(code).isEqualTo(1);
    assertThat(out).contains("2 (2 failed)", "<- best");
    assertThat(err)
        .contains("min-count=1000, seed 1  failed: ", "no label occurs often enough")
        .contains("error: 2 of 4 trials failed");
    assertThat(model).isNotEmptyFile();
  }

  @Test
  void ifAllFailTheErrorIsThatOfOne() {
    refused(
        3,
        "no label occurs often enough",
        "trials",
        "--train",
        data,
        "--model",
        model,
        "--min-count",
        1000);
    refused(3, "missing.tsv: no such file", "trials", "--train", "missing.tsv", "--model", model);
    refused(
        2,
        "no dev part; give --dev",
        "trials",
        "--train",
        data,
        "--model",
        model,
        "--dev-fraction",
        0);
  }

  @Test
  void startedAgainItGoesOnWithWhatIsDone() throws IOException {
    run("trials", "--train", data, "--model", model, "--seeds", "1-3");
    String first = out;
    byte[] best = Files.readAllBytes(model);
    Files.delete(model);
    run("trials", "--train", data, "--model", model, "--seeds", "1-3");
    assertThat(out).isEqualTo(first);
    assertThat(model).hasBinaryContent(best);
    assertThat(err).contains("3 trials, of which 3 are done").doesNotContain("1/");
    run("trials", "--train", data, "--model", model, "--seeds", "1-4");
    assertThat(err).contains("4 trials, of which 3 are done", "1/1  seed 4");
  }

  @Test
  void whatIsMissingOrDamagedIsDoneAgain() throws IOException {
    run("trials", "--train", data, "--model", model, "--seeds", "1-3");
    String first = out;
    try (Stream<Path> files = Files.list(folder.resolve("m.trials"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".zip")).toList()) {
        Files.delete(file);
      }
    }
    Files.writeString(trial("seed-2.trial.json"), "{\"trial\":");
    run("trials", "--train", data, "--model", model, "--seeds", "1-3");
    assertThat(code).as(err).isZero();
    assertThat(out).isEqualTo(first);
  }

  @Test
  void trialsOfOtherDataOrSettingsAreNotMixed() throws IOException {
    run("trials", "--train", data, "--model", model, "--seeds", "1");
    Files.delete(model);
    refused(
        2, "another --min-count", "trials", "--train", data, "--model", model, "--min-count", 2);
    Files.writeString(data, "good\tone more\n", StandardOpenOption.APPEND);
    refused(2, "another content of " + data, "trials", "--train", data, "--model", model);
    Files.writeString(trial("trials.json"), "{");
    refused(3, "is damaged", "trials", "--train", data, "--model", model);
  }

  @Test
  void modelsThatCannotBeTheBestAreNotKept() throws IOException {
    run("trials", "--train", data, "--model", model, "--seeds", "1-6", "--set", "min-count=1,2");
    try (Stream<Path> files = Files.list(folder.resolve("m.trials"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".zip"))).hasSize(2);
    }
  }

  @Test
  void whatMakesNoSenseIsRefusedBeforeAnyTraining() {
    Object[] start = {"trials", "--train", data, "--model", model};
    refused(2, "--seeds are numbers", with(start, "--seeds", "many"));
    refused(2, "--folds must be from 2", with(start, "--folds", 1));
    refused(2, "--at-once must be at least 1", with(start, "--at-once", 0));
    refused(2, "unknown key 'min-cout'", with(start, "--set", "min-cout=1"));
    refused(
        2,
        "--min-count and --set min-count",
        with(start, "--set", "min-count=1,2", "--min-count", 3));
    refused(2, "min-count must", with(start, "--set", "min-count=1,0"));
    refused(2, "--seed", with(start, "--seed", 1));
    refused(2, "--train - can be read once", "trials", "--train", "-", "--model", model);
    assertThat(folder.resolve("m.trials")).doesNotExist();
  }

  private static Object[] with(Object[] start, Object... more) {
    return Stream.concat(Stream.of(start), Stream.of(more)).toArray();
  }

  @Test
  void oneFoldOfTrainIsThatOfAllFolds() throws IOException {
    run("train", "--train", data, "--model", model, "--folds", 3);
    Path one = folder.resolve("one.zip");
    run("train", "--train", data, "--model", one, "--folds", 3, "--fold", 2);
    assertThat(code).as(err).isZero();
    assertThat(one).hasSameBinaryContentAs(folder.resolve("m.fold-2.zip"));
    refused(2, "--fold must be from 1 to", "train", "--model", model, "--folds", 3, "--fold", 4);
    refused(2, "Give --folds too", "train", "--model", model, "--fold", 1);
  }

  @Test
  void aSettingByItsNameIsAsGoodAsItsOption() {
    Path one = folder.resolve("one.zip");
    refused(
        3,
        "no label occurs often enough",
        "train",
        "--train",
        data,
        "--model",
        model,
        "--set",
        "min-count=1000");
    refused(
        2,
        "--set min-count is given twice",
        "train",
        "--model",
        model,
        "--set",
        "min-count=1",
        "--set",
        "min-count=2");
    refused(2, "--set is written key=value", "train", "--model", model, "--set", "min-count");
    run("train", "--train", data, "--model", one, "--set", "min-count=2");
    assertThat(code).as(err).isZero();
  }

  @Test
  void itIsListedWithTheOptionsOfTrain() {
    run("trials", "--help");
    assertThat(code).isZero();
    assertThat(out).contains("--seeds=LIST", "--set=KEY=VALUES", "--min-count", "--epochs");
    assertThat(out).doesNotContain("--resume", "--live", "--seed=N");
    run("--help");
    assertThat(out).contains("trials");
  }
}
