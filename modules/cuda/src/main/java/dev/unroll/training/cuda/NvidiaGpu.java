package dev.unroll.training.cuda;

import static org.bytedeco.cuda.global.cublas.*;
import static org.bytedeco.cuda.global.cudart.cuGetErrorName;
import static org.bytedeco.cuda.global.cudart.cuLaunchKernel;
import static org.bytedeco.cuda.global.cudart.cuModuleGetFunction;
import static org.bytedeco.cuda.global.cudart.cuModuleLoadData;

import dev.unroll.layers.cuda.Arithmetic;
import dev.unroll.layers.cuda.At;
import dev.unroll.layers.cuda.Cudnn;
import dev.unroll.layers.cuda.Failure;
import dev.unroll.layers.cuda.RnnShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.cuda.cublas.cublasContext;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * An NVIDIA GPU: cuDNN, cuBLAS, and the kernels of {@code kernels.cu}, which were compiled to PTX
 * and which the driver compiles for the card. All in CUDA's default stream, one after the other.
 *
 * <p>Not tested on a device yet.
 */
final class NvidiaGpu implements Gpu {
  private static final String KERNELS = "kernels.ptx";

  private final Cudnn cudnn;
  private final Arithmetic arithmetic;
  private final cublasContext blas = new cublasContext();
  private final Map<Kernel, CUfunc_st> functions = new EnumMap<>(Kernel.class);
  private final FloatPointer one = new FloatPointer(1f);
  private final FloatPointer zero = new FloatPointer(0f);

  /**
   * Loads cuBLAS and the kernels.
   *
   * @param cudnn an open device
   * @throws IllegalStateException if CUDA refuses
   * @throws UnsatisfiedLinkError if a library is missing
   */
  NvidiaGpu(Cudnn cudnn, Arithmetic arithmetic) {
    this.cudnn = cudnn;
    this.arithmetic = arithmetic;
    // A call of CUDA's runtime first, which makes its context that of this thread.
    cudnn.free(cudnn.allocate(1));
    check("cublasCreate", cublasCreate_v2(blas));
    check(
        "cublasSetMathMode",
        cublasSetMathMode(
            blas,
            arithmetic == Arithmetic.TF32 ? CUBLAS_TF32_TENSOR_OP_MATH : CUBLAS_DEFAULT_MATH));
    CUmod_st module = new CUmod_st();
    try (BytePointer text = kernels()) {
      checkDriver("cuModuleLoadData", cuModuleLoadData(module, text));
    }
    for (Kernel kernel : Kernel.values()) {
      CUfunc_st function = new CUfunc_st();
      checkDriver(
          "cuModuleGetFunction of " + kernel.symbol(),
          cuModuleGetFunction(function, module, kernel.symbol()));
      functions.put(kernel, function);
    }
  }

  /** The text of the kernels, which ends with a zero. */
  private static BytePointer kernels() {
    try (InputStream in = NvidiaGpu.class.getResourceAsStream(KERNELS)) {
      byte[] text = in.readAllBytes();
      BytePointer copy = new BytePointer(text.length + 1L);
      return copy.put(text, 0, text.length).put(text.length, (byte) 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Cudnn cudnn() {
    return cudnn;
  }

  @Override
  public Cudnn.Rnn rnn(RnnShape shape) {
    return cudnn.rnn(shape, DataType.FLOAT, arithmetic);
  }

  @Override
  public void launch(Kernel kernel, int blocks, int threads, KernelArguments arguments) {
    checkDriver(
        kernel.symbol(),
        cuLaunchKernel(
            functions.get(kernel),
            blocks,
            1,
            1,
            threads,
            1,
            1,
            0,
            null,
            arguments.pointers(),
            (PointerPointer<?>) null));
  }

  /** cuBLAS has its matrices by columns: there all is transposed, and the factors change places. */
  @Override
  public void multiply(
      long a,
      boolean transposeA,
      long b,
      boolean transposeB,
      long c,
      int rows,
      int columns,
      int inner) {
    check(
        "cublasSgemm",
        cublasSgemm_v2(
            blas,
            transposeB ? CUBLAS_OP_T : CUBLAS_OP_N,
            transposeA ? CUBLAS_OP_T : CUBLAS_OP_N,
            columns,
            rows,
            inner,
            one,
            floats(b),
            transposeB ? inner : columns,
            floats(a),
            transposeA ? rows : inner,
            zero,
            floats(c),
            columns));
  }

  private static FloatPointer floats(long address) {
    return new FloatPointer(new At(address));
  }

  private static void check(String call, int status) {
    if (status != CUBLAS_STATUS_SUCCESS) {
      throw Failure.ofCuda(call, cublasGetStatusString(status).getString());
    }
  }

  private static void checkDriver(String call, int status) {
    if (status != 0) {
      try (PointerPointer<Pointer> name = new PointerPointer<>(1)) {
        String reason =
            cuGetErrorName(status, name) == 0
                ? new BytePointer(name.get(0)).getString()
                : "error " + status;
        throw Failure.ofCuda(call, reason);
      }
    }
  }
}
