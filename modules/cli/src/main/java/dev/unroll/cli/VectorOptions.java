package dev.unroll.cli;

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

  /** The file of vectors; empty where none was given. */
  public Optional<Path> file() {
    return Optional.ofNullable(vectors);
  }
}
