package dev.unroll.training.cuda;

import java.util.Arrays;
import java.util.Optional;

/**
 * How many steps the sequences of a batch have, from the first on; at least one each, as cuDNN
 * wants it.
 */
final class Lengths {
  private final int[] values;
  private final int steps;
  private final Parcel.Item item;

  private Lengths(int[] values, int steps, Parcel parcel) {
    this.values = values;
    this.steps = steps;
    item = parcel.add(values);
  }

  /** All of the same length. */
  static Lengths all(int batch, int steps, Parcel parcel) {
    int[] values = new int[batch];
    Arrays.fill(values, steps);
    return new Lengths(values, steps, parcel);
  }

  /**
   * Those of a mask.
   *
   * @param mask element {@code t * batch + b}, or null if every step counts
   * @return empty if a sequence has no step, or one behind a gap
   */
  static Optional<Lengths> of(float[] mask, int batch, int steps, Parcel parcel) {
    if (mask == null) {
      return Optional.of(all(batch, steps, parcel));
    }
    int[] values = new int[batch];
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < steps; t++) {
        if (mask[t * batch + b] != 0) {
          if (values[b] < t) {
            return Optional.empty();
          }
          values[b] = t + 1;
        }
      }
      if (values[b] == 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new Lengths(values, steps, parcel));
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
    return Arrays.stream(values).allMatch(length -> length == steps) ? 0 : address();
  }
}
