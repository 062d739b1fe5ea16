package dev.unroll.layers.kernel.onednn;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Slab;
import java.util.Arrays;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * Brings the derivatives of a matrix from oneDNN's layout {@code [features, gates, hidden]} and
 * order of gates into ours: blocks of {@code hidden} columns, column after column.
 */
final class OneDnnGradient {
  private final CellShape shape;
  private final Block[] blocks;
  private final reorder copy;
  private final reorder add;

  /** What the derivatives of a block are copied with, by one thread at a time. */
  private record Block(memory source, memory target, stream stream) {}

  OneDnnGradient(CellShape shape, int features, int blocks) {
    this.shape = shape;
    int hidden = shape.hidden();
    memory.desc from = Operands.FLOAT.matrix(features, hidden, (long) blocks * hidden, 1);
    memory.desc to = Operands.FLOAT.matrix(features, hidden, 1, features);
    memory source = OneDnn.unbound(from);
    memory target = OneDnn.unbound(to);
    copy = new reorder(source, target);
    post_ops sum = new post_ops();
    sum.append_sum();
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(sum);
    add = new reorder(source, target, attributes);
    this.blocks = new Block[blocks];
    Arrays.setAll(
        this.blocks,
        block -> new Block(OneDnn.unbound(from), OneDnn.unbound(to), new stream(OneDnn.ENGINE)));
  }

  /**
   * Writes the derivatives of a block to {@code gradient}, or adds them to what is there. Several
   * threads may do so at once, of different blocks.
   *
   * @param block its number in our order
   */
  void deliver(Slab derivatives, int block, Pointer gradient, boolean addToIt) {
    long there = 4L * OneDnn.gate(shape.cell(), block) * shape.hidden();
    Block at = blocks[block];
    at.source.set_data_handle(new Address().at(derivatives.address() + there));
    at.target.set_data_handle(gradient);
    (addToIt ? add : copy).execute(at.stream, at.source, at.target);
    at.stream._wait();
  }
}
