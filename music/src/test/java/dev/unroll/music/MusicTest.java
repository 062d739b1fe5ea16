package dev.unroll.music;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.unroll.cli.Cli;
import dev.unroll.music.abc.AbcReader;
import dev.unroll.music.midi.MidiScores;
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

/** The verbs, called as a user calls them. */
class MusicTest extends CliContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Music(), out, err, args);
  }

  @Override
  protected Set<String> verbs() {
    return Set.of("train", "evaluate", "compose", "harmonise", "score", "explain", "demo");
  }

  @Override
  protected Path writeData(Path folder) throws IOException {
    return Files.writeString(folder.resolve("tunes.abc"), Tunes.ABC);
  }

  @Override
  protected List<String> training(Path data, Path target) {
    List<String> args =
        new ArrayList<>(List.of("train", "--train", data.toString(), "--dev", data.toString()));
    args.addAll(List.of("--model", target.toString(), "--config", "tiny", "--hidden", "16"));
    args.addAll(List.of("--notation", "roll", "--condition", "none", "--grid", "2"));
    args.addAll(List.of("--epochs", "3", "--json"));
    return args;
  }

  @Override
  protected List<Question> questions(Path data) {
    Set<String> scores = Set.of("pieces", "steps", "natsPerStep", "natsPerNote");
    Set<String> score = Set.of("path", "name", "logProbability", "perStep", "perNote");
    return List.of(
        Question.json(1, scores, "evaluate", "--data", data),
        Question.json(3, score, "score", data),
        Question.json(2, Set.of("seed", "draws", "abc"), "compose", "--bars", 2, "--count", 2),
        Question.json(3, Set.of("name", "added", "abc"), "harmonise", data),
        Question.plain("explain", data, "--out", file("explained.html")));
  }

  @Test
  void evaluateComparesWithItsBaseline() {
    JsonObject json =
        run("evaluate", "--model", model(), "--data", data(), "--json").succeeds().json().get(0);
    assertThat(json.getAsJsonObject("baseline").keySet())
        .containsExactly("order", "natsPerStep", "natsPerNote");
    assertThat(json.get("pieces").getAsInt()).isEqualTo(3);
    assertThat(run("evaluate", "--model", model(), "--data", data()).out())
        .contains("model ", "3-grams, Kneser-Ney");
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    for (String ending : List.of("mid", "abc", "json")) {
      Path one = file("one." + ending);
      Path two = file("two." + ending);
      for (Path out : List.of(one, two)) {
        Run run = run("compose", "--model", model(), "--bars", 3, "--seed", 4, "--out", out);
        assertThat(run.succeeds().out()).isEmpty();
      }
      assertThat(one).hasSameBinaryContentAs(two);
    }
    assertThat(MidiScores.isMidi(Files.readAllBytes(file("one.mid")))).isTrue();
    new AbcReader("composed").tune(Files.readString(file("one.abc")));
  }

  @Test
  void composesByWish() throws IOException {
    Object[] asked = {
      "compose",
      "--model",
      model(),
      "--bars",
      4,
      "--start",
      "C4",
      "--key",
      "D",
      "--tempo",
      90,
      "--metre",
      "3/4",
      "--voices",
      1,
      "--temperature",
      0.9,
      "--top-k",
      40,
      "--top-p",
      0.95
    };
    String abc = run(asked).succeeds().out();
    assertThat(abc).startsWith("X:1\n").contains("M:3/4\n", "Q:1/4=90\n", "K:D\n");
    assertThat(new AbcReader("composed").tune(abc).score().length()).isLessThanOrEqualTo(4 * 1440);
  }

  @Test
  void saysHonestlyHowOftenItDrewAgain() {
    Object[] asked = {
      "compose",
      "--model",
      model(),
      "--bars",
      4,
      "--rules",
      "range,full,tonic",
      "--attempts",
      3,
      "--count",
      6,
      "--json"
    };
    Run run = run(asked).succeeds();
    for (JsonObject piece : run.json()) {
      int draws = piece.get("draws").getAsInt();
      assertThat(draws).isBetween(1, 3);
      assertThat(piece.getAsJsonObject("refused").size() == 0).isEqualTo(draws == 1);
      assertThat(piece.getAsJsonArray("broken").isEmpty() || draws == 3).isTrue();
    }
    assertThat(run.err().lines().filter(line -> line.startsWith("drawn "))).hasSize(6);
  }

  @Test
  void aBrokenPieceDoesNotCostTheOthers() throws IOException {
    Path folder = Files.createDirectories(file("folder/jigs"));
    Files.writeString(folder.resolve("right.abc"), Tunes.ABC);
    Files.writeString(folder.resolve("half.abc"), Tunes.ABC + "\nX:4\nT:Broken\nK:C\nC!?|\n");
    Files.write(folder.resolve("broken.mid"), new byte[] {'M', 'T', 'h', 'd', 0});
    Files.writeString(folder.resolve("notes.txt"), "no music\n");
    Run run = run("evaluate", "--model", model(), "--data", file("folder"), "--json").succeeds();
    assertThat(run.json().get(0).get("pieces").getAsInt()).isEqualTo(6);
    assertThat(run.err())
        .contains(
            "left out: ", "half.abc:", "broken.mid: no sound MIDI file", "notes.txt: is neither");
  }

  @Test
  void pianoRollsWithPartsAreReadByPart() throws IOException {
    String roll = "[[48,60],[50],[]]";
    Path json =
        file(
            "parts.json",
            "{\"train\":[%s,%s],\"valid\":[%s],\"test\":[%s,%s,%s]}"
                .formatted(roll, roll, roll, roll, roll, roll));
    Path target = file("parts.zip");
    Object[] args = {
      "train",
      "--train",
      json,
      "--model",
      target,
      "--config",
      "tiny",
      "--epochs",
      1,
      "--hidden",
      8,
      "--grid",
      1,
      "--json"
    };
    Run run = run(args).succeeds();
    assertThat(run.err())
        .contains("train: 2 pieces with 6 notes, read as roll", "dev: 1 pieces with 3 notes");
    JsonObject scores =
        run("evaluate", "--model", target, "--data", json, "--json").succeeds().json().get(0);
    assertThat(scores.get("pieces").getAsInt()).isEqualTo(3);
    assertThat(scores.get("steps").getAsInt()).isEqualTo(6);
    assertThat(MusicModel.load(target).config().notation()).isEqualTo(Notation.ROLL);
  }

  @Test
  void explainWritesAPageThatNeedsNothingElse() throws IOException {
    Path page = file("page.html");
    Path tricky = file("tricky.abc", "X:1\nT:</script> & <b>\nM:2/4\nL:1/8\nK:C\nCDEF|G4|]\n");
    Run explain = run("explain", "--model", model(), tricky, data(), "--out", page).succeeds();
    assertThat(explain.out()).isEmpty();
    String html = Files.readString(page);
    assertThat(html).doesNotContain("src=", "href=", "http", "/*PIECES*/").contains("Up and Down");
    assertThat(html.split("</script>")).hasSize(2);
  }

  @Test
  void badMusicIsOneLine() throws IOException {
    Path target = file("never.zip");
    Path longBar = file("long.abc", "X:1\nT:x\nM:2/4\nL:1/8\nK:C\nCD?F|\n");
    run(train(longBar, target)).isRefused(3, "long.abc:6: '?' is no ABC");
    Path keyless = file("keyless.abc", "X:1\nT:x\nCDEF|\n");
    run(train(keyless, target)).isRefused(3, "keyless.abc:3: music before the field K:");
    Path roll = file("roll.json", "[[[60],[200]]]");
    run(train(roll, target)).isRefused(3, "roll.json: a MIDI pitch is from 0 to 127", "got 200");
    run(train(file("text.txt", "no music"), target)).isRefused(3, "is neither MIDI");
    assertThat(target).doesNotExist();
  }

  @Test
  void wrongUsageOfItsOwnOptionsIsCodeTwo() {
    Object[] compose = {"compose", "--model", model(), "--bars", 2};
    refused(compose, "--bars must be from 0", "--bars", -1);
    refused(compose, "--top-p must be above 0", "--top-p", 2);
    refused(compose, "--start must be a note such as", "--start", "H4");
    refused(compose, "--key must be a tonic", "--key", "H");
    refused(compose, "--metre must be such as", "--metre", "5");
    refused(compose, "must be one of metre, range, full, tonic", "--rules", "nice");
    refused(compose, "end with .mid, .abc, .wav or .json", "--out", file("x.mp3"));
    refused(compose, "holds one piece", "--count", 2, "--out", file("x.mid"));
    run("harmonise", "--model", model(), data(), "--voices", -1)
        .isRefused(2, "--voices must be from 0");
    run(train(file("never.zip"), "--grid", 7)).isRefused(2, "grid must be a divisor of 480");
    run(train(file("never.zip"), "--condition", "mood")).isRefused(2, "condition must be one of");
  }

  private void refused(Object[] call, String message, Object... more) {
    List<Object> args = new ArrayList<>(List.of(call));
    args.removeIf(arg -> arg.equals("--bars") || arg.equals(2));
    args.addAll(List.of(more));
    run(args.toArray()).isRefused(2, message);
  }

  @Test
  void theDemoShowsAPiece() throws IOException {
    Path settings = file("demo.properties", "hidden = 8\nepochs = 1\ndev-fraction = 0\n");
    Run demo = run("demo", "--config", "tiny", "--config", settings).succeeds();
    assertThat(demo.out()).contains("X:1\nT:Eight bars", "./unroll music train");
  }
}
