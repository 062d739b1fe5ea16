package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.CellShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Stands in for CUDA and cuDNN where there is no device: does in plain Java what NVIDIA's
 * documentation says of the calls, and knows nothing of the kernel that is tested with it. What
 * cuDNN leaves undefined is NaN here.
 *
 * @see RnnDouble
 */
public final class CudnnDouble implements Cudnn {
  static final String NAME = "cudnn-double";

  public final FakeMemory memory = new FakeMemory();
  public int uploads;
  public int downloads;

  /** Bytes that may be taken in all. */
  long room = Long.MAX_VALUE;

  /** Where the first output of a forward pass is wrong by 0.001. */
  Fault fault = (shape, type, training) -> false;

  private final IntUnaryOperator gates;

  private final List<RnnDouble> networks = new ArrayList<>();

  /** What a library may get wrong: some sizes, a type, or inference. */
  interface Fault {
    boolean strikes(CellShape shape, DataType type, boolean training);
  }

  /** One that is right. */
  public CudnnDouble() {
    this(IntUnaryOperator.identity());
  }

  /**
   * One that may be wrong.
   *
   * @param gates the gate whose bias it names when it is asked for that of a gate
   */
  CudnnDouble(IntUnaryOperator gates) {
    this.gates = gates;
  }

  @Override
  public String describe() {
    return "cuDNN's documented equations in Java, for tests";
  }

  @Override
  public long allocate(long bytes) {
    if (bytes > room - memory.bytes()) {
      throw new OutOfDeviceMemory(bytes, room - memory.bytes(), room);
    }
    return memory.allocate(bytes);
  }

  @Override
  public void free(long address) {
    memory.free(address);
  }

  @Override
  public void clear(long address, long bytes) {
    memory.clear(address, bytes);
  }

  @Override
  public void upload(Pointer from, long to, long bytes) {
    uploads++;
    memory.upload(from, to, bytes);
  }

  @Override
  public void download(long from, Pointer to, long bytes) {
    downloads++;
    memory.download(from, to, bytes);
  }

  @Override
  public Rnn rnn(RnnShape shape, DataType type, Arithmetic arithmetic) {
    RnnDouble network =
        new RnnDouble(
            memory,
            shape,
            type,
            arithmetic == Arithmetic.TF32 && type == DataType.FLOAT,
            gates,
            training -> fault.strikes(shape.first(), type, training));
    networks.add(network);
    return network;
  }

  /** How many networks have not been closed. */
  public long open() {
    return networks.stream().filter(network -> !network.closed).count();
  }
}
