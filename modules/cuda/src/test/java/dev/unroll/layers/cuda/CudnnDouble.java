package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.CellShape;
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
final class CudnnDouble implements Cudnn {
  static final String NAME = "cudnn-double";

  final FakeMemory memory = new FakeMemory();
  int uploads;
  private final IntUnaryOperator gates;

  CudnnDouble() {
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
    memory.download(from, to, bytes);
  }

  @Override
  public Rnn rnn(CellShape shape, DataType type) {
    return new RnnDouble(memory, shape, type, gates);
  }
}
