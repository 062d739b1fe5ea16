package dev.unroll.embeddings;

import dev.unroll.data.UserError;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the TensorFlow Embedding Projector loads: a file of vectors, the numbers of a line separated
 * by tabs, and beside it a file of the words, one a line.
 */
final class ProjectorFiles {
  private ProjectorFiles() {}

  /** Writes {@code file} and, with {@code .metadata.tsv} for its ending, the words. */
  static void write(EmbeddingModel model, Path file) {
    Path words = metadata(file);
    try (BufferedWriter vectors = Files.newBufferedWriter(file);
        BufferedWriter names = Files.newBufferedWriter(words)) {
      for (String word : model.words()) {
        float[] vector = model.vector(word).orElseThrow();
        for (int d = 0; d < vector.length; d++) {
          vectors.append(d == 0 ? "" : "\t").append(Float.toString(vector[d]));
        }
        vectors.append('\n');
        names.append(word).append('\n');
      }
    } catch (IOException e) {
      throw UserError.failed(file + ": cannot be written (" + e.getMessage() + ")", e);
    }
  }

  static Path metadata(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    return file.resolveSibling(name + ".metadata.tsv");
  }
}
