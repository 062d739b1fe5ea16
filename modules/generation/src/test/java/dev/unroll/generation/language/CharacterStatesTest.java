package dev.unroll.generation.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Sha256;
import dev.unroll.data.UserError;
import dev.unroll.training.NetworkFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterStatesTest {
  private static final List<String> SENTENCE = List.of("Bo", "a😀é", "b");

  @TempDir Path folder;

  private CharacterStates load(TinyModel model) {
    return CharacterStates.load(model.write(folder.resolve("lm.zip")));
  }

  private static void assertClose(float[] actual, float[] expected, String what) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as(what).isCloseTo(expected[i], offset(1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru", "gru-reset-after", "rnn"})
  void areThoseBehindTheSpaceBehindEachWord(String cell) {
    TinyModel model = TinyModel.of(cell, false, "document");
    float[][] all = model.states(TinyModel.symbols("\nBo a😀é b "));
    float[][] states = load(model).of(List.of(SENTENCE))[0];
    assertThat(states).hasDimensions(3, 6);
    assertClose(states[0], all[3], "Bo");
    assertClose(states[1], all[7], "a😀é");
    assertClose(states[2], all[9], "b");
  }

  @Test
  void inReverseTheyComeFromTheEnd() {
    TinyModel model = TinyModel.of("lstm", true, "document");
    float[][] all = model.states(TinyModel.symbols("\nb é😀a oB "));
    CharacterStates reverse = load(model);
    float[][] states = reverse.of(List.of(SENTENCE))[0];
    assertThat(reverse.reverse()).isTrue();
    assertClose(states[2], all[2], "b");
    assertClose(states[1], all[6], "a😀é");
    assertClose(states[0], all[9], "Bo");
  }

  @Test
  void aModelOfLinesBeginsBehindTheEndOfOne() {
    TinyModel model = TinyModel.of("gru", false, "line");
    int[] text = TinyModel.symbols("xBo ");
    text[0] = TinyModel.VOCABULARY.size();
    assertClose(load(model).of(List.of(List.of("Bo")))[0][0], model.states(text)[3], "Bo");
  }

  @ParameterizedTest
  @CsvSource({"false, 2, 0", "true, 0, 2"})
  void knowOneSideOfASentenceAlone(boolean reverse, int changed, int same) {
    CharacterStates model = load(TinyModel.of("lstm", reverse, "document"));
    List<String> other = new ArrayList<>(SENTENCE);
    other.set(changed, "oooB");
    float[][] before = model.of(List.of(SENTENCE))[0];
    float[][] after = model.of(List.of(other))[0];
    assertClose(after[1], before[1], "the word in the middle");
    assertClose(after[same], before[same], "the word that was read first");
    assertThat(after[changed]).isNotEqualTo(before[changed]);
  }

  /** Of many lengths, one of several windows, and some that have no words. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSentenceHasTheSameAloneAndAmongOthers(boolean reverse) {
    CharacterStates model = load(TinyModel.of("lstm", reverse, "document"));
    List<List<String>> sentences = new ArrayList<>();
    sentences.add(List.of());
    for (int i = 0; i < 150; i++) {
      sentences.add(
          IntStream.range(0, i % 9)
              .mapToObj(k -> "Bob".substring(k % 3) + "ao".repeat(k))
              .toList());
    }
    sentences.add(Collections.nCopies(400, "Boo"));
    sentences.add(List.of("", "a", "b".repeat(20_000), "a"));
    float[][][] together = model.of(sentences);
    for (int i = 0; i < sentences.size(); i++) {
      float[][] alone = model.of(List.of(sentences.get(i)))[0];
      assertThat(alone.length).isEqualTo(sentences.get(i).size());
      for (int word = 0; word < alone.length; word++) {
        assertClose(together[i][word], alone[word], "sentence " + i);
      }
    }
    assertThat(model.of(List.of())).isEmpty();
  }

  @Test
  void aLongSentenceIsReadInWindowsAsItIsAtOnce() {
    TinyModel model = TinyModel.of("lstm", false, "document");
    float[][] all = model.states(TinyModel.symbols("\n" + "Boo ".repeat(300)));
    float[][] states = load(model).of(List.of(Collections.nCopies(300, "Boo")))[0];
    for (int word = 0; word < 300; word++) {
      assertClose(states[word], all[4 * (word + 1)], "word " + word);
    }
  }

  @Test
  void manyThreadsGetTheStatesOfOne() {
    CharacterStates model = load(TinyModel.of("gru", false, "document"));
    float[][][] expected = model.of(List.of(SENTENCE));
    IntStream.range(0, 40)
        .parallel()
        .forEach(i -> assertThat(model.of(List.of(SENTENCE))).isDeepEqualTo(expected));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aModelWithinAnotherReadsAsItself(boolean reverse) throws Exception {
    Path file = TinyModel.of("lstm", reverse, "line").write(folder.resolve("lm.zip"));
    CharacterStates model = CharacterStates.load(file);
    assertThat(model.name()).isEqualTo("lm.zip");
    assertThat(model.sha256()).isEqualTo(Sha256.of(file));
    List<byte[]> bytes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Path outer = folder.resolve("outer" + i + ".zip");
      try (ModelFileWriter out = NetworkFile.begin(outer, "ner", Map.of())) {
        model.write(out, "one/");
        out.commit();
      }
      bytes.add(Files.readAllBytes(outer));
      CharacterStates part =
          NetworkFile.load(
              outer, "ner", whole -> CharacterStates.part(whole, "one/", "lm.zip", "x"));
      assertThat(part.of(List.of(SENTENCE))).isDeepEqualTo(model.of(List.of(SENTENCE)));
      assertThat(part.reverse()).isEqualTo(reverse);
      model = part; // which is written again to the same bytes
    }
    assertThat(bytes.get(1)).isEqualTo(bytes.get(0));
  }

  @Test
  void refusesWhatIsNoModelOfCharacters() throws Exception {
    TinyModel model = TinyModel.of("lstm", false, "line");
    refused(
        model.write(folder.resolve("w.zip"), "level", "word"), "reads words", "level character");
    refused(folder.resolve("none.zip"), "there is no such model file");
    refused(Files.writeString(folder.resolve("text.zip"), "text"), "not a model file");
    refused(model.write(folder.resolve("h.zip"), "hidden", "2000000000"), "describes has");
    refused(model.write(folder.resolve("d.zip"), "dimensions", "0"), "dimensions must be");
    refused(model.write(folder.resolve("b.zip"), "bidirectional", "true"), "bidirectional");
    Path other = folder.resolve("other.zip");
    try (ModelFileWriter out = NetworkFile.begin(other, "sentiment", Map.of())) {
      out.commit();
    }
    refused(other, "a model for 'sentiment'");
  }

  private static void refused(Path file, String... reasons) {
    assertThatThrownBy(() -> CharacterStates.load(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(reasons)
        .hasMessageNotContaining("\n");
  }
}
