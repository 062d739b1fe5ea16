package dev.unroll.layers.pooling;

import dev.unroll.layers.memory.Copier;
import dev.unroll.layers.memory.Masks;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One batch of sequences and which of their steps the summaries of {@link SequencePooling} take.
 *
 * <p>Sequences lie time-major; a row is all features of an example at a step. Rows pass through the
 * heap one at a time: arrays as large as the batch would be the collector's main work.
 */
final class PooledSequences {
  /** Batches with fewer elements are not worth waking another thread for. */
  private static final int SMALL = 1 << 15;

  private static final int NONE = -1;

  private final List<Summary> summaries;
  private final int batch;
  private final int features;
  private final int time;
  private final float[] mask;

  /**
   * By example: its first, middle and last valid step, {@link #NONE} without any, and their number.
   */
  private final int[] first;

  private final int[] middle;
  private final int[] last;
  private final int[] count;

  /** By example and feature: the first of the steps with the largest value. */
  private final int[] largest;

  /**
   * Takes a batch.
   *
   * @param sequences {@code [batch, features, time]}
   * @param mask {@code [batch, time]}, or null if every step is valid
   */
  PooledSequences(INDArray sequences, INDArray mask, SequencePooling pooling) {
    this(
        Math.toIntExact(sequences.size(0)),
        Math.toIntExact(sequences.size(1)),
        Math.toIntExact(sequences.size(2)),
        Masks.timeMajor(mask, sequences.size(0), sequences.size(2)),
        pooling);
  }

  /**
   * Takes a batch of these sizes.
   *
   * @param mask as {@link Masks#timeMajor} gives it
   */
  PooledSequences(int batch, int features, int time, float[] mask, SequencePooling pooling) {
    this.summaries = pooling.summaries();
    this.batch = batch;
    this.features = features;
    this.time = time;
    this.mask = mask;
    first = new int[batch];
    middle = new int[batch];
    last = new int[batch];
    count = new int[batch];
    largest = new int[batch * features];
    for (int b = 0; b < batch; b++) {
      first[b] = last[b] = NONE;
      for (int t = 0; t < time; t++) {
        if (valid(b, t)) {
          first[b] = count[b]++ == 0 ? t : first[b];
          last[b] = t;
        }
      }
      middle[b] = middle(b, pooling.middle());
    }
  }

  private int middle(int b, double share) {
    int seen = 0;
    for (int t = 0; t < time; t++) {
      seen += valid(b, t) ? 1 : 0;
      if (seen >= share * count[b] && seen > 0) {
        return t;
      }
    }
    return NONE;
  }

  /**
   * The output {@code [batch, summaries * features]}.
   *
   * @param sequences the batch, time-major
   */
  float[] forward(INDArray sequences) {
    return forward(() -> NativeMemory.floats(sequences));
  }

  /**
   * The same.
   *
   * @param values a pointer of each caller's own to the batch, time-major
   */
  float[] forward(Supplier<FloatPointer> values) {
    float[] output = new float[batch * summaries.size() * features];
    boolean maximum = summaries.contains(Summary.MAX);
    forEachExample(
        b -> {
          long memory = values.get().address();
          Copier copier = new Copier();
          float[] row = new float[features];
          int[] bits = new int[features];
          Maxima maxima = new Maxima(features);
          for (int t = first[b]; t <= last[b] && count[b] > 0; t++) {
            if (valid(b, t)) {
              if (maximum) {
                copier.readBits(memory + bytesTo(t, b), bits, features);
                maxima.take(bits, t);
              }
              copier.read(memory + bytesTo(t, b), row, features);
              for (int k = 0; k < summaries.size(); k++) {
                take(row, b, t, summaries.get(k), output, (b * summaries.size() + k) * features);
              }
            }
          }
          for (int k = 0; k < summaries.size() && count[b] > 0; k++) {
            if (summaries.get(k) == Summary.MAX) {
              maxima.values(output, (b * summaries.size() + k) * features);
              maxima.steps(largest, b * features);
            }
          }
        });
    Reference.reachabilityFence(values);
    return output;
  }

  private void take(float[] row, int b, int t, Summary summary, float[] output, int to) {
    switch (summary) {
      case MAX -> {} // by Maxima
      case MEAN -> add(row, 0, 1f / count[b], output, to);
      case FIRST, MIDDLE, LAST -> {
        if (t == chosen(summary, b)) {
          System.arraycopy(row, 0, output, to, features);
        }
      }
    }
  }

