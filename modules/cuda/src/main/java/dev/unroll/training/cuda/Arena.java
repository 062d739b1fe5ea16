package dev.unroll.training.cuda;

import dev.unroll.layers.cuda.Cudnn;
import dev.unroll.layers.cuda.DeviceMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory of the device for one step: taken piece by piece, and given back all at once. It grows
 * with the longest batch so far; a step that was seen before allocates nothing.
 */
final class Arena {
  /** What all of CUDA's libraries are content with. */
  private static final int ALIGNMENT = 256;

  /** Of what is taken when the room is used up. */
  private static final long LEAST = 1 << 20;

  private final Cudnn cudnn;

  /** The room, and what had to be added to it in this step. */
  private final List<DeviceMemory> blocks = new ArrayList<>();

  private long capacity;
  private long used;
  private long total;

  Arena(Cudnn cudnn) {
    this.cudnn = cudnn;
  }

  /** Begins a step: all that was taken is free again. */
  void begin() {
    if (blocks.size() > 1) {
      blocks.forEach(DeviceMemory::free);
      blocks.clear();
      add(total);
    }
    used = 0;
    total = 0;
  }

  private void add(long bytes) {
    capacity = Math.max(LEAST, bytes);
    blocks.add(new DeviceMemory(cudnn).reserve(capacity));
    used = 0;
  }

  /** Room whose contents are undefined. */
  long take(long bytes) {
    long rounded = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (blocks.isEmpty() || used + rounded > capacity) {
      add(rounded);
    }
    long address = blocks.get(blocks.size() - 1).address() + used;
    used += rounded;
    total += rounded;
    return address;
  }

  /** Room for vectors of another width. */
  Tensor take(Tensor like, int width) {
    Tensor tensor = new Tensor(0, like.steps(), like.batch(), width, like.lengths());
    return new Tensor(
        take(tensor.bytes()), tensor.steps(), tensor.batch(), width, tensor.lengths());
  }

  /** Gives everything back. */
  void close() {
    blocks.forEach(DeviceMemory::free);
    blocks.clear();
  }
}
