package dev.unroll.benchmarks;

import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** A product of two large matrices on every processor: what the machine can do at most. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Threads(Threads.MAX)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class SgemmBenchmark {
  static final int SIZE = 1024;

  private final FloatPointer a = new FloatPointer((long) SIZE * SIZE);
  private final FloatPointer b = new FloatPointer((long) SIZE * SIZE);
  private final FloatPointer c = new FloatPointer((long) SIZE * SIZE);

  /** Fills the matrices. */
  @Setup
  public void prepare() {
    openblas_nolapack.blas_set_num_threads(1);
    for (long i = 0; i < (long) SIZE * SIZE; i++) {
      a.put(i, i % 7);
      b.put(i, i % 5);
    }
  }

  /** One product in each thread. */
  @Benchmark
  public Object multiply() {
    openblas_nolapack.cblas_sgemm(
        openblas_nolapack.CblasRowMajor,
        openblas_nolapack.CblasNoTrans,
        openblas_nolapack.CblasNoTrans,
        SIZE,
        SIZE,
        SIZE,
        1,
        a,
        SIZE,
        b,
        SIZE,
        0,
        c,
        SIZE);
    return c;
  }
}
