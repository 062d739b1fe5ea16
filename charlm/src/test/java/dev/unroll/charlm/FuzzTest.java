package dev.unroll.charlm;

import dev.unroll.data.TextSource;
import dev.unroll.testing.Fuzz;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts and models, damaged at random. */
class FuzzTest {
  @Test
  void texts() {
    new Fuzz("texts", 500)
        .like("To be, or not\r\nto be: that is the question.\n\n😀 é \u200d\n", "\uFEFF\n", "a")
        .read(
            input -> {
              for (Ending ending : Ending.values()) {
                PassageReader.read(TextSource.of("fuzz", new ByteArrayInputStream(input)), ending);
              }
            });
  }

  @Test
  void models(@TempDir Path folder) throws Exception {
    Path model = Path.of(FuzzTest.class.getResource("/models/characters.zip").toURI());
    new Fuzz("charlm-model", 20)
        .readForged(
            model,
            "charlm",
            folder,
            input -> {
              CharLmModel loaded = CharLmModel.load(new ByteArrayInputStream(input));
              loaded.score("a lamp");
              loaded.sample(SampleRequest.ofLength(5, 1));
            });
  }
}
