package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Pass;
import dev.unroll.layers.kernel.RecurrentKernel;
import dev.unroll.layers.memory.Slab;
import dev.unroll.layers.memory.Sums;
import java.util.Arrays;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A whole batch, computed by cuDNN in one call forward and two back.
 *
 * <p>Inputs and outputs are copied; what the backward pass needs besides, the arrays of the forward
 * pass and cuDNN's reserve, stays on the device.
 */
final class CudnnPass extends Pass {
  private final Device device;
  private final Cudnn.Rnn network;
  private final DeviceMemory lengths;
  private final DeviceMemory input;
  private final DeviceMemory output;
  private final DeviceMemory states;
  private final DeviceMemory reserve;

  /** The derivatives of the parameters, as they lie in the weight space. */
  private final Slab gradient = new Slab(DataType.INT8);

  /** The lengths that the device has. */
  private int[] sentLengths = {};

  private Cudnn.Rows batch;
  private Cudnn.Arrays arrays;
  private CudnnWeights used;

  CudnnPass(Device device, CellShape shape, DataType type) {
    super(shape, type);
    this.device = device;
    network = device.network(shape, type);
    lengths = new DeviceMemory(device.cudnn);
    input = new DeviceMemory(device.cudnn);
    output = new DeviceMemory(device.cudnn);
    states = new DeviceMemory(device.cudnn);
    reserve = new DeviceMemory(device.cudnn);
  }

  @Override
  protected void prepare() {
    arrays = null;
  }

  @Override
  protected void forward(RecurrentKernel.Weights weights) {
    used = (CudnnWeights) weights;
    synchronized (device.cudnn) {
      Cudnn cudnn = device.cudnn;
      boolean memory = shape.cell().hasMemory();
      sendLengths();
      batch = new Cudnn.Rows(lengths(), steps(), lengths.address());
      Cudnn.Space space = network.space(training(), batch);
      long h0Address = states.reserve(4 * stateBytes()).address();
      arrays =
          new Cudnn.Arrays(
              used.address(),
              input.reserve(bytes(shape.inputs())).address(),
              output.reserve(bytes(shape.hidden())).address(),
              h0Address,
              h0Address + stateBytes(),
              memory ? h0Address + 2 * stateBytes() : 0,
              memory ? h0Address + 3 * stateBytes() : 0,
              space,
              device.work.reserve(space.work()).address(),
              reserve.reserve(space.reserve()).address());
      cudnn.upload(x.pointer(), arrays.x(), bytes(shape.inputs()));
      cudnn.upload(h0.pointer(), arrays.h0(), stateBytes());
      if (memory) {
        cudnn.upload(c0.pointer(), arrays.c0(), stateBytes());
      }
      network.forward(training(), batch, arrays);
      cudnn.download(arrays.y(), out.pointer(), bytes(shape.hidden()));
      if (memory) {
        cudnn.download(arrays.cN(), cN.pointer(), stateBytes());
      }
    }
  }

  @Override
  protected void backward(RecurrentKernel.Weights weights) {
    synchronized (device.cudnn) {
      Cudnn cudnn = device.cudnn;
      long dOutAddress = device.dOut.reserve(bytes(shape.hidden())).address();
      long dXAddress = device.dX.reserve(bytes(shape.inputs())).address();
      long sums = device.gradient.reserve(used.bytes()).address();
      // The memory of the work may have moved since.
      Cudnn.Arrays now = arrays.workingAt(device.work.reserve(arrays.space().work()).address());
      cudnn.upload(dOut.pointer(), dOutAddress, bytes(shape.hidden()));
      cudnn.clear(dXAddress, bytes(shape.inputs()));
      Cudnn.StateGradients states = sendStateGradients();
      network.backwardData(batch, now, dOutAddress, dXAddress, states);
      cudnn.clear(sums, used.bytes());
      network.backwardWeights(batch, now, sums);
      cudnn.download(dXAddress, dX.pointer(), bytes(shape.inputs()));
      cudnn.download(sums, gradient.reserve(used.bytes()).pointer(), used.bytes());
      if (dH0 != null) {
        cudnn.download(states.dH0(), dH0.pointer(), stateBytes());
      }
      if (dC0 != null) {
        cudnn.download(states.dC0(), dC0.pointer(), stateBytes());
      }
    }
  }

  private void sendLengths() {
    if (!Arrays.equals(sentLengths, lengths())) {
      sentLengths = new int[0];
      try (IntPointer numbers = new IntPointer(lengths())) {
        device.cudnn.upload(numbers, lengths.reserve(4L * rows()).address(), 4L * rows());
      }
      sentLengths = lengths().clone();
    }
  }

  private Cudnn.StateGradients sendStateGradients() {
    boolean memory = shape.cell().hasMemory();
    long first = device.dStates.reserve(4 * stateBytes()).address();
    device.cudnn.clear(first, (dCn == null && memory ? 2 : 1) * stateBytes());
    if (dCn != null) {
      device.cudnn.upload(dCn.pointer(), first + stateBytes(), stateBytes());
    }
    return new Cudnn.StateGradients(
        first,
        memory ? first + stateBytes() : 0,
        first + 2 * stateBytes(),
        memory ? first + 3 * stateBytes() : 0);
  }

  private long bytes(int features) {
    return (long) steps() * rows() * features * type.width();
  }

  private long stateBytes() {
    return (long) rows() * shape.hidden() * type.width();
  }

  @Override
  protected void inputGradient(int gate, Pointer sum, boolean add) {
    deliver(WeightSpace.Array.INPUT, gate, sum, add);
  }

  @Override
  protected void recurrentGradient(int gate, Pointer sum, boolean add) {
    deliver(WeightSpace.Array.RECURRENT, gate, sum, add);
  }

  @Override
  protected void biasGradient(Pointer sum, boolean add) {
    long bytes = (long) shape.hidden() * type.width();
    for (int block = 0; block < shape.cell().biases(); block++) {
      deliver(WeightSpace.Array.BIAS, block, new At(sum.address() + block * bytes), add);
    }
  }

  private void deliver(WeightSpace.Array array, int block, Pointer sum, boolean add) {
    WeightSpace.Piece piece = used.piece(array, block);
    Pointer from = new At(gradient.address() + piece.theirs());
    if (add) {
      Sums.add(from, sum, type, Math.toIntExact(piece.bytes() / type.width()));
    } else {
      Pointer.memcpy(sum, from, piece.bytes());
    }
  }
}
