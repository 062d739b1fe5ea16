package dev.unroll.cli;

import dev.unroll.text.WordVectors;
import dev.unroll.text.WordVectorsReader;
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
   * Reads the vectors, or is empty where none were given.
   *
   * @param most how many to read; a file has the commonest words first
   */
  public Optional<WordVectors> read(int most) {
    return Optional.ofNullable(vectors).map(path -> new WordVectorsReader().limit(most).read(path));
  }
}
