package dev.unroll.layers.kernel;

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
  private final int blocks;
  private final memory.desc to;
  private final stream stream = new stream(OneDnn.ENGINE);
  private final memory source;
  private final memory target;
  private final reorder copy;
  private final reorder add;

  OneDnnGradient(CellShape shape, int features, int blocks) {
    this.shape = shape;
    this.features = features;
    this.blocks = blocks;
    int hidden = shape.hidden();
    memory.desc from = OneDnn.matrix(features, hidden, (long) blocks * hidden, 1);
    to = OneDnn.matrix(features, hidden, 1, features);
    source = OneDnn.unbound(from);
    target = OneDnn.unbound(to);
    copy = new reorder(source, target);
    post_ops sum = new post_ops();
    sum.append_sum();
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(sum);
    add = new reorder(source, target, attributes);
  }

  /** Writes the derivatives to {@code gradient}, or adds them to what is there. */
  void deliver(Slab derivatives, Pointer gradient, boolean addToIt) {
    Address address = new Address();
    long hidden = shape.hidden();
    for (int gate = 0; gate < blocks; gate++) {
      source.set_data_handle(address.at(derivatives.address() + 4 * gate * hidden));
      long block = OneDnn.block(shape.cell(), gate) * hidden * features;
      target.set_data_handle(address.at(gradient.address() + 4 * block));
      (addToIt ? add : copy).execute(stream, source, target);
    }
    stream._wait();
  }
}
