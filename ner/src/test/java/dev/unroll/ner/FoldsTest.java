package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.unroll.cli.Cli;
import dev.unroll.testing.Program;
import dev.unroll.testing.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cross-validation, on data that marks its documents. */
class FoldsTest {
  private static final Program NER = (out, err, args) -> Cli.run(new Ner(), out, err, args);

  @Test
  void everyDocumentIsTestedOnceAndAllTogether(@TempDir Path folder) throws IOException {
    StringBuilder data = new StringBuilder();
    for (int document = 1; document <= 4; document++) {
      data.append("-DOCSTART- O\n\n");
      for (int sentence = 0; sentence < document; sentence++) {
        data.append("Ada B-PER\nslept O\n\n");
      }
    }
    Path file = Files.writeString(folder.resolve("d.conll"), data);
    Path model = folder.resolve("m.zip");
    Run run =
        NER.call(
            "train",
            "--train",
            file,
            "--model",
            model,
            "--folds",
            2,
            "--json",
            "--config",
            "tiny",
            "--hidden",
            4,
            "--epochs",
            1,
            "--dev-fraction",
            0);
    JsonObject report = run.succeeds().json().get(0);
    JsonArray folds = report.getAsJsonArray("folds");
    // Documents of 4, 3, 2 and 1 sentences make two folds of one size only as 4 + 1 and 3 + 2.
    assertThat(folds)
        .extracting(f -> f.getAsJsonObject().getAsJsonObject("test").get("sentences").getAsInt())
        .containsExactly(5, 5);
    JsonObject all = report.getAsJsonObject("test");
    assertThat(all.get("sentences").getAsInt()).isEqualTo(10);
    assertThat(all.get("gold").getAsInt()).isEqualTo(10);
    assertThat(run.err()).contains("fold 2 of 2", "read as conll");
    // The model of a fold is a model like any other, and scores what its fold says.
    Path second = folder.resolve("m.fold-2.zip");
    assertThat(NerModel.load(second).provenance().examples()).containsEntry("train", 5L);
    assertThat(model).doesNotExist();
  }
}
