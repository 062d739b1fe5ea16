package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.unroll.cli.Cli;
import dev.unroll.testing.CliContract;
import dev.unroll.testing.Program;
import dev.unroll.testing.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The command line as a user meets it: what is printed where, and how it ends. */
class TranslationTest extends CliContract {
  private static final String PAIRS =
      "der Hund schläft.\tthe dog sleeps.\ndie Katze schläft.\tthe cat sleeps.\n"
          + "der Hund läuft.\tthe dog runs.\ndie Katze läuft.\tthe cat runs.\n"
          + "ein Hund singt.\ta dog sings.\neine Katze singt.\ta cat sings.\n";

  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Translation(), out, err, args);
  }

  @Override
  protected Set<String> verbs() {
    return Set.of("train", "evaluate", "translate", "explain", "demo");
  }

  @Override
  protected Path writeData(Path folder) throws IOException {
    return Files.writeString(folder.resolve("pairs.tsv"), PAIRS);
  }

  @Override
  protected List<String> training(Path data, Path target) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("train", "--train", data.toString(), "--dev", data.toString()));
    args.addAll(List.of("--model", target.toString(), "--config", "tiny", "--hidden", "24"));
    args.addAll(List.of("--epochs", "60", "--batch", "3", "--learning-rate", "0.02"));
    args.addAll(List.of("--dropout", "0", "--embedding-dropout", "0", "--dimensions", "24"));
    args.addAll(List.of("--merges", "40", "--patience", "0"));
    return args;
  }

  @Override
  protected List<Question> questions(Path data) {
    Set<String> scores = Set.of("sentences", "bleu", "chrf", "perplexity", "signature");
    Set<String> keys = Set.of("text", "translation", "logProbability", "alternatives");
    Set<String> aligned = Set.of("text", "translation", "alignment");
    return List.of(
        Question.json(1, scores, "evaluate", "--data", data),
        Question.json(6, keys, "translate", data),
        Question.json(1, aligned, "translate", "--text", "der Hund singt.", "--alignments"),
        Question.plain("explain", "--text", "der Hund singt.", "--out", file("page.html")));
  }

  private Path lines(String name, String... lines) throws IOException {
    return file(name, String.join("\n", lines) + "\n");
  }

  @Test
  void theHandfulIsLearntByHeart() {
    JsonObject dev = training().json().get(0).getAsJsonObject("dev");
    assertThat(dev.get("bleu").getAsDouble()).isGreaterThan(95);
    JsonObject scores =
        run("evaluate", "--model", model(), "--data", data(), "--json").succeeds().json().get(0);
    assertThat(scores.get("bleu").getAsDouble()).isGreaterThan(95);
    assertThat(scores.get("sentences").getAsInt()).isEqualTo(6);
    assertThat(file("model.curve.png")).isNotEmptyFile();
  }

  @Test
  void overlapWithTheTrainingIsTold() {
    assertThat(training().err())
        .contains("warning: dev overlaps with the training data: of 6 pairs, 6 have a source");
  }

  @Test
  void aLineIsAnsweredByALineInOrder() throws IOException {
    Path texts = lines("texts.txt", "die Katze singt.", "", "der Hund läuft.", "東京");
    String out = run("translate", "--model", model(), texts).succeeds().out();
    assertThat(out.split("\n", -1)).hasSize(5);
    assertThat(out.split("\n", -1)[1]).isEmpty();
    assertThat(out.split("\n", -1)[2]).isEqualTo("the dog runs.");
  }

  @Test
  void theBestAreListedWithTheirScores() throws IOException {
    Path texts = lines("two.txt", "die Katze läuft.", "der Hund läuft.");
    List<String> lines =
        run("translate", "--model", model(), "--n-best", 3, texts)
            .succeeds()
            .out()
            .lines()
            .toList();
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0)).matches("0 \\|\\|\\| the cat runs\\. \\|\\|\\| -\\d+\\.\\d{4}");
    assertThat(lines.get(3)).startsWith("1 ||| the dog runs.");
    var object = run("translate", "--model", model(), "--n-best", 3, "--json", texts).json().get(0);
    assertThat(object.getAsJsonArray("alternatives")).hasSize(3);
    assertThat(object.getAsJsonArray("alternatives").get(0).getAsJsonObject().get("translation"))
        .isEqualTo(object.get("translation"));
    run("translate", "--model", model(), "--beam", 100_000, texts)
        .isRefused(2, "--beam must be from 1 to 1000, got 100000");
    run("translate", "--model", model(), "--n-best", 3, "--beam", 2, texts)
        .isRefused(2, "--n-best must be at most --beam, which is 2, got 3");
  }

  @Test
  void alignmentsNameWordsOfBothSides() {
    String text = "der Hund schläft.";
    String out = run("translate", "--model", model(), "--alignments", "--text", text).out();
    assertThat(out).matches("the dog sleeps\\.\t(\\d-\\d ?)*\n");
    JsonObject alignment =
        run("translate", "--model", model(), "--alignments", "--text", text, "--json")
            .json()
            .get(0)
            .getAsJsonObject("alignment");
    assertThat(alignment.getAsJsonArray("source")).hasSize(4);
    assertThat(alignment.getAsJsonArray("target")).hasSize(4);
    assertThat(alignment.getAsJsonArray("weights")).hasSize(4);
  }

  @Test
  void severalReferencesAreOneSentenceUnlessTheDataAreATextLineByLine() throws IOException {
    Path tsv = lines("refs.tsv", "der Hund läuft.\tthe dog runs.", "der Hund läuft.\ta dog runs.");
    Path de = lines("refs.de", "der Hund läuft.", "der Hund läuft.");
    Path en = lines("refs.en", "the dog runs.", "a dog runs.");
    assertThat(sentences(tsv.toString())).isEqualTo(1);
    assertThat(sentences(tsv.toString(), "--no-group")).isEqualTo(2);
    assertThat(sentences(de + "," + en)).isEqualTo(2);
    assertThat(sentences(de + "," + en, "--group")).isEqualTo(1);
  }

  private int sentences(String data, Object... more) {
    List<Object> args =
        new ArrayList<>(List.of("evaluate", "--model", model(), "--data", data, "--json"));
    args.addAll(List.of(more));
    return run(args.toArray()).succeeds().json().get(0).get("sentences").getAsInt();
  }

  @Test
  void evaluateShowsBaselinesLengthsMistakesAndAPicture() {
    Path picture = file("lengths.svg");
    Run run =
        run(
            "evaluate",
            "--model",
            model(),
            "--data",
            data(),
            "--train",
            data(),
            "--errors",
            1,
            "--out",
            picture,
            "--compare",
            model());
    run.succeeds();
    assertThat(run.out())
        .contains("copy of the source", "word by word", "0–5", "expected", "nrefs:1|case:mixed");
    assertThat(picture).content().startsWith("<svg").contains("<polyline").endsWith("</svg>\n");
    assertThat(run.err()).contains("warning: data overlaps");
  }

  @Test
  void theExplanationIsOnePageOfItsOwn() throws IOException {
    Path page = file("explained.html");
    Path texts = lines("page.txt", "der Hund singt.", "", "</script> läuft");
    run("explain", "--model", model(), texts, "--out", page).succeeds();
    String html = Files.readString(page);
    assertThat(html)
        .contains("\"translation\"")
        .doesNotContain("src=", "href=", "@import", "/*SENTENCES*/");
    assertThat(html.split("</script>", -1)).hasSize(2);
    run("explain", "--model", model(), "--text", "x", "--out", model())
        .isRefused(2, "the file that --model reads");
  }

  @Test
  void withoutAttentionThereIsNothingToExplain() {
    Path plain = file("plain.zip");
    run(train(plain, "--attention", "none", "--epochs", 1)).succeeds();
    run("explain", "--model", plain, "--text", "x", "--out", file("never.html"))
        .isRefused(3, "trained without attention");
    run("translate", "--model", plain, "--text", "x", "--alignments")
        .isRefused(3, "trained without attention");
    assertThat(file("never.html")).doesNotExist();
  }

  @Test
  void pairsThatCannotBeLearntFromAreCounted() throws IOException {
    Path some =
        file(
            "some.tsv",
            PAIRS + "\nx\t\n" + "a ".repeat(101) + "\tb\n" + "ja\t1 2 3 4 5 6 7 8 9 0\n");
    Run run =
        run(
            "train",
            "--train",
            some,
            "--model",
            file("some.zip"),
            "--config",
            "tiny",
            "--epochs",
            1,
            "--hidden",
            4);
    run.succeeds();
    assertThat(run.err())
        .contains("train: 4 of 10 pairs left out: 2 with an empty side, 1 too long, 1 of too");
    assertThat(run.err().lines().filter(line -> line.contains("left out"))).hasSize(1);
  }

  @Test
  void badTrainingDataIsOneLineAndLeavesNoModel() throws IOException {
    Path target = file("never.zip");
    run(train(file("columns.tsv", "a\tx\nb\n"), target)).isRefused(3, "columns.tsv:2: ");
    run(train(file("blank.tsv", "a\t\n\tb\n"), target)).isRefused(3, "blank.tsv: no pair");
    Path de = lines("x.de", "eins", "zwei");
    Path en = lines("x.en", "one");
    run("train", "--train", de + "," + en, "--model", target)
        .isRefused(3, "x.de:2: parallel files have as many lines");
    run(train(target, "--words", "letters")).isRefused(2, "words");
    run(train(target, "--max-ratio", "0.5")).isRefused(2, "max-ratio");
    run(train(target, "--scheduled-sampling", "1")).isRefused(2, "scheduled-sampling");
    run(train(target, "--input-feeding", "--attention", "none"))
        .isRefused(2, "--input-feeding feeds what attention saw, and --attention is none");
    assertThat(target).doesNotExist();
  }
}
