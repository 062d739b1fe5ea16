package dev.unroll.training.cuda;

import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The arguments of a kernel in native memory, as {@code cuLaunchKernel} wants them: a pointer to
 * each. An argument lies in the low bytes of a slot of 8 bytes, on machines that are little-endian
 * as all with an NVIDIA GPU are.
 *
 * <p>Native memory is allocated once, and used again by each {@link #set}.
 */
final class KernelArguments {
  /** More than any kernel has. */
  private static final int CAPACITY = 16;

  private static final long LOW_BYTES = 0xffff_ffffL;

  /** What a slot holds. */
  enum Kind {
    /** Of the device's memory, 8 bytes; 0 for none. */
    ADDRESS,
    INT,
    FLOAT,
    DOUBLE
  }

  private final LongPointer slots = new LongPointer(CAPACITY);
  private final PointerPointer<LongPointer> pointers = new PointerPointer<>(CAPACITY);
  private final Kind[] kinds = new Kind[CAPACITY];
  private int count;

  KernelArguments() {
    for (int i = 0; i < CAPACITY; i++) {
      pointers.put(i, slots.getPointer(i));
    }
  }

  /**
   * Takes the place of what was set before.
   *
   * @param values each an address (Long), Integer, Float or Double
   */
  KernelArguments set(Object... values) {
    for (int i = 0; i < values.length; i++) {
      set(i, values[i]);
    }
    count = values.length;
    return this;
  }

  private void set(int i, Object value) {
    if (value instanceof Long address) {
      put(i, Kind.ADDRESS, address);
    } else if (value instanceof Integer number) {
      put(i, Kind.INT, number & LOW_BYTES);
    } else if (value instanceof Float number) {
      put(i, Kind.FLOAT, Float.floatToRawIntBits(number) & LOW_BYTES);
    } else if (value instanceof Double number) {
      put(i, Kind.DOUBLE, Double.doubleToRawLongBits(number));
    } else {
      throw new IllegalArgumentException("no kernel takes " + value);
    }
  }

  private void put(int i, Kind kind, long bits) {
    kinds[i] = kind;
    slots.put(i, bits);
  }

  /** The number of arguments. */
  int count() {
    return count;
  }

  /** What argument {@code i} is. */
  Kind kind(int i) {
    return kinds[i];
  }

  /** The arguments, one after the other. */
  LongPointer slots() {
    return slots;
  }

  /** A pointer to each of them, the {@code kernelParams} of {@code cuLaunchKernel}. */
  PointerPointer<LongPointer> pointers() {
    return pointers;
  }
}
