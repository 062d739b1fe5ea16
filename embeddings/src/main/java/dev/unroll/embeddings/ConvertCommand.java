package dev.unroll.embeddings;

import dev.unroll.cli.ModelOptions;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.Optional;
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
      names = "--output-format",
      paramLabel = "NAME",
      description =
          "text, binary (both word2vec's), glove, or projector (TensorFlow's; adds a file of the"
              + " words); without it by the name: .bin, .glove, else text.")
  private String format;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N vectors.")
  private int limit = Integer.MAX_VALUE;

  @Parameters(paramLabel = "FILE", description = "Where to write; .gz packs.")
  private Path output;

  @Override
  public void run() {
    if (limit < 1) {
      throw UserError.usage("--limit must be at least 1, got " + limit);
    }
    if (PROJECTOR.equals(format)) {
      model.outputs().file(output, ProjectorFiles.metadata(output));
      ProjectorFiles.write(EmbeddingModel.load(model.model(), limit), output);
    } else {
      model.outputs().fileOrStream(output);
      var written = VectorFormats.named(Optional.ofNullable(format), output);
      EmbeddingModel.load(model.model(), limit).save(output, written);
    }
  }
}
