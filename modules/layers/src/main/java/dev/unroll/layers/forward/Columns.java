package dev.unroll.layers.forward;

import dev.unroll.layers.memory.Slab;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** Steps cut apart and put together by their features. */
final class Columns {
  private Columns() {}

  /** The features of several, side by side: Deeplearning4j's merge vertex. */
  static final class Merged implements ForwardPart {
    private final Slab out = new Slab(DataType.FLOAT);

    @Override
    public Steps read(List<Steps> below) {
      Steps first = below.get(0);
      int width = below.stream().mapToInt(Steps::width).sum();
      float[] all = new float[Math.multiplyExact(first.rows(), width)];
      int column = 0;
      for (Steps part : below) {
        if (part.batch() != first.batch() || part.time() != first.time()) {
          throw new IllegalArgumentException(
              "expected %d examples of %d steps beside the first, got %d of %d"
                  .formatted(first.batch(), first.time(), part.batch(), part.time()));
        }
        copy(part.toArray(), 0, part.width(), all, column, width, part.width());
        column += part.width();
      }
      out.reserve(all.length).floats().put(all);
      return first.with(out, width);
    }
  }

  /**
   * Some of the features: Deeplearning4j's subset vertex.
   *
   * @param from the first
   * @param to the last
   */
  record Some(int from, int to, Slab out) implements ForwardPart.Layer {
    Some(int from, int to) {
      this(from, to, new Slab(DataType.FLOAT));
    }

    @Override
    public Steps read(Steps below) {
      int width = to - from + 1;
      float[] some = new float[Math.multiplyExact(below.rows(), width)];
      copy(below.toArray(), from, below.width(), some, 0, width, width);
      out.reserve(some.length).floats().put(some);
      return below.with(out, width);
    }
  }

  private static void copy(
      float[] from, int fromColumn, int fromWidth, float[] to, int toColumn, int toWidth, int n) {
    for (int row = 0; row < to.length / toWidth; row++) {
      System.arraycopy(from, row * fromWidth + fromColumn, to, row * toWidth + toColumn, n);
    }
  }
}
