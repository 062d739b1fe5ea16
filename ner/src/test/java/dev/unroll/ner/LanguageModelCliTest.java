package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The command line of a tagger that reads with language models. */
class LanguageModelCliTest extends CliContract {
  private static final int DATA_ERROR = 3;

  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Ner(), out, err, args);
  }

  @Override
  protected Set<String> verbs() {
    return Set.of("train", "evaluate", "tag", "demo");
  }

  @Override
  protected Path writeData(Path folder) throws IOException {
    TinyLanguageModels.both(folder);
    return Files.writeString(
        folder.resolve("data.conll"), "Ada B-PER\nslept O\n\nOslo B-LOC\nslept O\n");
  }

  private String forward() {
    return file("forward.zip").toString();
  }

  private String backward() {
    return file("backward.zip").toString();
  }

  @Override
  protected List<String> training(Path data, Path target) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("train", "--train", data.toString(), "--dev", data.toString()));
    args.addAll(List.of("--model", target.toString(), "--config", "tiny", "--hidden", "8"));
    args.addAll(List.of("--epochs", "3", "--batch", "2", "--language-model-dimensions", "6"));
    args.addAll(List.of("--language-model", forward(), "--language-model", backward()));
    return args;
  }

  @Override
  protected List<Question> questions(Path data) {
    Set<String> spans = Set.of("text", "tokens", "spans");
    String given = "--language-model";
    return List.of(
        Question.json(
            1, Set.of("f1"), "evaluate", given, forward(), given, backward(), "--data", data),
        Question.json(1, spans, "tag", given, backward(), given, forward(), "--text", "Ada slept"),
        Question.json(
            2, spans, "tag", given, forward(), given, backward(), "--format", "conll", data));
  }

  @Test
  void saysWhatItReadsWith() {
    assertThat(training().err())
        .contains("language model: forward.zip, states of 9, read forward")
        .contains("language model: backward.zip, states of 9, read in reverse");
  }

  @Test
  void withoutThemItIsRefused() {
    run("tag", "--model", model(), "--text", "Ada")
        .isRefused(DATA_ERROR, "forward.zip", "give it with --language-model");
    run("evaluate", "--model", model(), "--data", data(), "--language-model", forward())
        .isRefused(DATA_ERROR, "backward.zip", "give it with --language-model");
    run("tag", "--model", model(), "--language-model", model(), "--text", "Ada")
        .isRefused(DATA_ERROR, "a model for 'ner', not for 'charlm'");
    run("tag", "--model", model(), "--language-model", file("none.zip"), "--text", "Ada")
        .isRefused(DATA_ERROR, "none.zip: there is no such model file");
  }

  @Test
  void embeddedTheyNeedNotBeGiven() {
    Path target = file("all.zip");
    run(train(target, "--embed")).succeeds();
    Run tag = run("tag", "--model", target, "--text", "Ada slept", "--json").succeeds();
    Run asked =
        run(
                "tag",
                "--model",
                model(),
                "--language-model",
                forward(),
                "--language-model",
                backward(),
                "--text",
                "Ada slept",
                "--json")
            .succeeds();
    assertThat(tag.out()).isEqualTo(asked.out());
    run("tag", "--model", target, "--language-model", forward(), "--text", "Ada")
        .isRefused(DATA_ERROR, "needs no language model forward.zip", "--language-model");
  }

  @Test
  void aTaggerThatBeginsWithThisOneNeedsThemToo() {
    Path target = file("begun.zip");
    String data = data().toString();
    List<String> args = new ArrayList<>(List.of("train", "--train", data, "--dev", data));
    args.addAll(List.of("--model", target.toString(), "--epochs", "1"));
    args.addAll(List.of("--begin-with", model().toString()));
    run(args.toArray()).isRefused(DATA_ERROR, "forward.zip", "give it with --language-model");
    args.addAll(List.of("--language-model", forward(), "--language-model", backward(), "--embed"));
    run(args.toArray()).succeeds();
    run("tag", "--model", target, "--text", "Ada slept").succeeds();
    args.set(args.indexOf("--begin-with") + 1, forward());
    run(args.toArray()).isRefused(DATA_ERROR, "a model for 'charlm', not for 'ner'");
  }

  @Test
  void thereMustBeSomethingToEmbed() {
    Path target = file("never.zip");
    run("train", "--train", data(), "--model", target, "--embed")
        .isRefused(2, "--embed puts language models into the file");
    run(train(target, "--language-model-dimensions", 0))
        .isRefused(2, "language-model-dimensions must be at least 1, got 0");
    run("train", "--train", data(), "--model", file("forward.zip"), "--language-model", forward())
        .isRefused(2, "--language-model");
    assertThat(target).doesNotExist();
  }
}
