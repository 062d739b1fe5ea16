package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.UserError;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.NetworkFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

class PairEncoderTest {
  private static final Corpus<SentencePair> SAMPLE = Sample.train();

  private static TranslationConfig config(String... settings) {
    Map<String, String> overrides = new HashMap<>(Map.of("merges", "200"));
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    return TranslationConfig.with(overrides);
  }

  private static final PairEncoder ENCODER = PairEncoder.fit(SAMPLE, config());

  private static int end() {
    return ENCODER.target().special(Vocabulary.END);
  }

  private static int[] target(PairEncoder encoder, String text) {
    return encoder.prepare(new SentencePair("", text)).target();
  }

  @ParameterizedTest
  @CsvSource({"subwords,false", "subwords,true", "whole,false", "whole,true"})
  void everySentenceOfTheTrainingComesBackAsItWas(String words, String joint) {
    PairEncoder encoder = PairEncoder.fit(SAMPLE, config("words", words, "joint", joint));
    for (SentencePair pair : SAMPLE.examples()) {
      int[] symbols = target(encoder, pair.target());
      assertThat(symbols).doesNotContain(Vocabulary.UNKNOWN_ID);
      assertThat(encoder.text(symbols)).isEqualTo(pair.target());
    }
    assertThat(encoder.source() == encoder.target()).isEqualTo(joint.equals("true"));
  }

