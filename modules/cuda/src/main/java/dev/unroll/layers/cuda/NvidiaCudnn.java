package dev.unroll.layers.cuda;

import static org.bytedeco.cuda.global.cudart.*;
import static org.bytedeco.cuda.global.cudnn.cudnnCreate;
import static org.bytedeco.cuda.global.cudnn.cudnnGetErrorString;
import static org.bytedeco.cuda.global.cudnn.cudnnGetLastErrorString;
import static org.bytedeco.cuda.global.cudnn.cudnnGetVersion;

import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * NVIDIA's CUDA and cuDNN, on CUDA's first device; {@code CUDA_VISIBLE_DEVICES} and {@code
 * CUDA_DEVICE_ORDER} say which one that is. Everything runs in the default stream, so a copy waits
 * for what was computed before it.
 *
 * <p>Not tested on a device yet.
 */
final class NvidiaCudnn implements Cudnn {
  private static final int DEVICE = 0;
  private static final int LONGEST_MESSAGE = 1024;

  private final cudnnContext handle = new cudnnContext();
  private final RnnAlgorithm wanted;
  private final Card card;

  /**
   * Loads the libraries and opens the device.
   *
   * @param requirements which the device is held against before cuDNN sees it
   * @param wanted by which recurrent networks are computed where it does
   * @throws UnsatisfiedLinkError if a library is missing
   * @throws IllegalStateException if there is no device, or the wrong one
   */
  NvidiaCudnn(Requirements requirements, RnnAlgorithm wanted) {
    this.wanted = wanted;
    int[] devices = new int[1];
    int status = cudaGetDeviceCount(devices);
    if (status != cudaSuccess || devices[0] == 0) {
      String reason =
          status == cudaSuccess ? "there is none" : cudaGetErrorString(status).getString();
      throw Requirements.noCard(reason, System.getenv("CUDA_VISIBLE_DEVICES"));
    }
    card = card();
    requirements.check(card);
    checkCudnn("cudnnCreate", cudnnCreate(handle));
  }

  private static Card card() {
    try (cudaDeviceProp device = new cudaDeviceProp();
        BytePointer bus = new BytePointer(32)) {
      check("cudaGetDeviceProperties", cudaGetDeviceProperties(device, DEVICE));
      check(
          "cudaDeviceGetPCIBusId",
          cudaDeviceGetPCIBusId(bus, Math.toIntExact(bus.capacity()), DEVICE));
      return new Card(
          device.name().getString(), 10 * device.major() + device.minor(), bus.getString());
    }
  }

  @Override
  public String describe() {
    int[] cuda = new int[1];
    check("cudaRuntimeGetVersion", cudaRuntimeGetVersion(cuda));
    long cudnn = cudnnGetVersion();
    return "cuDNN %d.%d.%d with CUDA %d.%d on %s%s"
        .formatted(
            cudnn / 10000,
            cudnn / 100 % 100,
            cudnn % 100,
            cuda[0] / 1000,
            cuda[0] / 10 % 100,
            card,
            wanted == RnnAlgorithm.STANDARD ? "" : ", " + wanted + " where it can");
  }

  @Override
  public long allocate(long bytes) {
    Pointer block = new Pointer();
    int status = cudaMalloc(block, bytes);
    if (status == cudaErrorMemoryAllocation) {
      cudaGetLastError(); // Else the next call would report it once more.
      try (SizeTPointer free = new SizeTPointer(1);
          SizeTPointer total = new SizeTPointer(1)) {
        check("cudaMemGetInfo", cudaMemGetInfo(free, total));
        throw new OutOfDeviceMemory(bytes, free.get(), total.get());
      }
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
  public Rnn rnn(RnnShape shape, DataType type, Arithmetic arithmetic) {
    if (wanted == RnnAlgorithm.PERSISTENT && card.capability() >= RnnAlgorithm.LEAST_CAPABILITY) {
      return new PersistentRnn(shape, type, algorithm -> rnn(shape, type, arithmetic, algorithm));
    }
    return rnn(shape, type, arithmetic, RnnAlgorithm.STANDARD);
  }

  private Rnn rnn(RnnShape shape, DataType type, Arithmetic arithmetic, RnnAlgorithm algorithm) {
    return new NvidiaRnn(this, handle, shape, type, arithmetic, algorithm);
  }

  private static void check(String call, int status) {
    if (status != cudaSuccess) {
      throw Failure.ofCuda(call, cudaGetErrorString(status).getString());
    }
  }

  static void checkCudnn(String call, int status) {
    if (status != 0) {
      try (BytePointer words = new BytePointer(LONGEST_MESSAGE)) {
        words.fill(0);
        cudnnGetLastErrorString(words, words.capacity());
        throw Failure.ofCudnn(
            call, status, cudnnGetErrorString(status).getString(), words.getString());
      }
    }
  }
}
