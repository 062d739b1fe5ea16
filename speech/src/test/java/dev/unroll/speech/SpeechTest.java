package dev.unroll.speech;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.unroll.cli.Cli;
import dev.unroll.testing.CliContract;
import dev.unroll.testing.Program;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The command line as a user meets it: what is printed where, and how it ends. */
class SpeechTest extends CliContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Speech(), out, err, args);
  }

  @Override
  protected Set<String> verbs() {
    return Set.of("train", "evaluate", "transcribe", "stream", "explain", "demo");
  }

  @Override
  protected Path writeData(Path folder) throws IOException {
    return Spoken.write(folder, "digits", "ada", 1);
  }

  @Override
  protected List<String> training(Path data, Path target) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("train", "--train", data.toString(), "--dev", data.toString()));
    args.addAll(List.of("--model", target.toString(), "--config", "tiny", "--hidden", "40"));
    args.addAll(List.of("--stack", "4", "--epochs", "60", "--batch", "4", "--mels", "16"));
    args.addAll(List.of("--learning-rate", "0.02", "--dropout", "0", "--no-bidirectional"));
    args.addAll(List.of("--normalisation", "training", "--patience", "0"));
    return args;
  }

  @Override
  protected List<Question> questions(Path data) {
    Set<String> scores =
        Set.of(
            "utterances",
            "wordErrorRate",
            "characterErrorRate",
            "exact",
            "realTimeFactor",
            "confusions");
    Set<String> keys = Set.of("path", "text", "probability", "words");
    return List.of(
        Question.json(1, scores, "evaluate", "--data", data),
        Question.json(2, keys, "transcribe", wav(0), wav(3)),
        Question.json(2, Set.of("word", "start", "end", "latency"), "stream", wav(0)),
        Question.plain("explain", wav(3), "--out", file("page.html")));
  }

  private Path wav(int number) {
    return file("digits-" + number + ".wav");
  }

  @Test
  void theHandfulIsLearntByHeart() {
    JsonObject dev = training().json().get(0).getAsJsonObject("dev");
    assertThat(dev.get("wordErrorRate").getAsDouble()).isZero();
    JsonObject scores =
        run("evaluate", "--model", model(), "--data", data(), "--json").succeeds().json().get(0);
    assertThat(scores.get("wordErrorRate").getAsDouble()).isZero();
    assertThat(scores.get("exact").getAsDouble()).isEqualTo(1);
    assertThat(scores.get("utterances").getAsInt()).isEqualTo(6);
    assertThat(scores.get("realTimeFactor").getAsDouble()).isPositive();
    assertThat(training().err()).contains("train: 6 utterances, 1 speakers, read as tsv");
  }

  @Test
  void filesFoldersAndListsOfNamesAreTranscribed() throws IOException {
    assertThat(run("transcribe", "--model", model(), wav(0)).succeeds().out())
        .isEqualTo(wav(0) + "\tone two\n");
    Path folder = Files.createDirectories(file("folder"));
    Files.copy(wav(2), folder.resolve("b.wav"));
    Files.copy(wav(1), folder.resolve("a.wav"));
    Files.writeString(folder.resolve("notes.txt"), "no sound");
    assertThat(run("transcribe", "--model", model(), folder).succeeds().out())
        .isEqualTo(folder.resolve("a.wav") + "\ttwo one\n" + folder.resolve("b.wav") + "\tsix\n");
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream((wav(4) + "\n").getBytes()));
      assertThat(run("transcribe", "--model", model()).succeeds().out()).endsWith("\ttwo\n");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void nothingIsHeardBesideTheVocabulary() throws IOException {
    Path words = Files.writeString(file("words.txt"), "one  W AH N\n\nSIX\nsix(2) S IH K S\n");
    run("transcribe", "--model", model(), "--vocabulary", words, wav(0))
        .isRefused(3, "words.txt:3: the recogniser does not write all letters of 'SIX'");
    Files.writeString(words, "one  W AH N\n\nsix(2) S IH K S\n");
    List<String> heard = new ArrayList<>();
    for (int i = 0; i < Spoken.TEXTS.size(); i++) {
      String line =
          run("transcribe", "--model", model(), "--vocabulary", words, wav(i)).succeeds().out();
      heard.add(line.substring(line.indexOf('\t') + 1).strip());
    }
    assertThat(heard).allMatch(text -> text.matches("((one|six)( (one|six))*)?"));
    assertThat(heard.get(2)).isEqualTo("six");
    assertThat(heard.get(5)).isEqualTo("six one");
    run("transcribe", "--model", model(), "--vocabulary", Files.writeString(words, "\n"), wav(0))
        .isRefused(3, "words.txt: no words in it; give a line each");
  }

  @Test
  void theBestAreListed() {
    List<String> lines =
        run("transcribe", "--model", model(), "--n-best", 3, wav(5))
            .succeeds()
            .out()
            .lines()
            .toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).contains(" ||| six one ||| ");
  }

  @Test
  void aStreamIsWrittenWordByWordWithItsLatency() {
    var run = run("stream", "--model", model(), wav(3)).succeeds();
    assertThat(run.out()).isEqualTo("one\nsix\ntwo\n");
    assertThat(run.err()).contains("latency: a word is written ");
  }

  @Test
  void thePageHasTheSoundAndWhatWasHeard() throws IOException {
    Path page = file("heard.html");
    run("explain", "--model", model(), wav(0), wav(1), "--out", page).succeeds();
    assertThat(Files.readString(page))
        .contains("\"text\":\"one two\"", "\"text\":\"two one\"", "\"audio\":\"UklGR")
        .doesNotContain("/*HEARD*/");
  }

  @Test
  void theSampleCanBeHeard() {
    Path folder = file("sample");
    run("demo", "--out", folder).succeeds();
    var read = new UtteranceReader().read(folder.resolve("test.tsv"));
    assertThat(read.examples()).hasSize(24);
    assertThat(read.examples().get(0).recording().read().seconds()).isBetween(0.3, 3.0);
    run("demo", "--out", folder).isRefused(2, "is there already; name another folder");
  }

  @Test
  void whatIsWrongIsOneLineWithItsPlace() throws IOException {
    Path broken = Files.write(file("broken.wav"), new byte[0]);
    run("transcribe", "--model", model(), broken)
        .isRefused(3, broken + ": empty file; record it again or leave it out");
    Path flac = file("x.flac", "fLaC0123456789012345");
    run("transcribe", "--model", model(), flac).isRefused(3, "ffmpeg -i IN.flac OUT.wav");
    Path manifest = file("bad.tsv", "digits-0.wav\tone two\nbroken.wav\tsix\n");
    run(
            "train",
            "--config",
            "tiny",
            "--train",
            manifest,
            "--model",
            file("no.zip"),
            "--dev-fraction",
            0)
        .isRefused(3, manifest + ":2: " + broken + ": empty file");
    String spelled = "one two six one two six one two six one two six one two six ".repeat(3);
    Path full = file("full.tsv", "digits-0.wav\tone two\ndigits-2.wav\t" + spelled + "\n");
    run(
            "train",
            "--config",
            "tiny",
            "--train",
            full,
            "--model",
            file("no.zip"),
            "--dev-fraction",
            0)
        .isRefused(3, full + ":2: 'one two six one two");
    Path missing = file("missing.tsv", "nothing.wav\tone\n");
    run("evaluate", "--model", model(), "--data", missing)
        .isRefused(3, missing + ":1: there is no recording 'nothing.wav'");
  }
}
