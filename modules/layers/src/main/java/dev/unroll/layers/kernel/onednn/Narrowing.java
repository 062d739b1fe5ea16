package dev.unroll.layers.kernel.onednn;

import dev.unroll.layers.memory.Slab;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.nd4j.linalg.api.buffer.DataType;

/** Copies a matrix of floats to memory of its own, rounded to the nearest narrower numbers. */
final class Narrowing {
  private final Slab slab = new Slab(DataType.INT8);
  private final memory source;
  private final memory result;
  private final reorder reorder;

  /**
   * A copy.
   *
   * @param source whose address may change between runs
   */
  Narrowing(memory source, memory.desc to) {
    this.source = source;
    slab.reserve(to.get_size());
    result = new memory(to, OneDnn.ENGINE, slab.pointer());
    reorder = new reorder(source, result);
  }

  memory result() {
    return result;
  }

  void run(stream stream) {
    reorder.execute(stream, source, result);
    stream._wait();
  }
}
