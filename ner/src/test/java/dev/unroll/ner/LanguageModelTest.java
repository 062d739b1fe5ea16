package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Split;
import dev.unroll.data.UserError;
import dev.unroll.generation.language.CharacterStates;
import dev.unroll.generation.language.StackedStates;
import dev.unroll.generation.language.StoredStates;
import dev.unroll.testing.ModelContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Taggers that read with language models, in their files or beside them. */
class LanguageModelTest {
  @TempDir static Path models;
  private static List<CharacterStates> both;
  private static final Corpus<TaggedSentence> SENTENCES =
      new Corpus<>(NerModelTest.HANDFUL, "a handful", "none");

  @BeforeAll
  static void trainLanguageModels() {
    both = TinyLanguageModels.both(models);
  }

  private static NerModel train(NerConfig config, List<CharacterStates> with, boolean embedded) {
    return new NerTrainer(config)
        .languageModels(with, embedded)
        .train(TagEncoder.fit(SENTENCES, config), new Split<>(SENTENCES, SENTENCES))
        .model();
  }

  private static NerConfig config(String... more) {
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
  void eachMustBeTheOneOfTheTraining() {
    Path file = models.resolve("tagger.zip");
    train(config("epochs", "1"), both, false).save(file);
    CharacterStates other =
        CharacterStates.load(
            TinyLanguageModels.write(models.resolve("other.zip"), false, "seed", "2"));
    CharacterStates forward = both.get(0);
    CharacterStates backward = both.get(1);
    assertThat(NerModel.load(file, List.of(backward, forward)).languageModels())
        .containsExactly(forward, backward);
    refused(
        file,
        List.of(),
        "was trained with the language model forward.zip (SHA-256 %s…), which it needs to tag; give it with language-model"
            .formatted(forward.sha256().substring(0, 12)));
    refused(file, List.of(forward), "the language model backward.zip (SHA-256 ");
    refused(
        file,
        List.of(other, backward),
        "the language model forward.zip (SHA-256 %s…), and other.zip (SHA-256 %s…) is another"
            .formatted(forward.sha256().substring(0, 12), other.sha256().substring(0, 12)));
    refused(file, List.of(forward, other, backward), "needs no language model other.zip");
    Path plain = models.resolve("plain.zip");
    train(config("epochs", "1"), List.of(), false).save(plain);
    refused(plain, List.of(forward), "needs no language model forward.zip beside its file");
  }

  private static void refused(Path file, List<CharacterStates> given, String reason) {
    assertThatThrownBy(() -> NerModel.load(file, given))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFileWithoutNeedsNothingOfThis() throws IOException {
    Path plain = models.resolve("none.zip");
    train(config("epochs", "1"), List.of(), true).save(plain);
    try (ZipFile zip = new ZipFile(plain.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName)).noneMatch(name -> name.contains("language"));
    }
  }

  @Test
  void whatOnlyCharlmUsesStaysOut() throws IOException {
    Path file = models.resolve("embedded.zip");
    train(config("epochs", "1"), both, true).save(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName).filter(name -> name.contains("language")))
          .containsExactlyInAnyOrder(
              "language-models.json",
              "language-model-1/config.properties",
              "language-model-1/parameters.bin",
              "language-model-1/vocabulary.txt",
              "language-model-2/config.properties",
              "language-model-2/parameters.bin",
              "language-model-2/vocabulary.txt");
    }
    Files.delete(models.resolve("forward.zip"));
    TinyLanguageModels.write(models.resolve("forward.zip"), false);
    assertThat(NerModel.load(file).tag("Ada slept").tokens()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          language-models.json | (?s)^.*$ | null | 'language-models.json'
          language-models.json | (?s)^.*$ | {"models": []} | a name and a digest
          language-models.json | (?s)^.*$ | {"models": [null]} | a name and a digest
          language-models.json | "width": 9 | "width": 8 | has states of 8, and they are of 9
          language-models.json | "width": 9 | "width": 2000000000 | has states of 2000000000
          language-model-1/config.properties | hidden=9 | hidden=2000000000 | describes has
          language-model-1/config.properties | hidden=9 | hidden=8 | does not fit
          language-model-2/config.properties | level=character | level=word | reads words
          language-model-2/vocabulary.txt | (?m)^A\\t.*\\n | ~~ | does not fit
          config.properties | language-model-dimensions=7 | language-model-dimensions=2000000000 | describes has
          """)
  void whatFitsNotIsRefused(String entry, String what, String by, String reason)
      throws IOException {
    Path good = models.resolve("good.zip");
    if (!Files.exists(good)) {
      train(config("epochs", "1"), both, true).save(good);
    }
    Path hostile = models.resolve("hostile.zip");
    try (ZipFile zip = new ZipFile(good.toFile());
        ModelFileWriter file = new ModelFileWriter(hostile, "ner")) {
      for (ZipEntry each : Collections.list(zip.entries())) {
        byte[] bytes = zip.getInputStream(each).readAllBytes();
        if (each.getName().equals(entry)) {
          String text = new String(bytes, StandardCharsets.UTF_8);
          assertThat(text).containsPattern(what);
          file.text(entry, text.replaceFirst(what, by));
        } else if (!each.getName().equals("unroll.json")) {
          file.binary(each.getName(), out -> out.write(bytes));
        }
      }
      file.commit();
    }
    assertThatThrownBy(() -> NerModel.load(hostile))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("hostile.zip")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("\n");
  }
}
