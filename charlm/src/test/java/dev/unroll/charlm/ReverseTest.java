package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that reads from the end is the model of a text that was turned round before. */
class ReverseTest {
  private static final String[] SETTINGS = {"epochs", "2", "dropout", "0.2", "hidden", "16"};
  private static CharLmModel reversed;
  private static CharLmModel turned;

  @BeforeAll
  static void train() {
    reversed = train(config("reverse", "true"), Verse.TEXT);
    turned = train(config("reverse", "false"), turn(Verse.TEXT));
  }

  private static CharLmConfig config(String... more) {
    String[] all = new String[SETTINGS.length + more.length];
    System.arraycopy(SETTINGS, 0, all, 0, SETTINGS.length);
    System.arraycopy(more, 0, all, SETTINGS.length, more.length);
    return Verse.config(all);
  }

  private static CharLmModel train(CharLmConfig config, String text) {
    Corpus<Passage> corpus = new Corpus<>(List.of(new Passage(text)), "a verse", "none");
    return CharLmTrainer.train(
        config, CharEncoder.fit(corpus, config), new Split<>(corpus, corpus));
  }

  /** By code points, as {@link StringBuilder#reverse} does. */
  private static String turn(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  @Test
  void learnsWhatTheModelOfTheTurnedTextLearns() {
    assertThat(reversed.parameters()).isEqualTo(turned.parameters());
    assertThat(reversed.metrics()).isEqualTo(turned.metrics());
  }

  @Test
  void aLineAndATextAreAsProbableAsTurned() {
    for (String line : List.of("", "t", "the tide", "né 😀👍")) {
      assertThat(reversed.score(line).logProbability())
          .as(line)
          .isEqualTo(turned.score(turn(line)).logProbability());
      assertThat(reversed.score(line).text()).isEqualTo(line);
    }
    assertThat(reversed.evaluate(List.of(new Passage(Verse.TEXT))).toMap())
        .isEqualTo(turned.evaluate(List.of(new Passage(turn(Verse.TEXT)))).toMap());
  }

  @Test
  void explainsInTheOrderOfItsReading() {
    Explanation explanation = reversed.explain("the tide");
    assertThat(String.join("", explanation.predicted())).isEqualTo("edit eht");
    assertThat(explanation.logProbabilities())
        .isEqualTo(turned.explain("edit eht").logProbabilities());
    assertThat(reversed.description()).isEqualTo("lstm 1 × 16, in reverse");
  }

  @Test
  void doesNotWrite() {
    SampleRequest request = SampleRequest.ofLength(5, 1);
    assertThatThrownBy(() -> reversed.sample(request))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("reverse")
        .hasMessageContaining("take one trained without reverse");
    assertThat(turned.sample(request)).hasSize(5);
  }

  @Test
  void theFileSaysSo(@TempDir Path folder) {
    Path file = folder.resolve("m.zip");
    reversed.save(file);
    CharLmModel loaded = CharLmModel.load(file);
    assertThat(loaded.config().reverse()).isTrue();
    assertThat(loaded.score("the tide")).isEqualTo(reversed.score("the tide"));
  }

  @Test
  void textsStayApartAndCharactersWhole() {
    CharLmConfig config = CharLmConfig.with(Map.of("min-count", "1", "reverse", "true"));
    Corpus<Passage> corpus =
        new Corpus<>(List.of(new Passage("a😀"), new Passage("b𝄞")), "texts", "none");
    CharEncoder encoder = CharEncoder.fit(corpus, config);
    int end = encoder.endSymbol();
    int[] ids =
        "a😀b𝄞".codePoints().map(c -> encoder.vocabulary().id(Character.toString(c))).toArray();
    assertThat(encoder.vocabulary().size()).isEqualTo(5);
    EncodedText whole = encoder.encodeAll(corpus.examples());
    assertThat(Texts.array(whole.symbols()))
        .containsExactly(end, ids[3], ids[2], end, ids[1], ids[0], end);
    assertThat(whole.characters()).isEqualTo(4);
    EncodedText cut = encoder.encodeAll(List.of(new Passage("a😀", false)));
    assertThat(Texts.array(cut.symbols())).containsExactly(end, ids[1], ids[0], end);
    assertThat(cut.characters()).isEqualTo(2);
    assertThat(Texts.array(encoder.encodeAll(List.of()).symbols())).containsExactly(end);
  }

  @Test
  void linesEndWhereTheyBegan() {
    CharLmConfig config =
        CharLmConfig.with(Map.of("min-count", "1", "reverse", "true", "ending", "line"));
    Corpus<Passage> corpus =
        new Corpus<>(List.of(new Passage("ab"), new Passage("")), "lines", "none");
    CharEncoder encoder = CharEncoder.fit(corpus, config);
    int end = encoder.endSymbol();
    assertThat(Texts.array(encoder.encodeAll(corpus.examples()).symbols()))
        .containsExactly(end, end, 2, 1, end);
    assertThat(encoder.line("ab")).containsExactly(end, 2, 1, end);
    assertThat(encoder.prime("ab")).containsExactly(end, 2, 1);
  }
}
