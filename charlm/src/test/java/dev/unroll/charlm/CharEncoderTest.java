package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import dev.unroll.generation.Stretch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.MultiDataSet;

class CharEncoderTest {
  private static CharEncoder fit(Map<String, String> settings, String... texts) {
    List<Passage> passages = Arrays.stream(texts).map(Passage::new).toList();
    return CharEncoder.fit(new Corpus<>(passages, "text", ""), CharLmConfig.with(settings));
  }

  private static String spell(CharEncoder encoder, int[] symbols) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < symbols.length; i++) {
      text.append(encoder.spell(symbols[i - 1], symbols[i]));
    }
    return text.toString();
  }

  @Test
  void symbolsAreCodePointsAndComeBackAsTheyWere() {
    String text = "né\n😀 𝄞\té\n";
    CharEncoder encoder = fit(Map.of("min-count", "1"), text);
    // <UNK>, n, é, LF, 😀, space, 𝄞, tab, <EOS>
    assertThat(encoder.symbols()).isEqualTo(9);
    EncodedText encoded = encoder.encodeAll(List.of(new Passage(text)));
    assertThat(encoded.characters()).isEqualTo(9);
    assertThat(encoded.unknown()).isZero();
    assertThat(spell(encoder, Texts.array(encoded.symbols()))).isEqualTo(text + "\n");
    assertThat(encoder.lineEnd()).isEqualTo(encoder.vocabulary().id("\n"));
  }

  @Test
  void whatIsRareOrNewIsUnknownAndCounted() {
    CharEncoder encoder = fit(Map.of("min-count", "2"), "aabbc");
    assertThat(encoder.vocabulary().words()).containsExactly("<UNK>", "a", "b");
    EncodedText encoded = encoder.encodeAll(List.of(new Passage("abc😀d")));
    assertThat(encoded.unknown()).isEqualTo(3);
    assertThat(encoded.characters()).isEqualTo(5);
    int eos = encoder.endSymbol();
    assertThat(Texts.array(encoded.symbols())).containsExactly(eos, 1, 2, 0, 0, 0, eos);
  }

  @Test
  void theVocabularyKeepsTheMostFrequent() {
    CharEncoder encoder = fit(Map.of("min-count", "1", "max-vocabulary", "2"), "abbccc");
    assertThat(encoder.vocabulary().words()).containsExactly("<UNK>", "c", "b");
  }

  @Test
  void aCutPassageHasNoEnd() {
    CharEncoder encoder = fit(Map.of("min-count", "1"), "ab");
    int eos = encoder.endSymbol();
    EncodedText encoded =
        encoder.encodeAll(List.of(new Passage("a", false), new Passage("b", true)));
    assertThat(Texts.array(encoded.symbols())).containsExactly(eos, 1, 2, eos);
  }

  @Test
  void linesEndWithEosAndCountTheirEnds() {
    CharEncoder encoder = fit(Map.of("min-count", "1", "ending", "line"), "ab", "");
    int eos = encoder.endSymbol();
    EncodedText encoded = encoder.encodeAll(List.of(new Passage("ab"), new Passage("")));
    assertThat(Texts.array(encoded.symbols())).containsExactly(eos, 1, 2, eos, eos);
    assertThat(encoded.characters()).isEqualTo(4);
    assertThat(encoder.lineEnd()).isEqualTo(eos);
    assertThat(encoder.counts(eos)).isTrue();
    assertThat(encoder.prime("a\nb")).containsExactly(eos, 1, eos, 2);
  }

  @Test
  void theEndOfADocumentIsNoCharacter() {
    CharEncoder encoder = fit(Map.of("min-count", "1"), "ab\n");
    assertThat(encoder.counts(encoder.endSymbol())).isFalse();
    assertThat(encoder.counts(encoder.unknownSymbol())).isTrue();
  }

  @Test
  void wordsAreReadByLines() {
    CharEncoder encoder =
        fit(Map.of("level", "word", "min-count", "1"), "the cat sat", "the dog, too");
    EncodedText encoded =
        encoder.encodeAll(List.of(new Passage("the dog sat"), new Passage("the bird")));
    assertThat(encoded.unknown()).isEqualTo(1);
    assertThat(encoded.characters()).isEqualTo(11 + 1 + 8 + 1);
    assertThat(encoded.predictions()).isEqualTo(7);
    assertThat(spell(encoder, Texts.array(encoded.symbols())))
        .isEqualTo("the dog sat\nthe <UNK>\n");
  }

  @Test
  void noSymbolThatIsFrequentEnoughIsAnError() {
    assertThatThrownBy(() -> fit(Map.of("min-count", "5"), "abc"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no symbol occurs 5 times");
  }

  @Test
  void arraysAreShiftedByOneAndMasked() {
    CharEncoder encoder = fit(Map.of("min-count", "1"), "abc");
    Stretch full = new Stretch(new int[] {4, 1, 2, 3}, 0, 3);
    Stretch shorter = new Stretch(new int[] {4, 1, 2, 3}, 1, 1);
    MultiDataSet even = encoder.encode(List.of(full));
    assertThat(even.getFeatures(0).shape()).containsExactly(1, 1, 3);
    assertThat(even.getFeatures(0).toString()).isEqualTo("[[[    4.0000,    1.0000,    2.0000]]]");
    assertThat(even.getLabels(0).toString()).isEqualTo("[[[    1.0000,    2.0000,    3.0000]]]");
    assertThat(even.getFeaturesMaskArray(0)).isNull();
    MultiDataSet uneven = encoder.encode(List.of(full, shorter));
    assertThat(uneven.getFeatures(0).slice(1).toFloatVector()).containsExactly(1, 0, 0);
    assertThat(uneven.getLabels(0).slice(1).toFloatVector()).containsExactly(2, 0, 0);
    assertThat(uneven.getLabelsMaskArray(0).getRow(1).toFloatVector()).containsExactly(1, 0, 0);
  }
}
