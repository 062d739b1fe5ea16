package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.RecurrentKernel;
import dev.unroll.layers.memory.Slab;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The parameters of one direction on the device. They are sent there only when they changed, which
 * is found out by comparing them with what was sent last.
 */
final class CudnnWeights implements RecurrentKernel.Weights {
  private final Device device;
  private final long bytes;
  private final List<WeightSpace.Piece> pieces;

  /** The weight space as it was sent; zeros where we have no parameter. */
  private final Slab sent = new Slab(DataType.INT8);

  private final DeviceMemory weights;
  private boolean fresh = true;

  CudnnWeights(Device device, CellShape shape, DataType type) {
    this.device = device;
    Cudnn.Rnn network = device.network(shape, type);
    bytes = network.weightBytes();
    pieces = WeightSpace.pieces(shape, network, 0, type.width());
    sent.reserveZeros(bytes);
    weights = new DeviceMemory(device.cudnn);
  }

  @Override
  public void load(Pointer input, Pointer recurrent, Pointer bias) {
    boolean changed = fresh;
    for (WeightSpace.Piece piece : pieces) {
      Pointer ours =
          switch (piece.array()) {
            case INPUT -> input;
            case RECURRENT -> recurrent;
            case BIAS -> bias;
          };
      Pointer from = new At(ours.address() + piece.ours());
      Pointer to = new At(sent.address() + piece.theirs());
      if (changed || Pointer.memcmp(from, to, piece.bytes()) != 0) {
        Pointer.memcpy(to, from, piece.bytes());
        changed = true;
      }
    }
    if (changed) {
      synchronized (device.cudnn) {
        device.cudnn.upload(sent.pointer(), weights.reserve(bytes).address(), bytes);
      }
      fresh = false;
    }
  }

  /** The weight space on the device. */
  long address() {
    return weights.address();
  }

  /** Size of the weight space. */
  long bytes() {
    return bytes;
  }

  /** Where a block of one of our arrays lies in it. */
  WeightSpace.Piece piece(WeightSpace.Array array, int block) {
    return pieces.stream()
        .filter(piece -> piece.array() == array && piece.block() == block)
        .findFirst()
        .orElseThrow();
  }
}
