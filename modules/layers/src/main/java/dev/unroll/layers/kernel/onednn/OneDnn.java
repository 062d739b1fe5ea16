package dev.unroll.layers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.memory.Address;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;

/** What all uses of oneDNN share. */
final class OneDnn {
  static final engine ENGINE = new engine(engine.kind.cpu, 0);

  private OneDnn() {}

  /** A memory object whose address is set later. */
  static memory unbound(memory.desc desc) {
    return new memory(desc, ENGINE, new Address());
  }

  /**
   * Attributes of a primitive that computes in memory of ours: oneDNN's own belongs to the thread
   * that created the primitive.
   */
  static primitive_attr ownScratchpad() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl_scratchpad_mode_user);
    return attributes;
  }

  /** The block of parameters that oneDNN's gate {@code gate} of a cell is in our order. */
  static int block(Cell cell, int gate) {
    int[] order =
        switch (cell) {
          case TANH -> new int[] {0};
          case LSTM -> new int[] {3, 1, 0, 2};
          case GRU -> new int[] {1, 0, 2};
          case GRU_RESET_AFTER -> new int[] {1, 0, 2, 3};
        };
    return order[gate];
  }

  /** The other way round: where oneDNN keeps our block. */
  static int gate(Cell cell, int block) {
    for (int gate = 0; ; gate++) {
      if (block(cell, gate) == block) {
        return gate;
      }
    }
  }
}
