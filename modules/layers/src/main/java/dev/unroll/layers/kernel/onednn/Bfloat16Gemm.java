package dev.unroll.layers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Slab;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Products of matrices of floats, computed in bfloat16: both are rounded to the nearest bfloat16,
 * products are added up as floats.
 */
final class Bfloat16Gemm {
  /** Sizes that each thread remembers its code for. */
  private static final int KEPT = 128;

  private static final int ALIGNMENT = 64;
  private static final ThreadLocal<Bfloat16Gemm> OF_THREAD =
      ThreadLocal.withInitial(Bfloat16Gemm::new);

  private final stream stream = new stream(OneDnn.ENGINE);
  private final Slab work = new Slab(DataType.INT8);
  private final Map<Key, Product> products = new LastUsed<>(KEPT);

  private record Key(
      boolean transposedA,
      boolean transposedB,
      int m,
      int n,
      int k,
      int aStride,
      int bStride,
      boolean add,
      int cStride) {}

  private Bfloat16Gemm() {}

  /**
   * {@code c = a b} or {@code c += a b}, all row after row.
   *
   * @param transposedA whether {@code a [m, k]} lies transposed
   * @param transposedB whether {@code b [k, n]} lies transposed
   * @param aStride values from one row of {@code a} to the next, as it lies
   * @param bStride the same of {@code b}
   * @param cStride the same of {@code c [m, n]}
   */
  static void multiply(
      boolean transposedA,
      boolean transposedB,
      int m,
      int n,
      int k,
      FloatPointer a,
      int aStride,
      FloatPointer b,
      int bStride,
      boolean add,
      FloatPointer c,
      int cStride) {
    Bfloat16Gemm ofThread = OF_THREAD.get();
    ofThread
        .products
        .computeIfAbsent(
            new Key(transposedA, transposedB, m, n, k, aStride, bStride, add, cStride),
            key -> ofThread.new Product(key))
        .run(a, b, c);
  }

  /** A product of given sizes, with the memory objects that it is called with. */
  private final class Product {
    private final memory a;
    private final memory b;
    private final memory c;
    private final memory narrowA;
    private final memory narrowB;
    private final memory scratchpad;
    private final reorder toNarrowA;
    private final reorder toNarrowB;
    private final matmul matmul;
    private final IntMemoryMap arguments = new IntMemoryMap();
    private final long bytesOfA;
    private final long bytesOfB;
    private final long bytes;

    Product(Key key) {
      a = OneDnn.unbound(matrix(Operands.FLOAT, key.m, key.k, key.aStride, key.transposedA));
      b = OneDnn.unbound(matrix(Operands.FLOAT, key.k, key.n, key.bStride, key.transposedB));
      c = OneDnn.unbound(Operands.FLOAT.matrix(key.m, key.n, key.cStride, 1));
      // As they lie: rounding into the product's favourite layout takes four times as long, which
      // is more than the product gains.
      int strideA = key.transposedA ? key.m : key.k;
      int strideB = key.transposedB ? key.k : key.n;
      narrowA = OneDnn.unbound(matrix(Operands.BFLOAT16, key.m, key.k, strideA, key.transposedA));
      narrowB = OneDnn.unbound(matrix(Operands.BFLOAT16, key.k, key.n, strideB, key.transposedB));
      primitive_attr attributes = OneDnn.ownScratchpad();
      if (key.add) {
        post_ops sum = new post_ops();
        sum.append_sum();
        attributes.set_post_ops(sum);
      }
      matmul.primitive_desc desc =
          new matmul.primitive_desc(
              OneDnn.ENGINE,
              narrowA.get_desc(),
              narrowB.get_desc(),
              c.get_desc(),
              attributes,
              false);
      matmul = new matmul(desc);
      scratchpad = OneDnn.unbound(desc.scratchpad_desc());
      toNarrowA = new reorder(a, narrowA);
      toNarrowB = new reorder(b, narrowB);
      bytesOfA = aligned(narrowA.get_desc().get_size());
      bytesOfB = aligned(narrowB.get_desc().get_size());
      bytes = bytesOfA + bytesOfB + desc.scratchpad_desc().get_size();
      arguments.put(DNNL_ARG_SRC, narrowA);
      arguments.put(DNNL_ARG_WEIGHTS, narrowB);
      arguments.put(DNNL_ARG_DST, c);
      arguments.put(DNNL_ARG_SCRATCHPAD, scratchpad);
    }

    void run(FloatPointer fromA, FloatPointer fromB, FloatPointer toC) {
      Address there = new Address();
      long start = work.reserve(bytes).address();
      narrowA.set_data_handle(there.at(start));
      narrowB.set_data_handle(there.at(start + bytesOfA));
      scratchpad.set_data_handle(there.at(start + bytesOfA + bytesOfB));
      a.set_data_handle(there.at(first(fromA)));
      b.set_data_handle(there.at(first(fromB)));
      c.set_data_handle(there.at(first(toC)));
      toNarrowA.execute(stream, a, narrowA);
      toNarrowB.execute(stream, b, narrowB);
      matmul.execute(stream, arguments);
      stream._wait();
    }
  }

  /** oneDNN takes the position of a pointer for bytes. */
  private static long first(FloatPointer pointer) {
    return pointer.address() + pointer.position() * Float.BYTES;
  }

  private static memory.desc matrix(
      Operands operands, long rows, long columns, long stride, boolean transposed) {
    return transposed
        ? operands.matrix(rows, columns, 1, stride)
        : operands.matrix(rows, columns, stride, 1);
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
