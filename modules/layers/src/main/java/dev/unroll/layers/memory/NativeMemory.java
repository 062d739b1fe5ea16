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

  /** The memory of a {@link DataType#FLOAT} array; valid while the array is. */
  public static FloatPointer floats(INDArray array) {
    require(array, DataType.FLOAT);
    return new FloatPointer(array.data().addressPointer()).capacity(array.length());
  }

  /** The memory of a {@link DataType#DOUBLE} array; valid while the array is. */
  public static DoublePointer doubles(INDArray array) {
    require(array, DataType.DOUBLE);
    return new DoublePointer(array.data().addressPointer()).capacity(array.length());
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
    Pointer.memset(array.data().addressPointer(), 0, array.length() * array.dataType().width());
  }

  private static void require(INDArray array, DataType type) {
    if (array.dataType() != type) {
      throw new IllegalArgumentException("expected " + type + ", got " + array.dataType());
    }
  }
}
