package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.CellShape;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What all passes share: cuDNN, its networks, and the memory that a pass needs only while it
 * computes. Threads take turns, holding {@link #cudnn} as a lock: the device computes one pass at a
 * time, and the two directions of a layer one after the other.
 */
final class Device {
  final Cudnn cudnn;
  final DeviceMemory work;

  /** The derivatives with respect to outputs, inputs and weights. */
  final DeviceMemory dOut;

  final DeviceMemory dX;
  final DeviceMemory gradient;

  /** The derivatives with respect to states. */
  final DeviceMemory dStates;

  private final Map<Key, Cudnn.Rnn> networks = new HashMap<>();

  private final Arithmetic arithmetic;

  private record Key(CellShape shape, DataType type) {}

  Device(Cudnn cudnn, Arithmetic arithmetic) {
    this.cudnn = cudnn;
    this.arithmetic = arithmetic;
    work = new DeviceMemory(cudnn);
    dOut = new DeviceMemory(cudnn);
    dX = new DeviceMemory(cudnn);
    gradient = new DeviceMemory(cudnn);
    dStates = new DeviceMemory(cudnn);
  }

  /** The network of these sizes, of one layer in one direction. */
  Cudnn.Rnn network(CellShape shape, DataType type) {
    synchronized (cudnn) {
      return networks.computeIfAbsent(
          new Key(shape, type), key -> cudnn.rnn(RnnShape.of(shape), type, arithmetic));
    }
  }
}
