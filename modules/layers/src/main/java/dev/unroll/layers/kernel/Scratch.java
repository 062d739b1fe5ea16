package dev.unroll.layers.kernel;

import dev.unroll.layers.memory.Slab;
import java.util.EnumMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Memory that passes need only while they compute. Each thread has its own, which all the passes
 * that it computes use one after the other: there are many more passes than threads.
 */
final class Scratch {
  private static final ThreadLocal<Map<DataType, Scratch>> OF_THREAD =
      ThreadLocal.withInitial(() -> new EnumMap<>(DataType.class));

  /** For a library. */
  final Slab pad = new Slab(DataType.INT8);

  /** The derivatives of the loss with respect to outputs and inputs. */
  final Slab dOut;

  final Slab dX;

  /** With respect to the states before the first step, and to the memory after the last. */
  final Slab dH0;

  final Slab dC0;
  final Slab dCn;

  private Scratch(DataType type) {
    dOut = new Slab(type);
    dX = new Slab(type);
    dH0 = new Slab(type);
    dC0 = new Slab(type);
    dCn = new Slab(type);
  }

  /** That of this thread. */
  static Scratch get(DataType type) {
    return OF_THREAD.get().computeIfAbsent(type, Scratch::new);
  }
}
