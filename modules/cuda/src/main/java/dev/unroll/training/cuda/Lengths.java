package dev.unroll.training.cuda;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How many steps the sequences of a batch have, from the first on; at least one each, as cuDNN
 * wants it. One that has none is taken to have one, and {@link #empty} to whoever must not let it
 * count. Vectors without time are sequences of one step.
 */
final class Lengths {
  private final int[] values;
  private final int steps;
  private final BitSet empty;
  private final Parcel.Item item;

  private Lengths(int[] values, int steps, BitSet empty, Parcel parcel) {
    this.values = values;
    this.steps = steps;
    this.empty = empty;
    item = parcel.add(values);
  }

  /** All of the same length. */
  static Lengths all(int batch, int steps, Parcel parcel) {
    int[] values = new int[batch];
    Arrays.fill(values, steps);
    return new Lengths(values, steps, new BitSet(), parcel);
  }

  /**
   * Those of a mask.
   *
   * @param mask element {@code t * batch + b}, or null if every step counts
   * @return empty if a sequence has a step behind a gap, or one that counts in part
   */
  static Optional<Lengths> of(float[] mask, int batch, int steps, Parcel parcel) {
    if (mask == null) {
      return Optional.of(all(batch, steps, parcel));
    }
    int[] values = new int[batch];
    BitSet empty = new BitSet();
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < steps; t++) {
        if (mask[t * batch + b] != 0) {
          if (values[b] < t || mask[t * batch + b] != 1) {
            return Optional.empty();
          }
          values[b] = t + 1;
        }
      }
      if (values[b] == 0) {
        values[b] = 1;
        empty.set(b);
      }
    }
    return Optional.of(new Lengths(values, steps, empty, parcel));
  }

  /**
   * The longer of several of each sequence, as Deeplearning4j has it where they are read together.
   */
  static Lengths longest(List<Lengths> all, Parcel parcel) {
    Lengths first = all.get(0);
    int[] longest = first.values.clone();
    BitSet empty = (BitSet) first.empty.clone();
    for (Lengths other : all) {
      if (other.steps != first.steps || other.values.length != longest.length) {
        throw new IllegalArgumentException(
            "sequences that are read together must have the same shape, got %d x %d and %d x %d"
                .formatted(longest.length, first.steps, other.values.length, other.steps));
      }
      Arrays.setAll(longest, b -> Math.max(longest[b], other.values[b]));
      empty.and(other.empty);
    }
    return Arrays.equals(longest, first.values) && empty.equals(first.empty)
        ? first
        : new Lengths(longest, first.steps, empty, parcel);
  }

  /** Those of one vector each that is made of the sequences. */
  Lengths ofVectors(Parcel parcel) {
    int[] ones = new int[values.length];
    Arrays.fill(ones, 1);
    return new Lengths(ones, 1, empty, parcel);
  }

  /** How many sequences there are. */
  int batch() {
    return values.length;
  }

  /** The sequences that have no step. */
  BitSet empty() {
    return empty;
  }

  /** How many steps there is room for. */
  int steps() {
    return steps;
  }

  private boolean equal() {
    return Arrays.stream(values).allMatch(length -> length == steps);
  }

  /** A mask that says the same, element {@code t * batch + b}; null if nothing is padded. */
  float[] timeMajor() {
    if (equal()) {
      return null;
    }
    float[] mask = new float[values.length * steps];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i / values.length < values[i % values.length] ? 1 : 0;
    }
    return mask;
  }

  /** The mask that says the same, {@code [batch, time]}; null if nothing is padded. */
  INDArray mask() {
    if (equal()) {
      return null;
    }
    float[] mask = new float[values.length * steps];
    for (int b = 0; b < values.length; b++) {
      Arrays.fill(mask, b * steps, b * steps + values[b], 1);
    }
    return Nd4j.create(mask, new long[] {values.length, steps}, 'c');
  }

  int[] values() {
    return values;
  }

  /** On the device, once the parcel has been sent. */
  long address() {
    return item.address();
  }

  /** The same for {@link Operations}: 0 if nothing is padded. */
  long unequal() {
    return equal() ? 0 : address();
  }
}
