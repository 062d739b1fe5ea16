package dev.unroll.embeddings;

import dev.unroll.cli.ModelOptions;
import dev.unroll.text.TextSource;
import dev.unroll.text.UserError;
import dev.unroll.text.WordVectorsReader;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes vectors in another format. */
@Command(name = "convert", description = "Write vectors in another format.")
final class ConvertCommand implements Runnable {
  private static final String PROJECTOR = "projector";

  @Mixin private ModelOptions model;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description =
          "text, binary (both word2vec's), glove, or projector (TensorFlow's; adds a file of the"
              + " words); without it by the name: .bin, .glove, else text.")
  private String format;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N vectors.")
  private Integer limit;

  @Parameters(paramLabel = "FILE", description = "Where to write; .gz packs.")
  private Path output;

  @Override
  public void run() {
    WordVectorsReader reader = new WordVectorsReader();
    if (limit != null && limit < 1) {
      throw UserError.usage("--limit must be at least 1, not " + limit);
    }
    reader = limit == null ? reader : reader.limit(limit);
    EmbeddingModel vectors = EmbeddingModel.of(reader.read(TextSource.of(model.model())));
    if (PROJECTOR.equals(format)) {
      ProjectorFiles.write(vectors, output);
    } else {
      vectors.save(output, VectorFormats.named(java.util.Optional.ofNullable(format), output));
    }
  }
}
