package dev.unroll.layers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.blas.BlasKernel.BlasWeights;
import dev.unroll.layers.kernel.blas.BlasProducts;
import dev.unroll.layers.kernel.blas.CellProducts;
import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Slab;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * With oneDNN's matrix products, and {@code R} rearranged for them once in a pass, rather than in
 * every step; in floats or in narrower {@link Operands}.
 */
final class PackedProducts implements CellProducts {
  /** With fewer rows over all steps than this, rearranging costs more than it gains. */
  private static final int FEWEST = 64;

  /** From so many units on, one row is multiplied as fast with {@code R} where it lies. */
  private static final int LARGE = 512;

  private final int hidden;
  private final int columns;
  private final Operands operands;
  private final CellProducts unpacked;

  /** For single rows of constant parameters; otherwise null. */
  private final PackedInput ofInput;

  private final stream stream = new stream(OneDnn.ENGINE);
  private final Map<Key, Product> products = new HashMap<>();
  private final Address gate = new Address();
  private FloatPointer recurrent;
  private long pass;
  private PackedWeights parameters;
  private boolean packs;
  private int rows;
  private long passes;

  private record Key(int rows, int first, int gates, boolean back, boolean add) {}

  PackedProducts(CellShape shape, Operands operands, boolean constant) {
    this.operands = operands;
    ofInput = constant ? new PackedInput(shape) : null;
    hidden = shape.hidden();
    columns = shape.cell().gates() * hidden;
    unpacked = new BlasProducts(shape);
  }

  @Override
  public void begin(BlasWeights newParameters, int newRows, int steps) {
    parameters = (PackedWeights) newParameters;
    rows = newRows;
    packs = newRows > 1 && newRows * steps >= FEWEST;
    passes++;
    unpacked.begin(newParameters, newRows, steps);
  }

  @Override
  public void forward(int first, int gates, Address h, Address z, boolean add) {
    if (packs) {
      product(new Key(rows, first, gates, false, add)).run(h, z);
    } else if (rows == 1 && ofInput != null && hidden < LARGE) {
      timesRows(first, gates, h, z, add);
    } else {
      unpacked.forward(first, gates, h, z, add);
    }
  }

  /**
   * With constant parameters, whose {@code R} lies row after row for it: sums of its rows take less
   * than half the time of as many scalar products of 100 values.
   */
  private void timesRows(int first, int gates, Address h, Address z, boolean add) {
    if (pass != passes) {
      pass = passes;
      recurrent = parameters.recurrentRows();
    }
    cblas_sgemv(
        CblasColMajor,
        CblasNoTrans,
        gates * hidden,
        hidden,
        1,
        gate.at(recurrent.address() + (long) first * hidden * Float.BYTES),
        columns,
        h,
        1,
        add ? 1 : 0,
        z,
        1);
  }

  @Override
  public void backward(int first, int gates, Address dZ, Slab dH) {
    if (packs) {
      product(new Key(rows, first, gates, true, false)).run(dZ, new Address().at(dH.address()));
    } else {
      unpacked.backward(first, gates, dZ, dH);
    }
  }

  @Override
  public void multiply(
      boolean transposed,
      int m,
      int n,
      int k,
      FloatPointer a,
      int aStride,
      FloatPointer b,
      boolean add,
      FloatPointer c) {
    if (operands == Operands.BFLOAT16 && packs) {
      Bfloat16Gemm.multiply(transposed, false, m, n, k, a, aStride, b, n, add, c, n);
      return;
    }
    byte left = (byte) (transposed ? 'T' : 'N');
    dnnl_sgemm(left, (byte) 'N', m, n, k, 1, a, aStride, b, n, add ? 1 : 0, c, n);
  }

  @Override
  public void multiplyByTransposed(
      int m, int n, int k, FloatPointer a, FloatPointer b, FloatPointer c) {
    if (operands == Operands.BFLOAT16 && packs) {
      Bfloat16Gemm.multiply(false, true, m, n, k, a, k, b, k, false, c, n);
    } else if (packs) {
      dnnl_sgemm((byte) 'N', (byte) 'T', m, n, k, 1, a, k, b, k, 0, c, n);
    } else if (ofInput != null && b.address() == parameters.input().address()) {
      ofInput.run(parameters, m, a, c);
    } else {
      unpacked.multiplyByTransposed(m, n, k, a, b, c);
    }
  }

  private Product product(Key key) {
    return products.computeIfAbsent(key, Product::new);
  }

  /** A product of given sizes, with the memory objects that it is called with. */
  private final class Product {
    private final Key key;
    private final matmul.primitive_desc desc;
    private final matmul primitive;
    private final memory from;
    private final memory to;

    /** Rounds what comes from the state or from a gradient; null where floats are multiplied. */
    private final Narrowing narrowing;

    private final IntMemoryMap arguments = new IntMemoryMap();
    private final Slab scratchpad = new Slab(DataType.INT8);
    private long pass;

    Product(Key key) {
      this.key = key;
      long stretch = (long) key.gates * hidden;
      memory.desc states = Operands.FLOAT.matrix(key.rows, hidden, hidden, 1);
      memory.desc gates = Operands.FLOAT.matrix(key.rows, stretch, columns, 1);
      memory.desc any =
          key.back
              ? operands.desc(memory.format_tag.any, stretch, hidden)
              : operands.desc(memory.format_tag.any, hidden, stretch);
      memory.desc a = key.back ? gates : states;
      memory.desc c = key.back ? states : gates;
      from = OneDnn.unbound(a);
      to = OneDnn.unbound(c);
      narrowing =
          operands == Operands.FLOAT
              ? null
              : new Narrowing(
                  from, operands.desc(memory.format_tag.ab, key.rows, key.back ? stretch : hidden));
      primitive_attr attributes = OneDnn.ownScratchpad();
      if (key.add) {
        post_ops sum = new post_ops();
        sum.append_sum();
        attributes.set_post_ops(sum);
      }
      memory source = narrowing == null ? from : narrowing.result();
      desc = new matmul.primitive_desc(OneDnn.ENGINE, source.get_desc(), any, c, attributes, false);
      primitive = new matmul(desc);
      arguments.put(DNNL_ARG_SRC, source);
      arguments.put(DNNL_ARG_DST, to);
      memory.desc needed = desc.scratchpad_desc();
      scratchpad.reserve(needed.get_size());
      arguments.put(DNNL_ARG_SCRATCHPAD, new memory(needed, OneDnn.ENGINE, scratchpad.pointer()));
    }

    void run(Address source, Address target) {
      if (pass != passes) {
        pass = passes;
        arguments.put(
            DNNL_ARG_WEIGHTS,
            parameters.packed(key.first, key.gates, key.back, desc.weights_desc()));
      }
      from.set_data_handle(source);
      to.set_data_handle(target);
      if (narrowing != null) {
        narrowing.run(stream);
      }
      primitive.execute(stream, arguments);
      stream._wait();
    }
  }
}
