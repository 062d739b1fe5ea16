package dev.unroll.layers.kernel.onednn;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Slab;
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
  private final int features;
  private final memory.desc from;
  private final memory.desc to;
  private final reorder copy;
  private final reorder add;

  OneDnnGradient(CellShape shape, int features, int blocks) {
    this.shape = shape;
    this.features = features;
    int hidden = shape.hidden();
    from = Operands.FLOAT.matrix(features, hidden, (long) blocks * hidden, 1);
    to = Operands.FLOAT.matrix(features, hidden, 1, features);
    memory source = OneDnn.unbound(from);
    memory target = OneDnn.unbound(to);
    copy = new reorder(source, target);
    post_ops sum = new post_ops();
    sum.append_sum();
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(sum);
    add = new reorder(source, target, attributes);
  }

  /**
   * Writes the derivatives of a block to {@code gradient}, or adds them to what is there. Several
   * threads may do so at once.
   *
   * @param block its number in our order
   */
  void deliver(Slab derivatives, int block, Pointer gradient, boolean addToIt) {
    long there = 4L * OneDnn.gate(shape.cell(), block) * shape.hidden();
    memory source =
        new memory(from, OneDnn.ENGINE, new Address().at(derivatives.address() + there));
    memory target = new memory(to, OneDnn.ENGINE, gradient);
    stream stream = new stream(OneDnn.ENGINE);
    (addToIt ? add : copy).execute(stream, source, target);
    stream._wait();
  }
}
