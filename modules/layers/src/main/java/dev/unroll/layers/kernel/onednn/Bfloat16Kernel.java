package dev.unroll.layers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core_bf16;
import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Precision;
import dev.unroll.layers.kernel.RecurrentKernel;
import dev.unroll.layers.memory.Gemm;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Computes matrix products in bfloat16 with oneDNN, and the rest in floats.
 *
 * <p>With AVX512-BF16, products take half the time of those in floats. Parameters, states,
 * activations and gradients stay floats; each is rounded to 8 bits of precision on its way into a
 * product, whose sums are floats: mixed precision as by Kalamkar et al., "A Study of BFLOAT16 for
 * Deep Learning Training" (2019), with float activations.
 */
public final class Bfloat16Kernel implements RecurrentKernel {
  /** The name by which a user picks it. */
  public static final String NAME = Precision.BFLOAT16_KERNEL;

  /** With fewer units, what does not train takes as long in floats. */
  private static final int LARGE = 128;

  /**
   * Loads the library.
   *
   * @throws UnsatisfiedLinkError if there is none for this system
   * @throws IllegalStateException if the processor does not multiply bfloat16
   */
  Bfloat16Kernel() {
    OneDnn.ENGINE.get_kind();
    // Each set of instructions is a bit, those of its predecessors included.
    if ((dnnl_get_effective_cpu_isa() & dnnl_cpu_isa_avx512_core_bf16)
        != dnnl_cpu_isa_avx512_core_bf16) {
      throw new IllegalStateException("the processor has no instructions for it (AVX512-BF16)");
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean supports(Cell cell, DataType type) {
    return type == DataType.FLOAT;
  }

  @Override
  public Method method(CellShape shape, DataType type, Purpose purpose) {
    if (purpose.training() || purpose.memories()) {
      return new OneDnnMethods.Products(shape, Operands.BFLOAT16, purpose.constant());
    }
    return purpose.singleRow() || shape.hidden() < LARGE
        ? OneDnnMethods.floats(shape, purpose)
        : new OneDnnMethods.WholeCell(shape, Operands.BFLOAT16);
  }

  @Override
  public Gemm.Products products() {
    return Bfloat16Gemm::multiply;
  }

  @Override
  public String toString() {
    return "bfloat16 products by oneDNN";
  }
}
