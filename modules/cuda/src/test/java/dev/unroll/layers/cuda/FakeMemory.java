package dev.unroll.layers.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The memory of a device that is not there. Its addresses belong to no memory of this process, so
 * code that mixes them up fails, as does reading beyond a block. Fresh memory is full of NaN.
 */
public final class FakeMemory {
  private static final byte GARBAGE = -1;

  private final TreeMap<Long, ByteBuffer> blocks = new TreeMap<>();
  private long next = 0x7000_0000_0000_0000L;

  synchronized long allocate(long bytes) {
    long address = next;
    next += bytes + 4096;
    ByteBuffer block =
        ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    blocks.put(address, block);
    spoil(address, bytes);
    return address;
  }

  synchronized void free(long address) {
    if (blocks.remove(address) == null) {
      throw new AssertionError("freed what was not allocated");
    }
  }

  /** The number of blocks. */
  public synchronized int size() {
    return blocks.size();
  }

  /** What all blocks hold. */
  synchronized long bytes() {
    return blocks.values().stream().mapToLong(ByteBuffer::capacity).sum();
  }

  void clear(long address, long bytes) {
    fill(address, bytes, (byte) 0);
  }

  /** Makes numbers NaN. */
  void spoil(long address, long bytes) {
    fill(address, bytes, GARBAGE);
  }

  private void fill(long address, long bytes, byte value) {
    ByteBuffer slice = at(address, bytes);
    for (int i = 0; i < bytes; i++) {
      slice.put(i, value);
    }
  }

  void upload(Pointer from, long to, long bytes) {
    byte[] copy = new byte[Math.toIntExact(bytes)];
    new BytePointer(from).get(copy);
    at(to, bytes).put(copy);
  }

  void download(long from, Pointer to, long bytes) {
    byte[] copy = new byte[Math.toIntExact(bytes)];
    at(from, bytes).get(copy);
    new BytePointer(to).put(copy);
  }

  public double[] numbers(long address, int count, DataType type) {
    ByteBuffer slice = at(address, (long) count * type.width());
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = type == DataType.DOUBLE ? slice.getDouble(8 * i) : slice.getFloat(4 * i);
    }
    return numbers;
  }

  int[] integers(long address, int count) {
    int[] integers = new int[count];
    at(address, 4L * count).asIntBuffer().get(integers);
    return integers;
  }

  public void set(long address, double[] numbers, DataType type) {
    ByteBuffer slice = at(address, (long) numbers.length * type.width());
    for (int i = 0; i < numbers.length; i++) {
      if (type == DataType.DOUBLE) {
        slice.putDouble(8 * i, numbers[i]);
      } else {
        slice.putFloat(4 * i, (float) numbers[i]);
      }
    }
  }

  /** Where what a device would find at an address really lies, for code that takes its place. */
  public synchronized long nativeAddress(long address) {
    Map.Entry<Long, ByteBuffer> block = blocks.floorEntry(address);
    long offset = address - block.getKey();
    if (offset > block.getValue().capacity()) {
      throw new AssertionError(Long.toHexString(address) + " is nobody's");
    }
    return new BytePointer(block.getValue()).address() + offset;
  }

  private synchronized ByteBuffer at(long address, long bytes) {
    Map.Entry<Long, ByteBuffer> block = blocks.floorEntry(address);
    if (block == null || address + bytes > block.getKey() + block.getValue().capacity()) {
      throw new AssertionError(bytes + " bytes at " + Long.toHexString(address) + " are nobody's");
    }
    int offset = Math.toIntExact(address - block.getKey());
    return block.getValue().slice(offset, (int) bytes).order(ByteOrder.nativeOrder());
  }
}
