package dev.unroll.cli;

import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Pretrained word vectors. */
public final class VectorOptions {
  @Option(
      names = "--vectors",
      paramLabel = "FILE",
      description = "Word vectors: word2vec text or binary, GloVe or fastText .vec; .gz too.")
  private Path vectors;

  @Option(
      names = "--freeze-vectors",
      description = "Keep the word vectors as they are instead of training them further.")
  private boolean freezeVectors;

  /**
   * Refuses to freeze what is random.
   *
   * @param others whether vectors come from somewhere else
   */
  public void check(boolean others) {
    if (freezeVectors && vectors == null && !others) {
      throw UserError.usage(
          "--freeze-vectors keeps vectors that were learnt before; name them with --vectors");
    }
  }

  /** The file of vectors; empty where none was given. */
  public Optional<Path> file() {
    return Optional.ofNullable(vectors);
  }
}
