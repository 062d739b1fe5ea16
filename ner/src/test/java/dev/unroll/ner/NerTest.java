package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.unroll.cli.Cli;
import dev.unroll.testing.CliContract;
import dev.unroll.testing.Program;
import dev.unroll.testing.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The command line as a user meets it: what is printed where, and how it ends. */
class NerTest extends CliContract {
  private static final String DATA =
      "-DOCSTART- X O\n\nAda N B-PER\nslept V O\n\nOslo N B-LOC\nslept V O\n\n"
          + "It P O\nrained V O\nin P O\nOslo N B-LOC\n";

  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Ner(), out, err, args);
  }

  @Override
  protected Set<String> verbs() {
    return Set.of("train", "evaluate", "tag", "label", "export", "demo");
  }

  @Override
  protected Path writeData(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("settings.txt"), "embedding-dropout = 0\nword-dropout = 0\npatience = 0\n");
    return Files.writeString(folder.resolve("data.conll"), DATA);
  }

  @Override
  protected List<String> training(Path data, Path target) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("train", "--train", data.toString(), "--dev", data.toString()));
    args.addAll(List.of("--model", target.toString(), "--config", "tiny", "--hidden", "8"));
    args.addAll(List.of("--epochs", "30", "--batch", "2", "--learning-rate", "0.03"));
    args.addAll(List.of("--dropout", "0", "--config", file("settings.txt").toString()));
    return args;
  }

  @Override
  protected List<Question> questions(Path data) {
    Set<String> scores =
        Set.of("sentences", "tokens", "precision", "recall", "f1", "accuracy", "types");
    return List.of(
        Question.json(1, scores, "evaluate", "--data", data),
        Question.json(1, Set.of("text", "tokens", "spans"), "tag", "--text", "Ada slept"),
        Question.json(3, Set.of("text", "tokens", "spans"), "tag", "--format", "conll", data),
        Question.json(1, Set.of("text", "tokens", "spans"), "label", "--text", "Ada slept"),
        Question.plain("export", "--format", "onnx", "--out", file("model.onnx")));
  }

  @Test
  void theHandfulIsLearntAndItsFiguresLieBesideTheModel() {
    assertThat(training().err())
        .contains("3 sentences, 8 words, 3 entities of [LOC, PER], tagged in BIO");
    JsonObject dev = training().json().get(0).getAsJsonObject("dev");
    assertThat(dev.get("f1").getAsDouble()).isEqualTo(100);
    assertThat(file("model.metrics.json")).content().contains("\"history\"");
    assertThat(file("model.curve.png")).isNotEmptyFile();
  }

  @Test
  void trainsOnAllOfTheDataIfNoneIsForDev() {
    Path target = file("all.zip");
    List<Object> args = new ArrayList<>(List.of("train", "--train", data(), "--model", target));
    args.addAll(List.of("--config", "tiny", "--hidden", 8, "--epochs", 2, "--dev-fraction", 0));
    JsonObject last = run(args.toArray()).succeeds().json().get(0);
    assertThat(last.get("bestEpoch").getAsInt()).isEqualTo(2);
    assertThat(last.getAsJsonObject("dev").keySet()).isEmpty();
    assertThat(file("all.metrics.json")).content().doesNotContain("NaN");
    assertThat(file("all.curve.png")).isNotEmptyFile();
    assertThat(NerModel.load(target).provenance().data()).containsOnlyKeys("train");
  }

  @Test
  void refusesALearningRateThatWaitsForDevIfThereIsNone() throws IOException {
    Path settings = file("plateau.txt", "schedule = plateau\ndev-fraction = 0\n");
    Path target = file("plateau.zip");
    run("train", "--train", data(), "--model", target, "--config", settings)
        .isRefused(2, "schedule = plateau halves the learning rate by the score on dev");
    assertThat(target).doesNotExist();
  }

  @Test
  void evaluatePrintsConllevalsTextAndNothingElse() {
    Run evaluation = run("evaluate", "--model", model(), "--data", data()).succeeds();
    assertThat(evaluation.err())
        .contains("data: 3 sentences, 8 words, 3 entities of [LOC, PER], tagged in BIO");
    assertThat(evaluation.out())
        .isEqualTo(
            """
            processed 9 tokens with 3 phrases; found: 3 phrases; correct: 3.
            accuracy: 100.00%; precision: 100.00%; recall: 100.00%; FB1: 100.00
                          LOC: precision: 100.00%; recall: 100.00%; FB1: 100.00  2
                          PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  1
            """);
  }

  @Test
  void theNetworkIsChosenByOptions() {
    Path target = file("softmax.zip");
    run(train(target, "--epochs", 1, "--characters", "none", "--output", "softmax")).succeeds();
    NerConfig config = NerModel.load(target).config();
    assertThat(config.characters()).isEqualTo(NerConfig.Characters.NONE);
    assertThat(config.output()).isEqualTo(NerConfig.Output.SOFTMAX);
    run(train(target, "--characters", "words")).isRefused(2, "characters");
  }

  @Test
  void latin1HasItsUsualName() throws IOException {
    Path latin1 = file("latin.txt");
    Files.write(latin1, "Ada sl\u00e9pt\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(run("tag", "--model", model(), "--charset", "latin-1", latin1).succeeds().out())
        .contains("sl\u00e9pt");
    run("tag", "--model", model(), "--charset", "x").isRefused(2, "must be a character set");
  }

  @Test
  void detailsAndMistakesComeBehindIt() throws IOException {
    Path wrong = file("wrong.conll", "Ada B-LOC\nslept B-PER\n");
    String out =
        run("evaluate", "--model", model(), "--data", wrong, "--details", "--errors", 3).out();
    assertThat(out).startsWith("processed 2 tokens with 2 phrases");
    assertThat(out).contains("wrong type            1", "PER Ada (", "there is LOC Ada: Ada slept");
    assertThat(out).containsPattern("none \\(0\\.[5-9]\\d+\\), there is PER slept: Ada slept");
  }

  @Test
  void tagAnswersLineByLineInOrder() throws IOException {
    Path texts = file("texts.txt", "Oslo slept\n\nAda slept\n");
    assertThat(run("tag", "--model", model(), texts).out())
        .isEqualTo("[LOC Oslo] slept\n\n[PER Ada] slept\n");

    List<JsonObject> answers = run("tag", "--model", model(), "--json", texts).json();
    assertThat(answers).hasSize(3);
    JsonObject span = answers.get(2).getAsJsonArray("spans").get(0).getAsJsonObject();
    assertThat(span.keySet()).containsExactly("start", "end", "type", "text", "probability");
    assertThat(span.get("text").getAsString()).isEqualTo("Ada");

    assertThat(
            run("tag", "--model", model(), "--output-format", "conll", "--text", "Oslo slept")
                .out())
        .isEqualTo("Oslo\tB-LOC\nslept\tO\n\n");
  }

  @Test
  void columnsAreAnsweredWithOneColumnMore() throws IOException {
    Path columns = file("columns.txt", "-DOCSTART- X\n\nOslo N\nslept V\n\n\nAda N\n");
    Object[] tag = {"tag", "--model", model(), "--format", "conll", columns};
    assertThat(run(tag).out())
        .isEqualTo("-DOCSTART- X O\n\nOslo N B-LOC\nslept V O\n\nAda N B-PER\n\n");
    assertThat(run("tag", "--model", model(), "--format", "conll", "--json", columns).json())
        .hasSize(2);
    tag[5] = file("words.txt", "Oslo\nslept\n");
    assertThat(run(tag).out()).isEqualTo("Oslo B-LOC\nslept O\n\n");
  }

  @Test
  void ofWhatItLabelsAnotherTaggerLearns() throws IOException {
    Path texts = file("unlabelled.txt", "It rained\nAda slept\n\nIt rained in Oslo\n");
    Run labelled = run("label", "--model", model(), texts).succeeds();
    assertThat(labelled.out())
        .isEqualTo("Ada\tB-PER\nslept\tO\n\nIt\tO\nrained\tO\nin\tO\nOslo\tB-LOC\n\n");
    assertThat(labelled.err()).contains("labelled: 2 of 4 texts");
    assertThat(run("label", "--model", model(), "--least", 1, texts).succeeds().out()).isEmpty();
    Path more = file("more.conll", labelled.out());
    run(train(more, file("student.zip"), "--begin-with", model(), "--epochs", 1)).succeeds();
    run("label", "--model", model(), "--least", 1.5, texts)
        .isRefused(2, "--least must be from 0 to 1, got 1.5");
    run("label", "--model", model(), "--format", "conll", texts).isRefused(2, "--format");
  }

  @Test
  void badTrainingDataIsOneLineAndLeavesNoModel() throws IOException {
    Path target = file("never.zip");
    run(train(file("blank.conll", "\n"), target)).isRefused(3, "no sentences");
    run(train(file("o.conll", "a O\nb O\n"), target)).isRefused(3, "no entities");
    run(train(file("short.conll", "a O\nb\n"), target)).isRefused(3, "short.conll:2: ");
    run(train(file("tag.conll", "a PER\n"), target)).isRefused(3, "tag.conll:1: ");
    Path latin1 = file("latin1.conll");
    Files.write(latin1, "a O\nna\u00efve O\n".getBytes(StandardCharsets.ISO_8859_1));
    run(train(latin1, target)).isRefused(3, "latin1.conll:2: ");
    run(train(Files.createDirectory(file("none")), target)).isRefused(3, "no files");
    assertThat(target).doesNotExist();
  }

  @Test
  void badOptionsAndSettingsAreOneLine() throws IOException {
    run("evaluate", "--model", model(), "--data", data(), "--errors", -1)
        .isRefused(2, "--errors must be 0 or above");
    run("evaluate", "--model", model()).isRefused(2, "--data");
    run("tag", "--model", model(), "--charset", "x", "-").isRefused(2, "--charset");
    Path settings = file("bad.txt", "word-dropout = 1\n");
    run(train(file("never.zip"), "--config", settings))
        .isRefused(3, "bad.txt:1: word-dropout must be from 0 to below 1, got 1.0");
  }

  @Test
  void wordVectorsSetTheDimensionsAndAreFoundInLowerCase() throws IOException {
    Path vectors = file("v.txt", "ada 1 0 0\noslo 0 1 0\nbergen 0 1 0.1\n");
    Path target = file("vectors.zip");
    Run trained = run(train(target, "--vectors", vectors, "--freeze-vectors")).succeeds();
    assertThat(trained.err())
        .contains("vectors: 3 vectors of 3 from ", "for 37.5 % of the training words");
    assertThat(NerModel.load(target).config().dimensions()).isEqualTo(3);
  }

  @Test
  void beginsWithAnotherTagger() throws IOException {
    Path target = file("begun.zip");
    Path places = file("places.conll", "Bergen B-place\nslept O\n");
    Object[] asked = {"train", "--train", places, "--dev", places, "--epochs", 1};
    List<Object> args = new ArrayList<>(Arrays.asList(asked));
    args.addAll(List.of("--model", target, "--begin-with", model()));
    run(args.toArray()).succeeds();
    NerModel begun = NerModel.load(target);
    assertThat(begun.config().network().hidden()).isEqualTo(8);
    assertThat(begun.types()).containsExactly("place");
    assertThat(begun.encoder().vocabulary().words()).contains("bergen", "oslo");

    args.set(args.size() - 3, file("never.zip"));
    args.addAll(List.of("--hidden", 9));
    run(args.toArray())
        .isRefused(2, "hidden must be 8, as in model.zip, with which the training begins, got 9");
    args.set(args.size() - 2, "--vectors");
    args.set(args.size() - 1, file("three.txt", "ada 1 0 0\noslo 0 1 0\n"));
    run(args.toArray())
        .isRefused(2, "--vectors must have vectors of 30 values, as model.zip", "got 3");
    run(train(file("never.zip"), "--begin-with", data())).isRefused(3, "data.conll: ");
    run(train(file("never.zip"), "--begin-with", file("none.zip")))
        .isRefused(3, "none.zip: there is no such model file");
    assertThat(file("never.zip")).doesNotExist();
  }
}
