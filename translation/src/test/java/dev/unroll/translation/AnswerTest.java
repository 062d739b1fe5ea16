package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.text.Vocabulary;
import dev.unroll.translation.TranslationSearch.Found;
import dev.unroll.translation.Translator.Piece;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final SearchConfig SEARCH = new SearchConfig(2, 1, 0, 2, true, 0);

  private final TranslationConfig config = TranslationNetworkTest.config();
  private final PairEncoder encoder =
      PairEncoder.fit(
          new Corpus<>(
              List.of(new SentencePair("ich sehe ein Haus", "I see a house")), "a pair", "none"),
          config);
  private final Answer answer = new Answer(config, encoder, SEARCH);

  /** A translation whose every word looked at one word of the source. */
  private Found found(double log, int sourceLength, Object... wordsAndPlaces) {
    Hypothesis hypothesis = Hypothesis.EMPTY;
    for (int i = 0; i < wordsAndPlaces.length; i += 2) {
      String word = (String) wordsAndPlaces[i];
      int id =
          word.equals(Vocabulary.END) ? encoder.target().special(word) : encoder.target().id(word);
      float[] looked = new float[sourceLength + 1]; // as in a batch with a longer sentence
      looked[(int) wordsAndPlaces[i + 1]] = 1;
      hypothesis = new Hypothesis(hypothesis, id, hypothesis.length() + 1, log, looked);
    }
    return new Found(hypothesis, log / 2);
  }

  @Test
  void copiesWhatIsUnknownFromWhereItLooked() {
    Found found = found(-1, 6, "I", 0, "see", 1, "Zwolle", 3, "Quito", 2, Vocabulary.END, 4);
    Piece piece = new Piece("ich sehe Quito Zwolle .", List.of(found));
    assertThat(encoder.sourceTokens(piece.text())).hasSize(6);
    assertThat(answer.of(piece.text(), List.of(piece)).translation())
        .isEqualTo("I see Zwolle Quito");
  }

  @Test
  void copiesNoEnd() {
    Found found = found(-1, 3, "I", 0, "Zwolle", 2, Vocabulary.END, 2);
    Piece piece = new Piece("ich Haus", List.of(found));
    assertThat(answer.of(piece.text(), List.of(piece)).translation()).isEqualTo("I ich");
  }

  @Test
  void joinsPieces() {
    Found first = found(-1, 3, "I", 0, "see", 1, Vocabulary.END, 2);
    Found other = found(-1.5, 3, "see", 1, Vocabulary.END, 2);
    Found second = found(-2, 3, "a", 0, "house", 1, Vocabulary.END, 2);
    Translated joined =
        answer.of(
            "ich sehe ein Haus",
            List.of(
                new Piece("ich sehe", List.of(first, other)),
                new Piece("ein Haus", List.of(second))));
    assertThat(joined.translation()).isEqualTo("I see a house");
    assertThat(joined.logProbability()).isCloseTo(-3, within(1e-12));
    assertThat(joined.alternatives())
        .extracting(Translated.Alternative::translation)
        .containsExactly("I see a house", "see a house");
    assertThat(joined.alternatives().get(1).score()).isCloseTo(-1.75, within(1e-12));
    Alignment alignment = joined.alignment().orElseThrow();
    assertThat(alignment.source()).containsExactly("ich", "sehe", "<END>", "ein", "Haus", "<END>");
    assertThat(alignment.target()).containsExactly("I", "see", "<END>", "a", "house", "<END>");
    for (int t = 0; t < 6; t++) {
      for (int s = 0; s < 6; s++) {
        assertThat(alignment.weights()[t][s]).isEqualTo(t == s ? 1 : 0);
      }
    }
  }

  @Test
  void nothingHasTheEmptyTranslation() {
    Translated blank = answer.of(" ", List.of());
    assertThat(blank.translation()).isEmpty();
    assertThat(blank.alternatives()).hasSize(1);
    assertThat(blank.alignment().orElseThrow().weights()).isEmpty();
  }
}
