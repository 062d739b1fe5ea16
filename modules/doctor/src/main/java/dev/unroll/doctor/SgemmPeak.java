package dev.unroll.doctor;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import dev.unroll.layers.memory.Parallel;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * How many floating-point operations a second this machine does in a product of large matrices, on
 * all its processors: what no network on it can exceed. Each thread multiplies matrices of its own,
 * as the layers do with their parts of a batch.
 */
final class SgemmPeak {
  private static final int SIZE = 768;
  private static final long NANOS = 1_500_000_000L;
  private static final double FLOPS = 2.0 * SIZE * SIZE * SIZE;

  private SgemmPeak() {}

  /** Measures for a second and a half. */
  static double gigaflopsPerSecond() {
    blas_set_num_threads(1);
    int threads = Runtime.getRuntime().availableProcessors();
    double[] rates = new double[threads];
    Parallel.forEach(threads, i -> rates[i] = rate());
    return Arrays.stream(rates).sum() / 1e9;
  }

  /** By the fastest product, so that what else runs here for a moment does not count. */
  private static double rate() {
    try (FloatPointer left = ones();
        FloatPointer right = ones();
        FloatPointer product = ones()) {
      long end = System.nanoTime() + NANOS;
      long fastest = Long.MAX_VALUE;
      long began = System.nanoTime();
      while (began < end) {
        multiply(left, right, product);
        long now = System.nanoTime();
        fastest = Math.min(fastest, now - began);
        began = now;
      }
      return FLOPS * 1e9 / fastest;
    }
  }

  private static void multiply(FloatPointer left, FloatPointer right, FloatPointer product) {
    cblas_sgemm(
        CblasColMajor,
        CblasNoTrans,
        CblasNoTrans,
        SIZE,
        SIZE,
        SIZE,
        1,
        left,
        SIZE,
        right,
        SIZE,
        0,
        product,
        SIZE);
  }

  private static FloatPointer ones() {
    FloatPointer matrix = new FloatPointer((long) SIZE * SIZE);
    for (long i = 0; i < matrix.limit(); i++) {
      matrix.put(i, 1);
    }
    return matrix;
  }
}
