package dev.unroll.embeddings;

/**
 * The loops in which training spends its time. Rows lie one behind the other in flat arrays and are
 * a multiple of {@link #lanes()} floats long; what pads them is zero and stays zero, so no loop
 * needs a tail.
 *
 * <p>Several threads run these loops on the same arrays without a lock (Niu et al. 2011, Hogwild):
 * an update may be lost, never torn, because a float is written whole.
 */
abstract class Kernel {
  /** The class that needs {@code --add-modules jdk.incubator.vector}; compiled apart. */
  private static final String SIMD = "dev.unroll.embeddings.SimdKernel";

  private static final String MODULE = "jdk.incubator.vector";

  /** The fastest kernel that this virtual machine was started for. */
  static Kernel best() {
    return simdAvailable() ? simd() : new PlainKernel();
  }

  /** Whether the virtual machine was started with the Vector API. */
  static boolean simdAvailable() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /**
   * The kernel on the Vector API.
   *
   * @throws IllegalStateException if the virtual machine was started without it
   */
  static Kernel simd() {
    try {
      return (Kernel) Class.forName(SIMD).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException("start Java with --add-modules " + MODULE, e);
    }
  }

  /** What rows must be a multiple of. */
  abstract int lanes();

  /** The least multiple of {@link #lanes()} that holds {@code dimensions} floats. */
  final int stride(int dimensions) {
    return (dimensions + lanes() - 1) / lanes() * lanes();
  }

  /**
   * {@code scores[i] = x · row(i)} for the first {@code n} rows.
   *
   * @param x holds one vector of {@code length} floats at {@code xOffset}
   * @param rows where in {@code matrix} each row begins
   */
  abstract void dots(
      float[] x, int xOffset, int length, float[] matrix, int[] rows, int n, float[] scores);

  /**
   * One step of gradient descent on the first {@code n} rows: {@code error += Σ g[i] · row(i)}, and
   * then {@code row(i) += g[i] · x}. A row may occur twice.
   */
  abstract void update(
      float[] x,
      int xOffset,
      int length,
      float[] matrix,
      int[] rows,
      int n,
      float[] g,
      float[] error);

  /** {@code to[toOffset + d] += scale · from[fromOffset + d]}. */
  abstract void add(
      float scale, float[] from, int fromOffset, float[] to, int toOffset, int length);

  /**
   * {@code scores[i · n + j] = vector(i) · row(j)} for {@code m} vectors in {@code x} and {@code n}
   * rows of {@code matrix}.
   *
   * @param xRows where in {@code x} each vector begins
   * @param rows where in {@code matrix} each row begins
   */
  abstract void windowDots(
      float[] x, int[] xRows, int m, int length, float[] matrix, int[] rows, int n, float[] scores);

  /**
   * One step of gradient descent on all of these: with {@code e(i) = Σ_j g[i · n + j] · row(j)},
   * {@code row(j) += Σ_i g[i · n + j] · vector(i)} and then {@code vector(i) += e(i)}. Of a row
   * that occurs twice the second reads at least what the first wrote when it is written itself.
   *
   * @param errors room for {@code m · length} floats
   */
  abstract void windowUpdate(
      float[] x,
      int[] xRows,
      int m,
      int length,
      float[] matrix,
      int[] rows,
      int n,
      float[] g,
      float[] errors);
}
