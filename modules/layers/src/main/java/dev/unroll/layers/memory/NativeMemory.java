package dev.unroll.layers.memory;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The memory behind an {@link INDArray}, for native code and for loops over {@code float[]}.
 *
 * <p>Reading an {@code INDArray} element by element crosses into native code each time; moving a
 * block into a {@code float[]}, working there, and moving it back is two orders faster.
 *
 * <p>ND4J frees the memory of an array outside all workspaces once nothing refers to the array any
 * more, and the compiler forgets a local variable after its last use: during a native call that was
 * given an address alone, the array may be gone. So who computes with an {@link #address} keeps the
 * array until the end, by {@link java.lang.ref.Reference#reachabilityFence} if by nothing else; the
 * pointers keep it themselves.
 *
 * <p>All methods look at the array's memory from its first element on, in the order in which it
 * lies there. Whether that order is the one that the caller thinks of is the caller's business: see
 * {@link TimeMajor#of}.
 */
public final class NativeMemory {

  private NativeMemory() {}

  /** The address of the array's first element; valid while the array is. */
  public static long address(INDArray array) {
    return array.data().addressPointer().address();
  }

  /** The memory of an array of any type; keeps the array. */
  public static Pointer pointer(INDArray array) {
    return new Address(array).at(address(array));
  }

  /** The memory of a {@link DataType#FLOAT} array; keeps the array, but a copy of it does not. */
  public static FloatPointer floats(INDArray array) {
    require(array, DataType.FLOAT);
    return new Address(array).at(address(array)).capacity(array.length());
  }

  /** The memory of a {@link DataType#DOUBLE} array; keeps the array, but a copy of it does not. */
  public static DoublePointer doubles(INDArray array) {
    require(array, DataType.DOUBLE);
    return new Doubles(array).capacity(array.length());
  }

  /** Copies the first {@code length} elements in memory order to {@code to}. */
  public static void read(INDArray array, float[] to, int length) {
    floats(array).get(to, 0, length);
  }

  /** Copies the first {@code length} values of {@code from} to the array, in memory order. */
  public static void write(float[] from, INDArray array, int length) {
    floats(array).put(from, 0, length);
  }

  /** Sets every byte of the array to zero; the array must be dense. */
  public static void zero(INDArray array) {
    Pointer.memset(pointer(array), 0, array.length() * array.dataType().width());
  }

  private static final class Doubles extends DoublePointer {
    @SuppressWarnings("unused") // held, so that its memory lasts
    private final INDArray array;

    Doubles(INDArray array) {
      super(array.data().addressPointer());
      this.array = array;
    }
  }

  private static void require(INDArray array, DataType type) {
    if (array.dataType() != type) {
      throw new IllegalArgumentException("expected " + type + ", got " + array.dataType());
    }
  }
}
