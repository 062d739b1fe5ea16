package dev.unroll.training.cuda;

import dev.unroll.layers.cuda.Arithmetic;
import dev.unroll.layers.cuda.Cudnn;
import dev.unroll.layers.cuda.CudnnDouble;
import dev.unroll.layers.cuda.RnnShape;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Stands in for a GPU: cuDNN's documented equations in Java, {@code kernels.cu} compiled for the
 * CPU, and products of matrices by their definition.
 */
final class GpuDouble implements Gpu {
  final CudnnDouble cudnn = new CudnnDouble();
  private final KernelShim shim;
  private final KernelArguments translated = new KernelArguments();

  /** The recurrent networks that were asked for. */
  final List<RnnShape> networks = new ArrayList<>();

  /** What is added to the first element of every product, where a library is wrong. */
  double error;

  GpuDouble() {
    try {
      shim = KernelShim.load();
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Cudnn cudnn() {
    return cudnn;
  }

  @Override
  public Cudnn.Rnn rnn(RnnShape shape) {
    networks.add(shape);
    return cudnn.rnn(shape, DataType.FLOAT, Arithmetic.FLOAT);
  }

  @Override
  public void launch(Kernel kernel, int blocks, int threads, KernelArguments arguments) {
    Object[] values = new Object[arguments.count()];
    for (int i = 0; i < values.length; i++) {
      long bits = arguments.slots().get(i);
      values[i] =
          switch (arguments.kind(i)) {
            case ADDRESS -> bits == 0 ? bits : (Object) cudnn.memory.nativeAddress(bits);
            case INT -> (int) bits;
            case FLOAT -> Float.intBitsToFloat((int) bits);
            case DOUBLE -> Double.longBitsToDouble(bits);
          };
    }
    shim.launch(kernel, blocks, threads, translated.set(values));
  }

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
    double[] left = cudnn.memory.numbers(a, rows * inner, DataType.FLOAT);
    double[] right = cudnn.memory.numbers(b, inner * columns, DataType.FLOAT);
    double[] product = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < inner; k++) {
        double factor = left[transposeA ? k * rows + i : i * inner + k];
        for (int j = 0; j < columns; j++) {
          product[i * columns + j] += factor * right[transposeB ? j * inner + k : k * columns + j];
        }
      }
    }
    product[0] += error;
    cudnn.memory.set(c, product, DataType.FLOAT);
  }
}
