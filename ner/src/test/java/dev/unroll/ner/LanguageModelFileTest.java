package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import dev.unroll.generation.language.CharacterStates;
import dev.unroll.testing.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the files of taggers hold of language models, and which of them they take and refuse. */
class LanguageModelFileTest {
  @TempDir static Path models;
  private static List<CharacterStates> both;

  @BeforeAll
  static void trainLanguageModels() {
    both = TinyLanguageModels.both(models);
  }

  /** A tagger of one epoch. */
  private static NerModel train(List<CharacterStates> with, boolean embedded) {
    return LanguageModelTest.train(LanguageModelTest.config("epochs", "1"), with, embedded);
  }

  @Test
  void eachMustBeTheOneOfTheTraining() {
    Path file = models.resolve("tagger.zip");
    train(both, false).save(file);
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
    train(List.of(), false).save(plain);
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
    train(List.of(), true).save(plain);
    try (ZipFile zip = new ZipFile(plain.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName)).noneMatch(name -> name.contains("language"));
    }
  }

  @Test
  void whatOnlyCharlmUsesStaysOut() throws IOException {
    Path file = models.resolve("embedded.zip");
    train(both, true).save(file);
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
  void whatFitsNotIsRefused(String entry, String what, String by, String reason) {
    Path good = models.resolve("good.zip");
    if (!Files.exists(good)) {
      train(both, true).save(good);
    }
    Path hostile = ModelFiles.changed(good, models.resolve("hostile.zip"), entry, what, by);
    ModelFiles.assertRefused(hostile, reason, () -> NerModel.load(hostile));
  }
}
