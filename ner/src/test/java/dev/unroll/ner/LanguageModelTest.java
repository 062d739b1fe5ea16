package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.generation.language.CharacterStates;
import dev.unroll.generation.language.StackedStates;
import dev.unroll.generation.language.StoredStates;
import dev.unroll.testing.ModelContract;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Taggers that read with language models; {@link LanguageModelFileTest} has their files. */
class LanguageModelTest {
  @TempDir static Path models;
  private static List<CharacterStates> both;
  private static final Corpus<TaggedSentence> SENTENCES =
      new Corpus<>(NerModelTest.HANDFUL, "a handful", "none");

  @BeforeAll
  static void trainLanguageModels() {
    both = TinyLanguageModels.both(models);
  }

  static NerModel train(NerConfig config, List<CharacterStates> with, boolean embedded) {
    return new NerTrainer(config)
        .languageModels(with, embedded)
        .train(TagEncoder.fit(SENTENCES, config), new Split<>(SENTENCES, SENTENCES))
        .model();
  }

  static NerConfig config(String... more) {
    List<String> settings = new ArrayList<>(List.of("language-model-dimensions", "7"));
    settings.addAll(List.of(more));
    return NerModelTest.config(settings.toArray(String[]::new));
  }

  abstract static class Contract extends ModelContract<NerModel, String, Tagging> {
    abstract boolean embedded();

    List<CharacterStates> given() {
      return embedded() ? List.of() : both;
    }

    @Override
    protected NerModel learn() {
      return LanguageModelTest.train(config(), both, embedded());
    }

    @Override
    protected void assertLearnt(NerModel model) {
      assertThat(model.evaluate(NerModelTest.HANDFUL).total().f1()).isEqualTo(100);
      assertThat(model.metrics()).containsEntry("f1", 100.0);
      assertThat(model.languageModels()).isEqualTo(both);
    }

    @Override
    protected NerModel train(long seed) {
      String number = String.valueOf(seed);
      NerConfig config =
          config("epochs", "3", "dropout", "0.5", "embedding-dropout", "0.3", "seed", number);
      return LanguageModelTest.train(config, both, embedded());
    }

    @Override
    protected List<String> questions() {
      return NerModelTest.ODD;
    }

    @Override
    protected List<Tagging> answer(NerModel model, List<String> texts) {
      return model.tag(texts);
    }

    @Override
    protected Tagging answer(NerModel model, String text) {
      return model.tag(text);
    }

    @Override
    protected void save(NerModel model, Path file) {
      model.save(file);
    }

    @Override
    protected NerModel load(Path file) {
      return NerModel.load(file, given());
    }

    @Override
    protected Optional<Function<InputStream, NerModel>> streamLoader() {
      return Optional.of(in -> NerModel.load(in, given()));
    }

    @Override
    protected List<Object> description(NerModel model) {
      return List.of(
          model.config(), model.languageModels().stream().map(CharacterStates::sha256).toList());
    }

    /** The metrics came of what was stored for the training. */
    @Test
    void scoresWhatItScoredInTraining() {
      NerModel model = train(3);
      assertThat(model.evaluate(NerModelTest.HANDFUL).total().f1())
          .isEqualTo(model.metrics().get("f1"));
    }
  }

  @Nested
  class InTheFile extends Contract {
    @Override
    boolean embedded() {
      return true;
    }
  }

  @Nested
  class BesideTheFile extends Contract {
    @Override
    boolean embedded() {
      return false;
    }
  }

  @Test
  void theNetworkReadsTheirStates() {
    TagEncoder encoder = TagEncoder.fit(SENTENCES, config()).with(new StackedStates(both));
    List<TaggedSentence> sentences =
        List.of(
            NerModelTest.HANDFUL.get(2),
            TaggedSentence.untagged(List.of()),
            NerModelTest.HANDFUL.get(4));
    INDArray states = encoder.encode(encoder.prepareAll(sentences)).getFeatures(2);
    assertThat(states.shape()).containsExactly(3, 18, 4);
    List<List<String>> words = sentences.stream().map(TaggedSentence::words).toList();
    float[][][] forward = both.get(0).of(words);
    float[][][] backward = both.get(1).of(words);
    for (int b = 0; b < 3; b++) {
      for (int t = 0; t < 4; t++) {
        boolean there = t < words.get(b).size();
        for (int i = 0; i < 9; i++) {
          assertThat(states.getFloat(b, i, t)).isEqualTo(there ? forward[b][t][i] : 0);
          assertThat(states.getFloat(b, 9 + i, t)).isEqualTo(there ? backward[b][t][i] : 0);
        }
      }
    }
  }

  @Test
  void storedStatesMakeTheSameArrays() {
    StackedStates stacked = new StackedStates(both);
    TagEncoder encoder = TagEncoder.fit(SENTENCES, config()).with(stacked);
    List<EncodedSentence> computed = encoder.prepareAll(NerModelTest.HANDFUL);
    try (StoredStates stored =
        stacked.store(
            NerModelTest.HANDFUL.stream().map(TaggedSentence::words).toList(), () -> {})) {
      List<EncodedSentence> kept =
          IntStream.range(0, computed.size())
              .mapToObj(i -> computed.get(i).withStates(stored.of(i)))
              .toList();
      List<EncodedSentence> mixed = new ArrayList<>(kept);
      mixed.set(1, computed.get(1)); // alone in its batch, and so rounded otherwise
      INDArray expected = encoder.encode(computed).getFeatures(2);
      assertThat(encoder.encode(kept).getFeatures(2)).isEqualTo(expected);
      assertThat(encoder.encode(mixed).getFeatures(2).equalsWithEps(expected, 1e-5)).isTrue();
    }
  }

  /** Names that neither words nor spellings tell apart, as every word is the same unknown one. */
  @Test
  void oneDirectionIsEnough() {
    NerConfig blind =
        config("characters", "none", "min-count", "50", "word-dropout", "0", "epochs", "70");
    double with = train(blind, both.subList(0, 1), true).metrics().get("f1");
    double without = train(blind, List.of(), false).metrics().get("f1");
    assertThat(with).isEqualTo(100);
    assertThat(without).isLessThan(90);
  }

  @Test
  void aTaggerThatBeginsWithAnotherReadsWithTheSame() {
    NerConfig config = config("epochs", "1");
    for (boolean embedded : new boolean[] {true, false}) {
      NerModel first = train(config, both, embedded);
      Optional<NerModel> begins = Optional.of(first);
      NerModel next =
          new NerTrainer(config)
              .beginWith(first, false)
              .train(
                  TagEncoder.fit(SENTENCES, config, Optional.empty(), begins),
                  new Split<>(SENTENCES, SENTENCES))
              .model();
      assertThat(next.languageModels()).isEqualTo(both);
      assertThat(next.isEmbedded()).isEqualTo(embedded);
      assertThat(next.metrics().get("logLoss")).isLessThan(first.metrics().get("logLoss"));
    }
  }
}
