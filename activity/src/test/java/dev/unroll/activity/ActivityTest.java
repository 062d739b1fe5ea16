package dev.unroll.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.unroll.cli.Cli;
import dev.unroll.testing.CliContract;
import dev.unroll.testing.Dialogue;
import dev.unroll.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The command line as a user meets it: what is printed where, and how it ends. */
class ActivityTest extends CliContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Activity(), out, err, args);
  }

  @Override
  protected Set<String> verbs() {
    return Set.of("train", "evaluate", "recognise", "explain", "demo");
  }

  @Override
  protected Path writeData(Path folder) throws IOException {
    return Files.writeString(folder.resolve("recordings.csv"), Handful.csv());
  }

  @Override
  protected List<String> training(Path data, Path target) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("train", "--train", data.toString(), "--dev", data.toString()));
    args.addAll(List.of("--model", target.toString(), "--hidden", "10", "--epochs", "25"));
    args.addAll(List.of("--batch", "4", "--learning-rate", "0.02", "--dropout", "0"));
    args.addAll(List.of("--tempo", "0.1", "--time-warp", "0", "--gain", "0.02"));
    return args;
  }

  @Override
  protected List<Question> questions(Path data) {
    Set<String> scores = Set.of("examples", "accuracy", "macroF1", "logLoss", "labels");
    Set<String> answer = Set.of("id", "label", "probability", "probabilities");
    Set<String> spotted = Set.of("label", "start", "end", "probability");
    Path curve = file("curve.svg");
    return List.of(
        Question.json(1, scores, "evaluate", "--data", data),
        Question.json(1, Set.of("bySeen"), "evaluate", "--data", data, "--out", curve),
        Question.json(9, answer, "recognise", data),
        Question.json(11, spotted, "recognise", "--stream", "--window", "10", data),
        Question.plain("explain", "--data", data, "--out", file("page.html")));
  }

  @Test
  void theHandfulIsLearntAndItsFiguresLieBesideTheModel() {
    JsonObject dev = training().json().get(0).getAsJsonObject("dev");
    assertThat(dev.get("accuracy").getAsDouble()).isEqualTo(1);
    assertThat(file("model.metrics.json")).content().contains("\"history\"");
    assertThat(training().err()).contains("9 recordings of 5 to 9 steps, 2 channels, 3 labels");
  }

  @Test
  void devAndFoldsAreOfOtherPeople() throws IOException {
    Path target = file("split.zip");
    List<Object> args = new ArrayList<>(List.of("train", "--train", data(), "--model", target));
    args.addAll(List.of("--hidden", 4, "--epochs", 1, "--dev-fraction", 0.34));
    assertThat(run(args.toArray()).succeeds().err())
        .contains("train: 6 recordings", "of 2 subjects", "dev: 3 recordings", "of 1 subjects");
    Path bare = file("bare.csv", Handful.csv().replaceAll(",p[0-2],", ",").replace(",subject", ""));
    Path subjects = file("subjects.txt", "a\nb\nc\na\nb\nc\na\nb\nc\n");
    args.set(2, bare);
    args.addAll(List.of("--subjects", subjects));
    assertThat(run(args.toArray()).succeeds().err()).contains("of 2 subjects");
    Files.writeString(subjects, "a\n");
    run(args.toArray()).isRefused(3, "subjects.txt: 1 lines for 9 recordings");
  }

  @Test
  void missingValuesAreReported() throws IOException {
    Path gaps = file("gaps.csv", Handful.csv().replace("20.0,", "?,"));
    String err = run("evaluate", "--model", model(), "--data", gaps).succeeds().err();
    assertThat(err).containsPattern("; \\d+ of 126 values are missing, in 9 recordings");
  }

  @Test
  void whatIsWrittenShowsWhatItShould() throws IOException {
    Path page = file("shown.html");
    run("explain", "--model", model(), "--data", data(), "--count", 2, "--out", page).succeeds();
    assertThat(page).content().contains("\"down0\"", "[\"down\",\"peak\",\"up\"]", "\"moments\"");
    Path curve = file("shown.svg");
    String out = run("evaluate", "--model", model(), "--data", data(), "--out", curve).out();
    assertThat(out).contains("100 %    100.0 %");
    assertThat(curve).content().startsWith("<svg").contains("share of the recording");
  }

  @Test
  void recognisesFilesAndFoldersOfThem() throws IOException {
    Files.createDirectories(file("day"));
    Files.writeString(file("day").resolve("a.csv"), "left,right\n20,0\n21,0\n");
    Files.writeString(file("day").resolve("b.ts"), "@classLabel false\n@data\n20,21:0,0\n");
    String out = run("recognise", "--model", model(), file("day")).succeeds().out();
    assertThat(out.lines()).hasSize(2);
    assertThat(out.lines().toList().get(0)).matches("\\w+\\t[01]\\.\\d{4}\\t.*a.csv");
  }

  @Test
  @Timeout(60)
  void aStreamIsAnsweredBeforeItEnds() throws Exception {
    String[] verb = {
      "recognise", "--model", model().toString(), "--stream", "--window", "1s", "--hop", "500ms"
    };
    try (Dialogue dialogue =
        new Dialogue((out, err, line) -> Cli.run(new Activity(), out, err, line), verb)) {
      String answer = dialogue.ask("time,left,right\n0,20,0\n0.4,20.5,0\n0.8,21,0\n1.0,21,0\n");
      assertThat(answer).matches("(up|down|peak)\\t[01]\\.\\d{4}\\t0.00\\t1.00");
      assertThat(dialogue.ask("1.6,20,0\n")).endsWith("\t0.50\t1.50");
    }
  }

  @Test
  void wrongUsageOfItsOwnOptionsIsCodeTwo() {
    Path never = file("never.zip");
    run(train(never, "--crop", 1)).isRefused(2, "crop must be from 0 to below 1");
    run(train(never, "--stack", 0)).isRefused(2, "stack must be at least 1");
    run(train(never, "--skeleton", "octopus")).isRefused(2, "--skeleton must be none");
    Object[] ask = {"recognise", "--model", model(), data()};
    run(with(ask, "--window", "2s")).isRefused(2, "are for --stream");
    run(with(ask, "--stream")).isRefused(2, "--stream takes a --window");
    run(with(ask, "--stream", "--window", "2s")).isRefused(2, "takes a column time, or --rate");
    run(with(ask, "--stream", "--window", "2 weeks")).isRefused(2, "--window must be seconds");
    run(with(ask, "--stream", "--window", 2, "--hop", 3)).isRefused(2, "--hop must be at most");
    run(with(ask, "--stream", "--window", "1s", "--rate", 0))
        .isRefused(2, "--rate must be above 0");
    assertThat(never).doesNotExist();
  }

  private static Object[] with(Object[] args, Object... more) {
    List<Object> all = new ArrayList<>(List.of(args));
    all.addAll(List.of(more));
    return all.toArray();
  }
}
