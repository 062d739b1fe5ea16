package dev.unroll.layers.cuda;

import static org.bytedeco.cuda.global.cudart.*;
import static org.bytedeco.cuda.global.cudnn.cudnnCreate;
import static org.bytedeco.cuda.global.cudnn.cudnnGetErrorString;
import static org.bytedeco.cuda.global.cudnn.cudnnGetVersion;

import dev.unroll.layers.kernel.CellShape;
import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * NVIDIA's CUDA and cuDNN, on the first device; {@code CUDA_VISIBLE_DEVICES} says which one that
 * is. Everything runs in the default stream, so a copy waits for what was computed before it.
 *
 * <p>Not tested on a device yet.
 */
final class NvidiaCudnn implements Cudnn {
  private final cudnnContext handle = new cudnnContext();

  /**
   * Loads the libraries and opens the device.
   *
   * @throws UnsatisfiedLinkError if a library is missing
   * @throws IllegalStateException if there is no device or cuDNN does not know it
   */
  NvidiaCudnn() {
    int[] devices = new int[1];
    check("cudaGetDeviceCount", cudaGetDeviceCount(devices));
    checkCudnn("cudnnCreate", cudnnCreate(handle));
  }

  @Override
  public String describe() {
    int[] cuda = new int[1];
    check("cudaRuntimeGetVersion", cudaRuntimeGetVersion(cuda));
    long cudnn = cudnnGetVersion();
    try (cudaDeviceProp device = new cudaDeviceProp()) {
      check("cudaGetDeviceProperties", cudaGetDeviceProperties(device, 0));
      return "cuDNN %d.%d.%d with CUDA %d.%d on %s, compute capability %d.%d"
          .formatted(
              cudnn / 10000,
              cudnn / 100 % 100,
              cudnn % 100,
              cuda[0] / 1000,
              cuda[0] / 10 % 100,
              device.name().getString(),
              device.major(),
              device.minor());
    }
  }

  @Override
  public long allocate(long bytes) {
    Pointer block = new Pointer();
    int status = cudaMalloc(block, bytes);
    if (status == cudaErrorMemoryAllocation) {
      // What nobody holds any more is given back when the collector has found it.
      cudaGetLastError();
      System.gc();
      status = cudaMalloc(block, bytes);
    }
    check("cudaMalloc of " + bytes + " bytes", status);
    return block.address();
  }

  @Override
  public void free(long memory) {
    cudaFree(new At(memory));
  }

  @Override
  public void clear(long memory, long bytes) {
    check("cudaMemset", cudaMemset(new At(memory), 0, bytes));
  }

  @Override
  public void upload(Pointer from, long to, long bytes) {
    check("cudaMemcpy", cudaMemcpy(new At(to), from, bytes, cudaMemcpyHostToDevice));
  }

  @Override
  public void download(long from, Pointer to, long bytes) {
    check("cudaMemcpy", cudaMemcpy(to, new At(from), bytes, cudaMemcpyDeviceToHost));
  }

  @Override
  public Rnn rnn(CellShape shape, DataType type) {
    return new NvidiaRnn(this, handle, shape, type);
  }

  private static void check(String call, int status) {
    if (status != cudaSuccess) {
      throw new IllegalStateException(call + " failed: " + cudaGetErrorString(status).getString());
    }
  }

  static void checkCudnn(String call, int status) {
    if (status != 0) {
      throw new IllegalStateException(call + " failed: " + cudnnGetErrorString(status).getString());
    }
  }
}