  /** The one step that a summary takes. */
  private int chosen(Summary summary, int b) {
    return switch (summary) {
      case FIRST -> first[b];
      case MIDDLE -> middle[b];
      case LAST -> last[b];
      case MAX, MEAN -> throw new IllegalArgumentException(summary + " takes no single step");
    };
  }

  /**
   * Writes the gradient of the sequences, after {@link #forward}.
   *
   * @param outer that of the output, {@code [batch, summaries * features]}
   * @param inner where to, time-major
   */
  void backward(float[] outer, INDArray inner) {
    forEachExample(
        b -> {
          long memory = NativeMemory.address(inner);
          Copier copier = new Copier();
          float[] row = new float[features];
          StepLists largestAt = new StepLists(time, largest, b * features, features);
          for (int t = 0; t < time; t++) {
            Arrays.fill(row, 0);
            for (int k = 0; k < summaries.size() && valid(b, t); k++) {
              int from = (b * summaries.size() + k) * features;
              give(outer, from, summaries.get(k), b, t, largestAt, row);
            }
            copier.write(row, memory + bytesTo(t, b), features);
          }
        });
    Reference.reachabilityFence(inner);
  }

  private void give(
      float[] outer, int from, Summary summary, int b, int t, StepLists largestAt, float[] row) {
    switch (summary) {
      case MAX -> largestAt.forEach(t, f -> row[f] += outer[from + f]);
      case MEAN -> add(outer, from, 1f / count[b], row, 0);
      case FIRST, MIDDLE, LAST -> add(outer, from, t == chosen(summary, b) ? 1 : 0, row, 0);
    }
  }

  private void add(float[] from, int fromOffset, float factor, float[] to, int toOffset) {
    for (int f = 0; f < features; f++) {
      to[toOffset + f] += factor * from[fromOffset + f];
    }
  }

  /** As {@link #forward}, for arrays of any type and order. */
  void forwardSlowly(INDArray sequences, INDArray output) {
    output.assign(0);
    forEachShare(
        sequences,
        (b, f, column, t, share) ->
            output.putScalar(
                b, column, output.getDouble(b, column) + share * sequences.getDouble(b, f, t)));
  }

  /** As {@link #backward}, for arrays of any type and order. */
  void backwardSlowly(INDArray sequences, INDArray outer, INDArray inner) {
    inner.assign(0);
    forEachShare(
        sequences,
        (b, f, column, t, share) ->
            inner.putScalar(
                new long[] {b, f, t},
                inner.getDouble(b, f, t) + share * outer.getDouble(b, column)));
  }

  /** Every element of the output is a weighted sum of elements of the sequences. */
  private interface Share {
    void accept(int b, int f, int column, int t, double share);
  }

  private void forEachShare(INDArray sequences, Share visitor) {
    for (int b = 0; b < batch; b++) {
      for (int k = 0; k < summaries.size() && count[b] > 0; k++) {
        for (int f = 0; f < features; f++) {
          int column = k * features + f;
          Summary summary = summaries.get(k);
          switch (summary) {
            case MAX -> visitor.accept(b, f, column, largest(sequences, b, f), 1);
            case FIRST, MIDDLE, LAST -> visitor.accept(b, f, column, chosen(summary, b), 1);
            case MEAN -> {
              for (int t = 0; t < time; t++) {
                if (valid(b, t)) {
                  visitor.accept(b, f, column, t, 1.0 / count[b]);
                }
              }
            }
          }
        }
      }
    }
  }

  private int largest(INDArray sequences, int b, int f) {
    int best = first[b];
    for (int t = first[b] + 1; t <= last[b]; t++) {
      if (valid(b, t) && sequences.getDouble(b, f, t) > sequences.getDouble(b, f, best)) {
        best = t;
      }
    }
    return best;
  }

  private void forEachExample(IntConsumer body) {
    if ((long) batch * features * time < SMALL) {
      for (int b = 0; b < batch; b++) {
        body.accept(b);
      }
    } else {
      Parallel.forEach(batch, body);
    }
  }

  private boolean valid(int b, int t) {
    return mask == null || mask[t * batch + b] != 0;
  }

  private long bytesTo(int t, int b) {
    return ((long) t * batch + b) * features * Float.BYTES;
  }
}
