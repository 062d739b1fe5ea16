package dev.unroll.training.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.unroll.layers.cuda.Cudnn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.BytePointer;

/**
 * Memory for kernels, of this machine or of a device. On both sides of a block is some that must
 * stay as it is, and so must what is only read; what is only written is full of NaN at first.
 */
final class GuardedMemory {
  private static final int GUARD = 64;
  private static final byte GUARD_BYTE = 0x55;

  private final Map<Long, Block> blocks = new TreeMap<>();

  private final Place place;

  /** Where the memory is. */
  private interface Place {
    long allocate(int bytes);

    void free(long address);

    void write(byte[] values, long address);

    void read(long address, byte[] values);
  }

  /**
   * Memory of {@code bytes} between guards; {@code fixed} is what it must hold at the end, or null.
   */
  private record Block(long start, int bytes, byte[] fixed) {}

  private GuardedMemory(Place place) {
    this.place = place;
  }

  /** For kernels that the CPU computes. */
  static GuardedMemory ofThisMachine() {
    Map<Long, BytePointer> memories = new HashMap<>();
    return new GuardedMemory(
        new Place() {
          @Override
          public long allocate(int bytes) {
            BytePointer memory = new BytePointer(bytes);
            memories.put(memory.address(), memory);
            return memory.address();
          }

          @Override
          public void free(long address) {
            memories.remove(address).close();
          }

          @Override
          public void write(byte[] values, long address) {
            memories.get(address).put(values, 0, values.length);
          }

          @Override
          public void read(long address, byte[] values) {
            memories.get(address).get(values, 0, values.length);
          }
        });
  }

  /** For kernels that a device computes. */
  static GuardedMemory ofDevice(Cudnn cudnn) {
    return new GuardedMemory(
        new Place() {
          @Override
          public long allocate(int bytes) {
            return cudnn.allocate(bytes);
          }

          @Override
          public void free(long address) {
            cudnn.free(address);
          }

          @Override
          public void write(byte[] values, long address) {
            try (BytePointer staging = new BytePointer(values.length)) {
              cudnn.upload(staging.put(values, 0, values.length), address, values.length);
            }
          }

          @Override
          public void read(long address, byte[] values) {
            try (BytePointer staging = new BytePointer(values.length)) {
              cudnn.download(address, staging, values.length);
              staging.get(values, 0, values.length);
            }
          }
        });
  }

  /** Floats that are only read. */
  long in(float... values) {
    return allocate(bytes(values), true);
  }

  /** Doubles that are only read. */
  long in(double... values) {
    ByteBuffer bytes = buffer(values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return allocate(bytes.array(), true);
  }

  /** Integers that are only read. */
  long in(int... values) {
    ByteBuffer bytes = buffer(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return allocate(bytes.array(), true);
  }

  /** Floats that are read and written. */
  long inOut(float... values) {
    return allocate(bytes(values), false);
  }

  /** Room for so many floats or integers. */
  long out(int count) {
    byte[] garbage = new byte[count * Float.BYTES];
    Arrays.fill(garbage, (byte) -1);
    return allocate(garbage, false);
  }

  /** Room for so many doubles. */
  long outDoubles(int count) {
    return out(2 * count);
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = buffer(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private long allocate(byte[] values, boolean fixed) {
    byte[] all = new byte[values.length + 2 * GUARD];
    Arrays.fill(all, GUARD_BYTE);
    System.arraycopy(values, 0, all, GUARD, values.length);
    long start = place.allocate(all.length);
    place.write(all, start);
    long address = start + GUARD;
    blocks.put(address, new Block(start, values.length, fixed ? all : null));
    return address;
  }

  /** All of a block of floats. */
  float[] floats(long address) {
    ByteBuffer bytes = read(address);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /** All of a block of integers. */
  int[] ints(long address) {
    ByteBuffer bytes = read(address);
    int[] values = new int[bytes.remaining() / Integer.BYTES];
    bytes.asIntBuffer().get(values);
    return values;
  }

  /** All of a block of doubles. */
  double[] doubles(long address) {
    ByteBuffer bytes = read(address);
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  private ByteBuffer read(long address) {
    byte[] all = all(blocks.get(address));
    return ByteBuffer.wrap(Arrays.copyOfRange(all, GUARD, all.length - GUARD))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] all(Block block) {
    byte[] all = new byte[block.bytes + 2 * GUARD];
    place.read(block.start, all);
    return all;
  }

  /** Makes sure that nothing was written where nothing must be, and gives the memory back. */
  void close() {
    byte[] guard = new byte[GUARD];
    Arrays.fill(guard, GUARD_BYTE);
    for (Block block : blocks.values()) {
      byte[] all = all(block);
      assertArrayEquals(guard, Arrays.copyOf(all, GUARD), "before a block");
      assertArrayEquals(
          guard, Arrays.copyOfRange(all, all.length - GUARD, all.length), "behind a block");
      if (block.fixed != null) {
        assertArrayEquals(block.fixed, all, "what is only read");
      }
      place.free(block.start);
    }
    blocks.clear();
  }
}
