package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import dev.unroll.layers.crf.CrfConstraints;
import dev.unroll.text.WordVectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

class TagEncoderTest {
  private static final Corpus<TaggedSentence> TRAIN =
      corpus(
          new TaggedSentence(List.of("Ada", "met", "Bo"), List.of("I-PER", "O", "I-PER")),
          new TaggedSentence(List.of("ada", "met"), List.of("I-PER", "O")));

  private static final NerConfig CONFIG = NerConfig.with(Map.of("shape-dimensions", "4"));

  @Test
  void encodesAsThePictureInItsDocumentationShows() {
    TagEncoder encoder = TagEncoder.fit(TRAIN, CONFIG);
    MultiDataSet batch =
        encoder.encode(
            encoder.prepareAll(
                List.of(
                    TRAIN.examples().get(0),
                    new TaggedSentence(List.of("Hi"), List.of("O")),
                    TaggedSentence.untagged(List.of()))));
    int ada = encoder.vocabulary().id("ada");
    int met = encoder.vocabulary().id("met");
    int bo = encoder.vocabulary().id("bo");
    assertThat(ada).isPositive();
    assertThat(row(batch.getFeatures(0))).containsExactly(ada, met, bo, 0, 0, 0, 0, 0, 0);
    assertThat(row(batch.getFeaturesMaskArray(1))).containsExactly(1, 1, 1, 1, 0, 0, 0, 0, 0);
    assertThat(batch.getFeatures(1).shape()).containsExactly(3, 5, 3);
    assertThat(row(batch.getLabels(0)))
        .containsExactly(encoder.tag("S-PER"), 0, encoder.tag("S-PER"), 0, 0, 0, 0, 0, 0);
    assertThat(row(batch.getFeatures(2))).startsWith(4, 1, 4, 4, 0);
    assertThat(encoder.scheme()).isEqualTo(TagScheme.IOB1);
    assertThat(encoder.tags()).containsExactly("O", "B-PER", "I-PER", "E-PER", "S-PER");
  }

  @Test
  void looksWordsUpInAnyCaseIfAskedTo() {
    Corpus<TaggedSentence> train =
        corpus(new TaggedSentence(List.of("met", "Ada"), List.of("O", "I-PER")));
    WordVectors vectors =
        new WordVectors("v", List.of("London", "NASA", "met"), 1, new float[] {1, 2, 3});
    for (boolean anyCase : new boolean[] {false, true}) {
      NerConfig config =
          NerConfig.with(Map.of("dimensions", "1", "any-case", String.valueOf(anyCase)));
      TagEncoder encoder = TagEncoder.fit(train, config, Optional.of(vectors));
      int london = encoder.vocabulary().id("London");
      assertThat(london).isPositive();
      assertThat(encoder.id("London")).isEqualTo(london);
      assertThat(encoder.id("Met")).isEqualTo(encoder.vocabulary().id("met"));
      assertThat(encoder.id("london")).isEqualTo(anyCase ? london : 0);
      assertThat(encoder.id("LONDON")).isEqualTo(anyCase ? london : 0);
      assertThat(encoder.id("nasa")).isEqualTo(anyCase ? encoder.vocabulary().id("NASA") : 0);
      assertThat(encoder.id("paris")).isZero();
      assertThat(encoder.id("")).isZero();
      assertThat(encoder.id("😀")).isZero();
    }
  }

  /** Column t of the characters is the spelling of word t, between its beginning and its end. */
  @Test
  void spellsWords() {
    TagEncoder encoder = TagEncoder.fit(TRAIN, CONFIG);
    INDArray characters = encoder.encode(encoder.prepareAll(TRAIN.examples())).getFeatures(1);
    int[] met = Spelling.numbers("met", encoder.alphabet());
    assertThat(met[0]).isEqualTo(1);
    assertThat(met[4]).isEqualTo(2);
    for (int i = 0; i < 5; i++) {
      assertThat(characters.getInt(0, i, 1)).isEqualTo(met[i]);
    }
    assertThat(characters.getInt(0, 4, 2)).isZero();
    assertThat(Spelling.numbers("😀", encoder.alphabet())).containsExactly(1, 3, 2);
    assertThat(Spelling.numbers("x".repeat(100_000), encoder.alphabet())).hasSize(34);
  }

  private static EncodedSentence spelled(int[]... words) {
    return new EncodedSentence(new int[words.length], words, null, null, 0, null, null);
  }

  @Test
  void rowsAndColumnsSpellTheSame() {
    int[][] words = {{1, 7, 2}, null, {1, 8, 9, 2}, {1, 5, 2}};
    List<EncodedSentence> sentences = List.of(spelled(words[0]), spelled(words[2], words[3]));
    INDArray columns = Spellings.columns(sentences).array();
    INDArray rows = Spellings.rows(sentences, 2).array();
    INDArray mask = Spellings.rows(sentences, 2).mask();
    assertThat(columns.shape()).containsExactly(2, 4, 2);
    assertThat(rows.shape()).containsExactly(4, 1, 4);
    for (int b = 0; b < 2; b++) {
      for (int t = 0; t < 2; t++) {
        int[] word = words[b * 2 + t];
        for (int i = 0; i < 4; i++) {
          int expected = word == null || i >= word.length ? 0 : word[i];
          assertThat(columns.getInt(b, i, t)).isEqualTo(expected);
          assertThat(rows.getInt(t * 2 + b, 0, i)).isEqualTo(expected);
          assertThat(mask.getInt(t * 2 + b, i)).isEqualTo(expected == 0 ? 0 : 1);
        }
      }
    }
  }

