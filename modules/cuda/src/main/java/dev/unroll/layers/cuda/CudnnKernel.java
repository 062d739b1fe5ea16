package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Pass;
import dev.unroll.layers.kernel.RecurrentKernel;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Computes on an NVIDIA GPU with cuDNN, a whole batch of sequences in one call; the arrays of the
 * network stay in main memory and are copied.
 *
 * <p>cuDNN's gated recurrent unit resets after the product, so {@link Cell#GRU} is left to another
 * kernel.
 */
final class CudnnKernel implements RecurrentKernel {
  private final String name;
  private final Device device;
  private final Arithmetic arithmetic;

  CudnnKernel(String name, Cudnn cudnn, Arithmetic arithmetic) {
    this.name = name;
    this.arithmetic = arithmetic;
    device = new Device(cudnn, arithmetic);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean supports(Cell cell, DataType type) {
    return cell != Cell.GRU && (type == DataType.FLOAT || type == DataType.DOUBLE);
  }

  @Override
  public Method method(CellShape shape, DataType type, Purpose purpose) {
    return new WholeBatch(device, shape, type);
  }

  private record WholeBatch(Device device, CellShape shape, DataType type) implements Method {
    @Override
    public Weights weights() {
      return new CudnnWeights(device, shape, type);
    }

    @Override
    public Pass pass() {
      return new CudnnPass(device, shape, type);
    }

    @Override
    public boolean takesWholeBatch() {
      return true;
    }
  }

  @Override
  public String toString() {
    return device.cudnn.describe() + ", in " + arithmetic;
  }
}
