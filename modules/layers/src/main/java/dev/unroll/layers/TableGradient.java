package dev.unroll.layers;

import dev.unroll.layers.memory.Copier;
import dev.unroll.layers.memory.NativeMemory;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of a table {@code [words, size]}, to which each {@link WordEmbeddingLayer} that
 * reads from it adds its part in a backward pass, in whatever order they come. Only rows that were
 * read are looked at, unless a softmax has written to all of them ({@link TiedWeights}).
 */
final class TableGradient {
  private INDArray gradient;
  private int[] touched = {};

  /** Whether every row of the gradient but the touched ones is known to be zero. */
  private boolean clearElsewhere;

  /** Whether a softmax writes its part, of every row, before all others in a backward pass. */
  private boolean written;

  /** Who has added a part in this backward pass. */
  private final Set<WordEmbeddingLayer> added = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Where the gradient is from now on, {@code [words, size]} and 'c'; it may hold anything. */
  void lie(INDArray in) {
    gradient = in;
    touched = new int[0];
    clearElsewhere = false;
  }

  /** A softmax writes to every row, at the beginning of each backward pass. */
  void isWritten() {
    written = true;
  }

  /** A forward pass: what comes next belongs to another backward pass than what came before. */
  void begin() {
    added.clear();
  }

  /**
   * Adds the part of a layer, which no layer has twice in a backward pass.
   *
   * @param ids what it read, negative where it read nothing
   * @param epsilons the derivatives of the vectors of those, {@code [batch, size, time]},
   *     time-major
   * @param frozen whether nothing is to be added
   */
  void add(WordEmbeddingLayer layer, int[] ids, INDArray epsilons, boolean frozen) {
    if (added.isEmpty() || added.contains(layer)) {
      clear();
    }
    added.add(layer);
    if (frozen) {
      return;
    }
    Occurrences occurrences = Occurrences.of(ids);
    if (gradient.dataType() == DataType.FLOAT) {
      gather(occurrences, epsilons);
    } else {
      gatherSlowly(occurrences, epsilons);
    }
    touched =
        written
            ? IntStream.range(0, gradient.rows()).toArray()
            : union(touched, occurrences.rows());
  }

  /** Leaves nothing of the backward pass before. */
  private void clear() {
    if (!written) {
      if (clearElsewhere) {
        clearTouchedRows();
      } else {
        NativeMemory.zero(gradient);
      }
    }
    added.clear();
    clearElsewhere = false;
    touched = new int[0];
  }

  private void gather(Occurrences occurrences, INDArray epsilons) {
    int width = gradient.columns();
    float[] epsilon = new float[width];
    float[] sum = new float[width];
    long from = NativeMemory.address(epsilons);
    long to = NativeMemory.address(gradient);
    long bytes = (long) width * Float.BYTES;
    Copier copier = new Copier();
    for (int row = 0; row < occurrences.rows().length; row++) {
      long there = to + occurrences.rows()[row] * bytes;
      copier.read(there, sum, width);
      for (int k = occurrences.start(row); k < occurrences.start(row + 1); k++) {
        copier.read(from + occurrences.position(k) * bytes, epsilon, width);
        for (int i = 0; i < width; i++) {
          sum[i] += epsilon[i];
        }
      }
      copier.write(sum, there, width);
    }
    Reference.reachabilityFence(epsilons);
  }

  /** For networks of other types than float, which are there to be checked, not to be fast. */
  private void gatherSlowly(Occurrences occurrences, INDArray epsilons) {
    INDArray all = epsilons.permute(2, 0, 1).reshape('c', -1, gradient.columns());
    for (int row = 0; row < occurrences.rows().length; row++) {
      for (int k = occurrences.start(row); k < occurrences.start(row + 1); k++) {
        gradient.getRow(occurrences.rows()[row]).addi(all.getRow(occurrences.position(k)));
      }
    }
  }

  /** What is in one or the other; both, and the result, distinct and ascending. */
  static int[] union(int[] one, int[] other) {
    int[] both = new int[one.length + other.length];
    int n = 0;
    for (int i = 0, k = 0; i < one.length || k < other.length; n++) {
      boolean first = k == other.length || (i < one.length && one[i] <= other[k]);
      both[n] = first ? one[i] : other[k];
      i += first ? 1 : 0;
      k += k < other.length && other[k] == both[n] ? 1 : 0;
    }
    return Arrays.copyOf(both, n);
  }

  /** See {@link RowSparse#touchedRows}. */
  int[] touchedRows() {
    return touched;
  }

  /** See {@link RowSparse#touchRows}. */
  void touch(int[] rows) {
    touched = union(touched, rows);
  }

  /** See {@link RowSparse#clearTouchedRows}. */
  void clearTouchedRows() {
    long bytes = gradient.columns() * (long) gradient.dataType().width();
    try (BytePointer rows = new BytePointer(NativeMemory.pointer(gradient))) {
      for (int row : touched) {
        Pointer.memset(rows.position(row * bytes), 0, bytes);
      }
    }
    touched = new int[0];
    clearElsewhere = true;
  }
}
