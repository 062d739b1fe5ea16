package dev.unroll.ner;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.testing.Fuzz;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tagged sentences, columns and models, damaged at random. */
class FuzzTest {
  private static final String[] TEXTS = {
    "-DOCSTART- O\n\nAngela\tB-PER\nMerkel\tI-PER\nvisited\tO\nParis\tB-LOC\n\nx\tO\n",
    "U.N. NNP I-NP I-ORG\r\nofficial NN I-NP O\r\n\r\n",
    "Angela S-PER\nx B-LOC\ny I-LOC\nz E-LOC\n",
    "{\"text\":\"Angela Merkel visited Paris.\",\"spans\":[{\"start\":0,\"end\":13,\"type\":\"PER\"}]}\n"
        + "{\"text\":\"\",\"spans\":[]}\n",
    "{\"text\":\"😀 áb don't\",\"spans\":[{\"start\":2,\"end\":3,\"label\":\"X\"}]}\n"
  };

  private static TextSource source(byte[] input) {
    return TextSource.of("fuzz", new ByteArrayInputStream(input));
  }

  @Test
  void sentences() {
    new Fuzz("sentences", 800).like(TEXTS).read(input -> ConllReader.read(source(input)));
  }

  @Test
  void columns() {
    new Fuzz("columns", 400)
        .like(TEXTS)
        .read(
            input -> {
              try (LineReader lines = source(input).open()) {
                ConllLines blocks = new ConllLines(lines, false);
                while (blocks.next() != null) {
                  // All of them.
                }
              }
            });
  }

  @Test
  void models(@TempDir Path folder) throws Exception {
    Path model = Path.of(FuzzTest.class.getResource("/models/crf-lstm.zip").toURI());
    new Fuzz("ner-model", 20)
        .readForged(
            model,
            "ner",
            folder,
            input -> NerModel.load(new ByteArrayInputStream(input)).tag("Anna saw Oslo."));
  }
}
