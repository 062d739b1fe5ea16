package dev.unroll.training.cuda;

import dev.unroll.layers.cuda.Cudnn;
import dev.unroll.layers.cuda.DeviceMemory;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * All that a step sends to the device, in one copy: ids, lengths, labels, learning rates. A copy
 * costs about as much as a kernel, however little it is.
 */
final class Parcel {
  private static final int ALIGNMENT = 256;

  private final Cudnn cudnn;
  private final DeviceMemory memory;
  private BytePointer staging = new BytePointer();
  private final List<Item> items = new ArrayList<>();
  private long bytes;

  Parcel(Cudnn cudnn) {
    this.cudnn = cudnn;
    memory = new DeviceMemory(cudnn);
  }

  /** An array in the parcel. */
  final class Item {
    private final Object array;
    private final long offset;

    private Item(Object array, long offset) {
      this.array = array;
      this.offset = offset;
    }

    /** Where it lies on the device, until the next parcel is sent. */
    long address() {
      return memory.address() + offset;
    }
  }

  /** Adds numbers; the array must not change before {@link #send}. */
  Item add(int[] numbers) {
    return add(numbers, numbers.length);
  }

  /** Adds numbers; the array must not change before {@link #send}. */
  Item add(float[] numbers) {
    return add(numbers, numbers.length);
  }

  private Item add(Object numbers, int length) {
    Item item = new Item(numbers, bytes);
    items.add(item);
    long end = bytes + (long) length * Float.BYTES;
    bytes = (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return item;
  }

  /** Empties it, for the next step. */
  void clear() {
    items.clear();
    bytes = 0;
  }

  /** Sends it, and says where everything lies. */
  void send() {
    if (staging.capacity() < bytes) {
      staging.close();
      staging = new BytePointer(bytes);
    }
    memory.reserve(bytes);
    for (Item item : items) {
      if (item.array instanceof int[] numbers) {
        new IntPointer(staging.getPointer(item.offset)).put(numbers, 0, numbers.length);
      } else {
        float[] numbers = (float[]) item.array;
        new FloatPointer(staging.getPointer(item.offset)).put(numbers, 0, numbers.length);
      }
    }
    cudnn.upload(staging, memory.address(), bytes);
  }

  void close() {
    memory.free();
    staging.close();
  }
}
