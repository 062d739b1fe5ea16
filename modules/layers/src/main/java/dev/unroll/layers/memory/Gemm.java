package dev.unroll.layers.memory;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Products of row-major matrices in native memory.
 *
 * <p>The method of OpenBLAS that takes a {@code float[]} copies every matrix; hence the pointers.
 */
public final class Gemm {
  static {
    SingleThreadedBlas.ensure();
  }

  /** From so many multiplications on, narrow products are worth the rounding of two matrices. */
  private static final long LARGE = 1 << 21;

  private static volatile Products narrow;

  private Gemm() {}

  /** Computes products in another precision, or elsewhere. */
  @FunctionalInterface
  public interface Products {
    /**
     * {@code c = a b} or {@code c += a b}, all row after row; strides are values from one row to
     * the next, as it lies.
     *
     * @param transposedA whether {@code a [m, k]} lies transposed
     * @param transposedB whether {@code b [k, n]} lies transposed
     */
    void multiply(
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
        int cStride);
  }

  /** Has large products computed so from now on; null for OpenBLAS in floats. */
  public static void use(Products products) {
    narrow = products;
  }

  /**
   * A matrix, not transposed.
   *
   * @param memory where the array that holds it begins
   * @param offset the matrix's first element in there
   * @param stride elements from one row to the next
   */
  public record Matrix(FloatPointer memory, long offset, int stride) {
    /** The same columns from another row on. */
    public Matrix fromRow(long row) {
      return new Matrix(memory, offset + row * stride, stride);
    }

    /** The same rows from another column on. */
    public Matrix fromColumn(long column) {
      return new Matrix(memory, offset + column, stride);
    }

    /** Where it begins. */
    public long address() {
      return memory.address() + (memory.position() + offset) * Float.BYTES;
    }

    /** Copies the first {@code rows} rows of {@code columns} values to {@code to}, without gaps. */
    public void read(float[] to, int rows, int columns) {
      FloatPointer from = first();
      if (stride == columns) {
        from.get(to, 0, rows * columns);
      } else {
        long start = from.position();
        for (int row = 0; row < rows; row++) {
          from.position(start + (long) row * stride).get(to, row * columns, columns);
        }
      }
      Reference.reachabilityFence(memory);
    }

    /** Copies as many rows, which lie in {@code from} without gaps, to here. */
    public void write(float[] from, int rows, int columns) {
      FloatPointer to = first();
      if (stride == columns) {
        to.put(from, 0, rows * columns);
      } else {
        long start = to.position();
        for (int row = 0; row < rows; row++) {
          to.position(start + (long) row * stride).put(from, row * columns, columns);
        }
      }
      Reference.reachabilityFence(memory);
    }

    /**
     * Copies some rows to {@code to}, side by side; both matrices are dense and {@code columns}
     * wide, and do not overlap.
     *
     * @param rows their numbers, in the order in which they will lie
     */
    public void gather(int[] rows, int columns, Matrix to) {
      long bytes = (long) columns * Float.BYTES;
      Address source = new Address();
      Address target = new Address();
      for (int i = 0; i < rows.length; i++) {
        source.at(address() + rows[i] * bytes);
        Pointer.memcpy(target.at(to.address() + i * bytes), source, bytes);
      }
      keep(memory, to, null);
    }

    private FloatPointer first() {
      return new FloatPointer(memory).position(memory.position() + offset);
    }
  }

  /** What computes large products; null for OpenBLAS. */
  public static Products used() {
    return narrow;
  }

  /** {@code c = a b}, where a is {@code [m, k]} and b is {@code [k, n]}. */
  public static void multiply(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    run(false, m, n, k, a, b, false, c);
  }

  /** {@code c += a b}, where a is {@code [m, k]} and b is {@code [k, n]}. */
  public static void addProduct(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    run(false, m, n, k, a, b, true, c);
  }

  /** {@code c = aᵀ b}, where a is {@code [k, m]} and b is {@code [k, n]}. */
  public static void multiplyTransposedLeft(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    run(true, m, n, k, a, b, false, c);
  }

  /** {@code c += aᵀ b}, where a is {@code [k, m]} and b is {@code [k, n]}. */
  public static void addProductTransposedLeft(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    run(true, m, n, k, a, b, true, c);
  }

  /** {@code c = a bᵀ}, where a is {@code [m, k]} and b is {@code [n, k]} and dense. */
  public static void multiplyTransposedRight(
      int m, int n, int k, Matrix a, FloatPointer b, Matrix c) {
    transposedRight(m, n, k, a, b, k, false, c);
    keep(a, b, c);
  }

  /** {@code c = a bᵀ}, where a is {@code [m, k]} and b is {@code [n, k]}. */
  public static void multiplyTransposedRight(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    transposedRight(m, n, k, a, b.first(), b.stride(), false, c);
    keep(a, b, c);
  }

  /** {@code c += a bᵀ}, where a is {@code [m, k]} and b is {@code [n, k]}. */
  public static void addProductTransposedRight(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    transposedRight(m, n, k, a, b.first(), b.stride(), true, c);
    keep(a, b, c);
  }

  private static void transposedRight(
      int m, int n, int k, Matrix a, FloatPointer b, int bStride, boolean add, Matrix c) {
    Products products = narrow;
    FloatPointer from = a.first();
    FloatPointer to = c.first();
    if (products != null && isLarge(m, n, k)) {
      products.multiply(false, true, m, n, k, from, a.stride(), b, bStride, add, to, c.stride());
    } else {
      FewRows.timesTransposed(m, n, k, from, a.stride(), b, bStride, add, to, c.stride());
    }
  }

  /** Few rows are read where they lie, and their time goes into reading the other matrix. */
  private static boolean isLarge(int m, int n, int k) {
    return m > FewRows.FEW && (long) m * n * k >= LARGE;
  }

  private static void run(
      boolean transposed, int m, int n, int k, Matrix a, Matrix b, boolean add, Matrix c) {
    Products products = narrow;
    if (products != null && isLarge(m, n, k)) {
      products.multiply(
          transposed,
          false,
          m,
          n,
          k,
          a.first(),
          a.stride(),
          b.first(),
          b.stride(),
          add,
          c.first(),
          c.stride());
      keep(a, b, c);
      return;
    }
    openblas_nolapack.cblas_sgemm(
        openblas_nolapack.CblasRowMajor,
        transposed ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
        openblas_nolapack.CblasNoTrans,
        m,
        n,
        k,
        1,
        a.first(),
        a.stride(),
        b.first(),
        b.stride(),
        add ? 1 : 0,
        c.first(),
        c.stride());
    keep(a, b, c);
  }

  /** Copies of pointers were at work; what they were copied from may be all that holds an array. */
  private static void keep(Object a, Object b, Object c) {
    Reference.reachabilityFence(a);
    Reference.reachabilityFence(b);
    Reference.reachabilityFence(c);
  }
}
