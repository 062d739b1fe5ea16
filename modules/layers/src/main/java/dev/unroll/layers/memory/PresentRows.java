package dev.unroll.layers.memory;

import dev.unroll.layers.memory.Gemm.Matrix;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.bytedeco.javacpp.Pointer;

/**
 * Those rows of a matrix that are no padding, so that a product need not compute the others.
 *
 * <pre>
 *   a b - c -    pack     a b c
 *   a b c        spread   a b 0 c 0
 * </pre>
 */
public final class PresentRows {
  private final int rows;

  /** Ascending; null if all are present. */
  private final int[] numbers;

  private PresentRows(int rows, int[] numbers) {
    this.rows = rows;
    this.numbers = numbers;
  }

  /** The rows from 0 to {@code rows - 1} for which {@code present} holds. */
  public static PresentRows of(int rows, IntPredicate present) {
    int[] numbers = new int[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      if (present.test(row)) {
        numbers[count++] = row;
      }
    }
    return new PresentRows(rows, count == rows ? null : Arrays.copyOf(numbers, count));
  }

  /** How many there are. */
  public int count() {
    return numbers == null ? rows : numbers.length;
  }

  /** The number of the {@code i}-th among all rows. */
  public int number(int i) {
    return numbers == null ? i : numbers[i];
  }

  /**
   * The rows that are present, side by side: the matrix itself if all are.
   *
   * @param from dense, {@code columns} wide
   * @param room for as many, otherwise
   */
  public Matrix pack(Matrix from, int columns, Matrix room) {
    if (numbers == null) {
      return from;
    }
    from.gather(numbers, columns, room);
    return room;
  }

  /**
   * Moves rows that lie side by side to where they belong, and fills the others with zeros.
   *
   * @param matrix dense, {@code columns} wide, with room for all rows
   */
  public void spread(Matrix matrix, int columns) {
    if (numbers == null) {
      return;
    }
    long bytes = (long) columns * Float.BYTES;
    Address source = new Address();
    Address target = new Address();
    long first = matrix.address();
    int next = numbers.length - 1;
    // From the last to the first: no row moves up, so none is overwritten before it has moved.
    for (int row = rows - 1; row >= 0; row--) {
      target.at(first + row * bytes);
      if (next < 0 || numbers[next] != row) {
        Pointer.memset(target, 0, bytes);
      } else if (next-- != row) {
        Pointer.memcpy(target, source.at(first + (next + 1) * bytes), bytes);
      }
    }
  }
}