  /** Whatever can be made of the characters that training had, in any order, comes back. */
  @Test
  void textNeverSeenComesBackAsItWas() {
    String characters = "abc def, ghi. !?’- ￭@@<END>￮ Ä12";
    // Each character at either end of a word and inside, so that each has its numbers.
    List<SentencePair> pairs = new ArrayList<>(SAMPLE.examples());
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      pairs.add(new SentencePair("x", scramble(characters, random)));
    }
    PairEncoder encoder = PairEncoder.fit(new Corpus<>(pairs, "mixed", "none"), config());
    for (int i = 0; i < 500; i++) {
      String text = scramble(characters, random);
      int[] symbols = target(encoder, text);
      assertThat(symbols).doesNotContain(Vocabulary.UNKNOWN_ID);
      assertThat(encoder.text(symbols)).isEqualTo(text.strip().replaceAll(" +", " "));
    }
  }

  private static String scramble(String characters, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  @Test
  void strangeTextHasSymbolsAndEndsWithTheEnd() {
    for (String text :
        List.of("", " ", "x", "東京タワー", "\ud800", "a\u0000b", "<END>", "word ".repeat(10_000))) {
      int[] symbols = ENCODER.source(text);
      assertThat(symbols[symbols.length - 1]).isEqualTo(ENCODER.source().special(Vocabulary.END));
      assertThat(Arrays.stream(symbols, 0, symbols.length - 1))
          .as("an end in '%s'", text)
          .doesNotContain(ENCODER.source().special(Vocabulary.END));
      assertThat(ENCODER.sourceTokens(text)).hasSize(symbols.length);
    }
    assertThat(ENCODER.source("")).hasSize(1);
    assertThat(ENCODER.sourceTokens("東").get(0)).isEqualTo("東");
  }

  @Test
  void rareSymbolsFallApartBeforeTheyAreUnknown() {
    PairEncoder encoder = PairEncoder.fit(SAMPLE, config("min-count", "4"));
    Vocabulary vocabulary = encoder.target();
    for (int id = 3; id < vocabulary.size(); id++) {
      assertThat(vocabulary.count(id)).as(vocabulary.word(id)).isGreaterThanOrEqualTo(4);
    }
    long unknown =
        SAMPLE.examples().stream()
            .flatMapToInt(pair -> Arrays.stream(target(encoder, pair.target())))
            .filter(id -> id == Vocabulary.UNKNOWN_ID)
            .count();
    assertThat(unknown).isEqualTo(vocabulary.count(Vocabulary.UNKNOWN_ID)).isBetween(1L, 40L);
  }

  @Test
  void lowerCaseIsOfTheSourceAlone() {
    PairEncoder encoder = PairEncoder.fit(SAMPLE, config("lowercase", "true"));
    assertThat(encoder.source("DER HUND")).isEqualTo(encoder.source("der Hund"));
    assertThat(encoder.text(target(encoder, "The dog"))).isEqualTo("The dog");
  }

  @Test
  void specialSymbolsAreNoText() {
    int[] hello = target(ENCODER, "Hello, we are here.");
    int[] framed = new int[hello.length + 1];
    framed[0] = ENCODER.target().special(Vocabulary.BEGIN);
    System.arraycopy(hello, 0, framed, 1, hello.length);
    assertThat(ENCODER.text(framed)).isEqualTo("Hello, we are here.");
    assertThat(ENCODER.text(new int[] {end()})).isEmpty();
    assertThat(ENCODER.text(new int[0])).isEmpty();
    assertThat(ENCODER.targetTokens(framed)).hasSize(framed.length).startsWith("<BEGIN>");
  }

  @Test
  void theDecoderReadsOneStepBehindWhatItIsToSay() {
    List<EncodedPair> pairs =
        ENCODER.prepareAll(
            List.of(
                new SentencePair("Der Hund.", "The dog is here."),
                new SentencePair("Die Katze schläft auf dem Tisch.", "No."),
                SentencePair.untranslated("Ja")));
    MultiDataSet batch = ENCODER.encode(pairs);
    INDArray sources = batch.getFeatures(0);
    INDArray read = batch.getFeatures(1);
    INDArray said = batch.getLabels(0);
    int longest = pairs.stream().mapToInt(pair -> pair.target().length).max().orElseThrow();
    int longestSource = pairs.stream().mapToInt(pair -> pair.source().length).max().orElseThrow();
    assertThat(sources.shape()).containsExactly(3, 1, longestSource);
    assertThat(read.shape()).containsExactly(3, 1, longest);
    assertThat(said.shape()).containsExactly(3, 1, longest);
    int begin = ENCODER.target().special(Vocabulary.BEGIN);
    for (int i = 0; i < 3; i++) {
      int[] source = pairs.get(i).source();
      for (int t = 0; t < longestSource; t++) {
        boolean there = t < source.length;
        assertThat(batch.getFeaturesMaskArray(0).getInt(i, t)).isEqualTo(there ? 1 : 0);
        assertThat(sources.getInt(i, 0, t)).isEqualTo(there ? source[t] : 0);
      }
      int[] target = pairs.get(i).target();
      for (int t = 0; t < longest; t++) {
        boolean there = t < target.length;
        assertThat(batch.getFeaturesMaskArray(1).getInt(i, t)).isEqualTo(there ? 1 : 0);
        assertThat(batch.getLabelsMaskArray(0).getInt(i, t)).isEqualTo(there ? 1 : 0);
        assertThat(said.getInt(i, 0, t)).isEqualTo(there ? target[t] : 0);
        int before = t == 0 ? begin : there ? target[t - 1] : 0;
        assertThat(read.getInt(i, 0, t)).isEqualTo(there ? before : 0);
      }
      assertThat(ENCODER.length(pairs.get(i))).isEqualTo(Math.max(source.length, target.length));
    }
    assertThat(pairs.get(0).target()).endsWith(end());
    assertThat(pairs.get(2).target()).isEmpty();
  }

  @Test
  void aBatchWithoutTranslationsCanBeMade() {
    MultiDataSet batch =
        ENCODER.encode(ENCODER.prepareAll(List.of(SentencePair.untranslated("Ja"))));
    assertThat(batch.getFeatures(1).shape()).containsExactly(1, 1, 1);
    assertThat(batch.getFeaturesMaskArray(1).sumNumber().intValue()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"subwords,false", "subwords,true", "whole,false"})
  void whatWasWrittenReadsTheSame(String words, String joint, @TempDir Path folder) {
    TranslationConfig config = config("words", words, "joint", joint, "min-count", "2");
    PairEncoder encoder = PairEncoder.fit(SAMPLE, config);
    Path file = folder.resolve("encoder.zip");
    try (ModelFileWriter out = NetworkFile.begin(file, "translation", config.toProperties())) {
      encoder.write(out);
      out.commit();
    }
    PairEncoder read =
        NetworkFile.load(
            file, "translation", in -> PairEncoder.read(in, in.config(TranslationConfig::with)));
    assertThat(read.source()).isEqualTo(encoder.source());
    assertThat(read.target()).isEqualTo(encoder.target());
    for (SentencePair pair : Sample.test().examples()) {
      assertThat(read.prepare(pair).source()).isEqualTo(encoder.prepare(pair).source());
      assertThat(read.prepare(pair).target()).isEqualTo(encoder.prepare(pair).target());
    }
  }

  @Test
  void nothingToLearnFromIsAnError() {
    Corpus<SentencePair> none =
        new Corpus<>(List.of(SentencePair.untranslated("Ja")), "none.tsv", "none");
    assertThatThrownBy(() -> PairEncoder.fit(none, config()))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("none.tsv: ");
  }
}
