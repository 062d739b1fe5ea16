package dev.unroll.layers;

import dev.unroll.layers.memory.Slab;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link WordEmbedding} for one step at a time. */
final class EmbeddingSteps {
  private final FloatPointer table;
  private final int words;
  private final float[] vector;
  private final Slab vectors = new Slab(DataType.FLOAT);

  /**
   * A table.
   *
   * @param table {@code [words, dimensions]}, row after row; must not be used otherwise
   */
  EmbeddingSteps(FloatPointer table, int words, int dimensions) {
    this.table = table;
    this.words = words;
    vector = new float[dimensions];
  }

  /** The vectors of words, {@code [ids, dimensions]}, until the next call. */
  StepPart.Features step(int[] ids) {
    FloatPointer to = vectors.reserve((long) ids.length * vector.length).floats();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= words) {
        throw new IllegalArgumentException(
            "word id " + ids[i] + ": ids are whole numbers from 0 to " + (words - 1));
      }
      table.position((long) ids[i] * vector.length).get(vector);
      to.position((long) i * vector.length).put(vector);
    }
    return new StepPart.Features(vectors, ids.length, vector.length);
  }
}