  @Test
  void knowsHowWordsAreCapitalised() {
    String[] words = {",", "ada", "a-b", "ADA", "Ada", "McAda", "A7", "77", ""};
    int[] shapes = {0, 1, 2, 3, 4, 5, 6, 7, 0};
    for (int i = 0; i < words.length; i++) {
      assertThat(Spelling.shape(words[i])).as(words[i]).isEqualTo(shapes[i]);
    }
  }

  @Test
  void looksWordsUpAsWrittenAndThenInLowerCase() {
    var vectors =
        new WordVectors("v", List.of("Ada", "oslo", "bo"), 2, new float[] {1, 2, 3, 4, 5, 6});
    TagEncoder encoder = TagEncoder.fit(TRAIN, CONFIG, Optional.of(vectors));
    assertThat(encoder.vocabulary().word(encoder.id("Ada"))).isEqualTo("Ada");
    assertThat(encoder.vocabulary().word(encoder.id("ada"))).isEqualTo("ada");
    assertThat(encoder.vocabulary().word(encoder.id("Bo"))).isEqualTo("bo");
    assertThat(encoder.vocabulary().word(encoder.id("OSLO"))).isEqualTo("oslo");
    assertThat(encoder.id("Zürich")).isZero();
  }

  /** All sequences of two types and up to four words: allowed are those that come back. */
  @Test
  void constraintsAllowWhatIsWellFormedAndNothingElse() {
    TagEncoder encoder =
        TagEncoder.fit(
            corpus(new TaggedSentence(List.of("a", "b"), List.of("B-x", "B-y"))), CONFIG);
    CrfConstraints constraints = encoder.constraints();
    int allowed = 0;
    for (int length = 1; length <= 4; length++) {
      for (int code = 0; code < Math.pow(9, length); code++) {
        List<String> tags = new ArrayList<>();
        for (int rest = code, i = 0; i < length; i++, rest /= 9) {
          tags.add(encoder.tags().get(rest % 9));
        }
        boolean wellFormed = TagScheme.BIOES.convert(tags).equals(tags);
        assertThat(allows(constraints, encoder, tags)).as("%s", tags).isEqualTo(wellFormed);
        allowed += wellFormed ? 1 : 0;
      }
    }
    assertThat(allowed).isPositive();
  }

  private static boolean allows(CrfConstraints constraints, TagEncoder encoder, List<String> tags) {
    boolean allowed =
        constraints.allowsStart(encoder.tag(tags.get(0)))
            && constraints.allowsEnd(encoder.tag(tags.get(tags.size() - 1)));
    for (int i = 1; i < tags.size(); i++) {
      allowed &= constraints.allows(encoder.tag(tags.get(i - 1)), encoder.tag(tags.get(i)));
    }
    return allowed;
  }

  @Test
  void dropsRareWordsInTrainingAlwaysAlikeForABatch() {
    List<String> words = new ArrayList<>(Collections.nCopies(999, "often"));
    words.add("once");
    Corpus<TaggedSentence> train =
        corpus(
            new TaggedSentence(words, Collections.nCopies(1000, "O")),
            new TaggedSentence(List.of("x"), List.of("B-x")));
    NerConfig config = NerConfig.with(Map.of("word-dropout", "0.5"));
    TagEncoder encoder = TagEncoder.fit(train, config);
    int dropped = 0;
    for (int round = 0; round < 400; round++) {
      List<EncodedSentence> batch =
          encoder.prepareAll(
              List.of(TaggedSentence.untagged(List.of("once", "once", "often", "n" + round))));
      INDArray ids = encoder.forTraining().encode(batch).getFeatures(0);
      assertThat(encoder.forTraining().encode(batch).getFeatures(0)).isEqualTo(ids);
      assertThat(encoder.encode(batch).getFeatures(0).getInt(0, 0, 0)).isPositive();
      dropped += ids.getInt(0, 0, 0) == 0 ? 1 : 0;
      dropped += ids.getInt(0, 0, 1) == 0 ? 1 : 0;
    }
    assertThat(dropped).isBetween(330, 470);
    int often = 0;
    INDArray ids =
        encoder
            .forTraining()
            .encode(encoder.prepareAll(train.examples().subList(0, 1)))
            .getFeatures(0);
    for (int t = 0; t < 999; t++) {
      often += ids.getInt(0, 0, t) == 0 ? 1 : 0;
    }
    assertThat(often).isLessThan(10);
  }

  @Test
  void refusesDataWithoutEntitiesAndUnknownTypes() {
    assertThatThrownBy(
            () -> TagEncoder.fit(corpus(new TaggedSentence(List.of("a"), List.of("O"))), CONFIG))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("test: no entities in it to learn from");
    assertThatThrownBy(() -> TagEncoder.fit(TRAIN, CONFIG).tag("S-LOC"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("[PER]");
  }

  private static int[] row(INDArray array) {
    return array.reshape(array.length()).toIntVector();
  }

  private static Corpus<TaggedSentence> corpus(TaggedSentence... sentences) {
    return new Corpus<>(List.of(sentences), "test", "none");
  }
}
