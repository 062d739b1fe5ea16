package dev.unroll.layers;

import dev.unroll.layers.SequencePooling.Summary;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One batch of sequences and which of their steps the summaries of {@link SequencePooling} take.
 *
 * <p>In arrays on the heap, element {@code (t * batch + b) * features + f} of the sequences is
 * feature f of example b at step t; the output is {@code [batch, summaries, features]}.
 */
final class PooledSequences {
  /** Batches with fewer elements are not worth waking another thread for. */
  private static final int SMALL = 1 << 16;

  private static final int NONE = -1;

  private final List<Summary> summaries;
  private final int batch;
  private final int features;
  private final int time;
  private final float[] mask;
  private final float[] values;

  /** By example: its first and last valid step, {@link #NONE} without any, and their number. */
  private final int[] first;

  private final int[] last;
  private final int[] count;

  /** By example and feature: the first of the steps with the largest value. */
  private final int[] largest;

  /**
   * Takes a batch.
   *
   * @param sequences {@code [batch, features, time]}, time-major
   * @param mask {@code [batch, time]}, or null if every step is valid
   */
  PooledSequences(INDArray sequences, INDArray mask, List<Summary> summaries) {
    this.summaries = summaries;
    batch = (int) sequences.size(0);
    features = (int) sequences.size(1);
    time = (int) sequences.size(2);
    this.mask = Masks.timeMajor(mask, batch, time);
    boolean fast = sequences.dataType() == DataType.FLOAT;
    values = new float[fast ? Math.toIntExact(sequences.length()) : 0];
    if (fast) {
      NativeMemory.read(sequences, values, values.length);
    }
    first = new int[batch];
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
    }
  }

  /** The output {@code [batch, summaries * features]}. */
  float[] forward() {
    float[] output = new float[batch * summaries.size() * features];
    forEachExample(
        b -> {
          for (int k = 0; k < summaries.size(); k++) {
            summarise(b, summaries.get(k), output, (b * summaries.size() + k) * features);
          }
        });
    return output;
  }

  private void summarise(int b, Summary summary, float[] output, int to) {
    switch (summary) {
      case MAX -> max(b, output, to);
      case MEAN -> mean(b, output, to);
      case FIRST -> System.arraycopy(values, row(first[b], b), output, to, features);
      case LAST -> System.arraycopy(values, row(last[b], b), output, to, features);
    }
  }

  private void max(int b, float[] output, int to) {
    System.arraycopy(values, row(first[b], b), output, to, features);
    Arrays.fill(largest, b * features, (b + 1) * features, first[b]);
    for (int t = first[b] + 1; t <= last[b]; t++) {
      if (valid(b, t)) {
        int from = row(t, b);
        for (int f = 0; f < features; f++) {
          if (values[from + f] > output[to + f]) {
            output[to + f] = values[from + f];
            largest[b * features + f] = t;
          }
        }
      }
    }
  }

  private void mean(int b, float[] output, int to) {
    for (int t = first[b]; t <= last[b]; t++) {
      if (valid(b, t)) {
        int from = row(t, b);
        for (int f = 0; f < features; f++) {
          output[to + f] += values[from + f];
        }
      }
    }
    float share = 1f / count[b];
    for (int f = 0; f < features; f++) {
      output[to + f] *= share;
    }
  }

  /**
   * The gradient of the sequences.
   *
   * @param outer that of the output, {@code [batch, summaries * features]}
   */
  float[] backward(float[] outer) {
    float[] inner = new float[batch * features * time];
    forEachExample(
        b -> {
          for (int k = 0; k < summaries.size(); k++) {
            int from = (b * summaries.size() + k) * features;
            switch (summaries.get(k)) {
              case MAX -> {
                for (int f = 0; f < features; f++) {
                  inner[row(largest[b * features + f], b) + f] += outer[from + f];
                }
              }
              case MEAN -> {
                float share = 1f / count[b];
                for (int t = first[b]; t <= last[b]; t++) {
                  if (valid(b, t)) {
                    add(outer, from, share, inner, row(t, b));
                  }
                }
              }
              case FIRST -> add(outer, from, 1, inner, row(first[b], b));
              case LAST -> add(outer, from, 1, inner, row(last[b], b));
            }
          }
        });
    return inner;
  }

  private void add(float[] from, int fromOffset, float factor, float[] to, int toOffset) {
    for (int f = 0; f < features; f++) {
      to[toOffset + f] += factor * from[fromOffset + f];
    }
  }

  /** As {@link #forward()}, for arrays of any type and order. */
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
          switch (summaries.get(k)) {
            case MAX -> visitor.accept(b, f, column, largest(sequences, b, f), 1);
            case FIRST -> visitor.accept(b, f, column, first[b], 1);
            case LAST -> visitor.accept(b, f, column, last[b], 1);
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
    IntConsumer valid =
        b -> {
          if (count[b] > 0) {
            body.accept(b);
          }
        };
    if (values.length < SMALL) {
      for (int b = 0; b < batch; b++) {
        valid.accept(b);
      }
    } else {
      Parallel.forEach(batch, valid);
    }
  }

  private boolean valid(int b, int t) {
    return mask == null || mask[t * batch + b] != 0;
  }

  private int row(int t, int b) {
    return (t * batch + b) * features;
  }
}
