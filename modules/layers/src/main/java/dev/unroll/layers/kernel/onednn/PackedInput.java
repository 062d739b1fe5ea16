package dev.unroll.layers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Slab;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The product {@code z = x W} of all steps of a sequence with parameters that stay as they are:
 * {@code W} is rearranged when it is loaded, where OpenBLAS rearranges it in every product, which
 * for a sequence of a few steps takes as long as the product.
 */
final class PackedInput {
  /** Numbers of steps that the code is remembered for. */
  private static final int KEPT = 64;

  private final CellShape shape;
  private final stream stream = new stream(OneDnn.ENGINE);
  private final Slab scratchpad = new Slab(DataType.INT8);
  private final Map<Integer, Product> products = new LastUsed<>(KEPT);

  PackedInput(CellShape shape) {
    this.shape = shape;
  }

  /** Code for a number of rows, and the memory objects that it is called with. */
  private record Product(
      matmul primitive,
      memory.desc weights,
      memory from,
      memory to,
      memory scratchpad,
      IntMemoryMap arguments) {}

  /**
   * Computes the product.
   *
   * @param x {@code [rows, inputs]}
   * @param z {@code [rows, gates x hidden]}
   */
  void run(PackedWeights parameters, int rows, FloatPointer x, FloatPointer z) {
    Product product = products.computeIfAbsent(rows, this::product);
    product.arguments.put(DNNL_ARG_WEIGHTS, parameters.packedInput(product.weights));
    product.from.set_data_handle(new Address().at(first(x)));
    product.to.set_data_handle(new Address().at(first(z)));
    product.scratchpad.set_data_handle(scratchpad.pointer());
    product.primitive.execute(stream, product.arguments);
    stream._wait();
  }

  private static long first(FloatPointer pointer) {
    return pointer.address() + pointer.position() * Float.BYTES;
  }

  private Product product(int rows) {
    int columns = shape.cell().gates() * shape.hidden();
    memory from = OneDnn.unbound(Operands.FLOAT.matrix(rows, shape.inputs(), shape.inputs(), 1));
    memory to = OneDnn.unbound(Operands.FLOAT.matrix(rows, columns, columns, 1));
    matmul.primitive_desc desc =
        new matmul.primitive_desc(
            OneDnn.ENGINE,
            from.get_desc(),
            Operands.FLOAT.desc(memory.format_tag.any, shape.inputs(), columns),
            to.get_desc(),
            OneDnn.ownScratchpad(),
            false);
    scratchpad.reserve(desc.scratchpad_desc().get_size());
    memory pad = OneDnn.unbound(desc.scratchpad_desc());
    IntMemoryMap arguments = new IntMemoryMap();
    arguments.put(DNNL_ARG_SRC, from);
    arguments.put(DNNL_ARG_DST, to);
    arguments.put(DNNL_ARG_SCRATCHPAD, pad);
    return new Product(
        new matmul(desc), new memory.desc(desc.weights_desc()), from, to, pad, arguments);
  }
}
