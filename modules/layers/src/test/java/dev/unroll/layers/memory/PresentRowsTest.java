package dev.unroll.layers.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.unroll.layers.memory.Gemm.Matrix;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentRowsTest {
  private static final int ROWS = 23;
  private static final int COLUMNS = 5;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 0.5, 0.9, 1})
  void packsWhatIsPresentAndSpreadsItAgain(double share) {
    Random random = new Random(7);
    boolean[] present = new boolean[ROWS];
    float[] all = new float[ROWS * COLUMNS];
    float[] left = new float[ROWS * COLUMNS];
    int count = 0;
    for (int row = 0; row < ROWS; row++) {
      present[row] = random.nextDouble() < share;
      for (int i = row * COLUMNS; i < (row + 1) * COLUMNS; i++) {
        all[i] = random.nextFloat() + 1;
        left[i] = present[row] ? all[i] : 0;
      }
      count += present[row] ? 1 : 0;
    }
    PresentRows rows = PresentRows.of(ROWS, row -> present[row]);
    assertEquals(count, rows.count());
    Matrix matrix = matrix(all);
    // The room is longer than needed, and not empty: the rest must not survive the spreading.
    Matrix packed = rows.pack(matrix, COLUMNS, matrix(new float[] {9}));
    float[] values = new float[count * COLUMNS];
    packed.read(values, count, COLUMNS);
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < COLUMNS; c++) {
        assertEquals(all[rows.number(i) * COLUMNS + c], values[i * COLUMNS + c]);
      }
    }
    rows.spread(packed, COLUMNS);
    float[] spread = new float[ROWS * COLUMNS];
    packed.read(spread, ROWS, COLUMNS);
    assertArrayEquals(left, spread);
    float[] untouched = new float[ROWS * COLUMNS];
    matrix.read(untouched, ROWS, COLUMNS);
    assertArrayEquals(share == 1 ? left : all, untouched);
  }

  @Test
  void copiesNothingWhereAllIsPresent() {
    Matrix matrix = matrix(new float[] {1, 2});
    PresentRows rows = PresentRows.of(ROWS, row -> true);
    assertSame(matrix, rows.pack(matrix, COLUMNS, matrix(new float[] {3})));
  }

  /** With room for all rows, the values first, and a few before them that do not belong to it. */
  private static Matrix matrix(float[] values) {
    float[] padded = new float[ROWS * COLUMNS];
    Arrays.fill(padded, -1);
    System.arraycopy(values, 0, padded, 0, values.length);
    FloatPointer memory = new FloatPointer(3L + padded.length);
    memory.position(3).put(padded, 0, padded.length);
    return new Matrix(memory.position(0), 3, COLUMNS);
  }
}
