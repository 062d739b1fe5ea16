package dev.unroll.training.cuda;

import dev.unroll.layers.cuda.DeviceMemory;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/** What the parts of a network share in a step. */
final class Context {
  final Gpu gpu;
  final Operations operations;
  final Arena arena;
  final Parcel parcel;

  /** Steps that the network has made, from which dropout draws. */
  int iteration;

  private final DeviceMemory ones;
  private int oneCount;

  Context(Gpu gpu) {
    this.gpu = gpu;
    operations = new Operations(gpu);
    arena = new Arena(gpu.cudnn());
    ones = new DeviceMemory(gpu.cudnn());
    parcel = new Parcel(gpu.cudnn());
  }

  /** Room for floats that are 0. */
  long zeros(long floats) {
    long address = arena.take(floats * Float.BYTES);
    gpu.cudnn().clear(address, floats * Float.BYTES);
    return address;
  }

  /** Zeroes what lies behind the ends of sequences. */
  void clearPadding(Tensor tensor) {
    long lengths = tensor.lengths().unequal();
    if (lengths != 0) {
      int width = tensor.width();
      operations.columns(
          tensor.address(),
          width,
          0,
          tensor.address(),
          width,
          0,
          width,
          tensor.steps(),
          tensor.batch(),
          lengths,
          false);
    }
  }

  /** An address from which there are so many ones. */
  long ones(int count) {
    if (count > oneCount) {
      oneCount = Math.max(count, 2 * oneCount); // seldom, as counts go up and down
      try (FloatPointer staging = new FloatPointer((long) oneCount)) {
        float[] all = new float[oneCount];
        Arrays.fill(all, 1);
        staging.put(all);
        long bytes = oneCount * (long) Float.BYTES;
        gpu.cudnn().upload(staging, ones.reserve(bytes).address(), bytes);
      }
    }
    return ones.address();
  }

  /** Gives the memory back. */
  void close() {
    arena.close();
    ones.free();
    parcel.close();
  }
}
