package dev.unroll.dna;

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

/** The command line as a user meets it, for whole strands: what is printed where. */
class DnaTest extends CliContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Dna(), out, err, args);
  }

  @Override
  protected Set<String> verbs() {
    return Set.of("train", "evaluate", "classify", "annotate", "explain", "demo");
  }

  @Override
  protected Path writeData(Path folder) throws IOException {
    return Files.writeString(folder.resolve("strands.tsv"), Handful.tsv());
  }

  @Override
  protected List<String> training(Path data, Path target) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("train", "--train", data.toString(), "--dev", data.toString()));
    args.addAll(List.of("--model", target.toString(), "--hidden", "8", "--epochs", "20"));
    args.addAll(List.of("--batch", "4", "--learning-rate", "0.02", "--dropout", "0"));
    args.addAll(List.of("--input-dropout", "0", "--filters", "12", "--filter-width", "7"));
    return args;
  }

  @Override
  protected List<Question> questions(Path data) {
    Set<String> scores = Set.of("examples", "accuracy", "macroF1", "logLoss", "labels");
    Set<String> answer = Set.of("id", "label", "probability", "probabilities");
    Set<String> motif = Set.of("label", "strands", "motif", "counts");
    return List.of(
        Question.json(1, scores, "evaluate", "--data", data, "--errors", 2),
        Question.json(12, answer, "classify", data),
        Question.json(3, motif, "explain", "--data", data, "--width", 7, "--out", file("l.html")));
  }

  @Test
  void theHandfulIsLearntAndItsFiguresLieBesideTheModel() {
    JsonObject dev = training().json().get(0).getAsJsonObject("dev");
    assertThat(dev.get("accuracy").getAsDouble()).isEqualTo(1);
    assertThat(file("model.metrics.json")).content().contains("\"history\"");
    assertThat(training().err())
        .contains("12 strands, 216 bases, 3 labels [first, second, third], read as tsv");
  }

  @Test
  void twoLabelsHaveTheScoresOfTwo() throws IOException {
    Path two = file("two.tsv", Handful.tsv().replaceAll("third\t.*\n", ""));
    Path target = file("two.zip");
    run(train(two, target, "--epochs", 1)).succeeds();
    JsonObject scores =
        run("evaluate", "--model", target, "--data", two, "--json").succeeds().json().get(0);
    assertThat(scores.keySet()).contains("auroc", "auprc", "mcc");
    assertThat(run("evaluate", "--model", target, "--data", two).out())
        .containsPattern("AUROC [01]\\.\\d{4}, AUPRC [01]\\.\\d{4}, Matthews -?[01]\\.\\d{4}");
  }

  @Test
  void whatIsWrittenShowsWhatItShould() throws IOException {
    Path page = file("shown.html");
    String out =
        run("explain", "--model", model(), "--data", data(), "--out", page, "--width", 7)
            .succeeds()
            .out();
    assertThat(out).containsPattern("first\t[ACGT]{7}\t4\n");
    assertThat(page).content().contains("\"first0\"", "\"mutations\"", "\"bits\"");
  }

  @Test
  @Timeout(60)
  void aStrandIsAnsweredBeforeTheNextComes() throws Exception {
    String[] verb = {"classify", "--model", model().toString()};
    try (Dialogue dialogue =
        new Dialogue((out, err, line) -> Cli.run(new Dna(), out, err, line), verb)) {
      assertThat(dialogue.ask("ATGATTACAATA\n")).matches("\\w+\\t[01]\\.\\d{4}\\tstandard input#1");
      assertThat(dialogue.ask("NN\n")).endsWith("\tstandard input#2");
    }
  }

  @Test
  void wrongUsageOfItsOwnOptionsIsCodeTwo() {
    Path never = file("never.zip");
    run(train(never, "--kmer", 9)).isRefused(2, "kmer must be from 1 to 5");
    run(train(never, "--stride", 3, "--filters", 0)).isRefused(2, "stride must be 1");
    run(train(never, "--window", 0)).isRefused(2, "window must be at least 1");
    run(train(never, "--context", 9_999_999)).isRefused(2, "must be at most 1048576");
    run(train(never, "--types", "CDS")).isRefused(2, "--types are of --regions");
    run(train(never, "--folds", 2, "--groups", file("none"))).isRefused(3, "none", "no such file");
    run("annotate", "--model", model(), data()).isRefused(2, "it finds no regions");
    run("explain", "--model", model(), "--data", data(), "--count", 0).isRefused(2, "--count");
    run("explain", "--model", model(), "--data", data(), "--width", 0).isRefused(2, "--width");
    assertThat(never).doesNotExist();
  }
}
