package dev.unroll.embeddings;

import dev.unroll.data.AtomicFile;
import dev.unroll.data.UserError;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
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
    try (AtomicFile vectorFile = AtomicFile.create(file);
        AtomicFile wordFile = AtomicFile.create(words);
        Writer vectors = writer(vectorFile);
        Writer names = writer(wordFile)) {
      for (String word : model.words()) {
        float[] vector = model.vector(word).orElseThrow();
        for (int d = 0; d < vector.length; d++) {
          vectors.append(d == 0 ? "" : "\t").append(Float.toString(vector[d]));
        }
        vectors.append('\n');
        names.append(word).append('\n');
      }
      vectors.flush();
      names.flush();
      vectorFile.commit();
      wordFile.commit();
    } catch (IOException e) {
      throw UserError.failed(file + ": cannot be written (" + e.getMessage() + ")", e);
    }
  }

  private static Writer writer(AtomicFile file) {
    return new BufferedWriter(new OutputStreamWriter(file.out(), StandardCharsets.UTF_8));
  }

  static Path metadata(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    return file.resolveSibling(name + ".metadata.tsv");
  }
}
