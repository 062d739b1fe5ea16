package dev.unroll.layers.memory;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A block of native memory that grows and is used again, so that a training step allocates nothing.
 * It begins at a cache line.
 */
public final class Slab {
  private static final int ALIGNMENT = 64;

  private final DataType type;
  private BytePointer memory = new BytePointer();
  private long capacity;
  private long address;

  /**
   * An empty slab.
   *
   * @param type {@link DataType#FLOAT}, {@link DataType#DOUBLE} or {@link DataType#INT8}
   */
  public Slab(DataType type) {
    this.type = type;
  }

  /** Makes room for {@code length} values; the contents are undefined afterwards if it grew. */
  public Slab reserve(long length) {
    if (length > capacity) {
      memory.deallocate();
      memory = new BytePointer(length * type.width() + ALIGNMENT);
      capacity = length;
      address = (memory.address() + ALIGNMENT - 1) & -ALIGNMENT;
    }
    return this;
  }

  /** Makes room for {@code length} values and sets them to zero. */
  public Slab reserveZeros(long length) {
    reserve(length);
    if (length > 0) {
      Pointer.memset(pointer(), 0, length * type.width());
    }
    return this;
  }

  /** The type of the values. */
  public DataType type() {
    return type;
  }

  /** Where the values begin; changes when the slab grows. */
  public long address() {
    return address;
  }

  /** The whole memory as an untyped pointer, which keeps the slab. */
  public Pointer pointer() {
    return new Address(this).at(address);
  }

  /** The values of a {@link DataType#FLOAT} slab; keeps it, but a copy does not. */
  public FloatPointer floats() {
    return new Address(this).at(address).capacity(capacity);
  }

  /** Some of the values that a pointer points to; keeps the pointer, but a copy does not. */
  public static FloatPointer part(FloatPointer values, long first, long length) {
    return new Address(values).at(values.address() + first * Float.BYTES).capacity(length);
  }

  /** The first {@code length} values as doubles, whatever their type. */
  public double[] toDoubles(int length) {
    return toDoubles(pointer(), type, length);
  }

  /** The first values from {@code from} on as doubles, whatever their type. */
  public static double[] toDoubles(Pointer from, DataType type, int length) {
    double[] values = new double[length];
    if (type == DataType.DOUBLE) {
      new DoublePointer(from).get(values);
    } else {
      float[] singles = new float[length];
      new FloatPointer(from).get(singles);
      for (int i = 0; i < length; i++) {
        values[i] = singles[i];
      }
    }
    return values;
  }

  /** Overwrites the first values. */
  public void set(double[] values) {
    write(values, pointer(), type);
  }

  /** Writes the values to {@code to} in the given type. */
  public static void write(double[] values, Pointer to, DataType type) {
    if (type == DataType.DOUBLE) {
      new DoublePointer(to).put(values);
    } else {
      float[] singles = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        singles[i] = (float) values[i];
      }
      new FloatPointer(to).put(singles);
    }
  }
}
