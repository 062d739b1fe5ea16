package dev.unroll.training.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.unroll.layers.dropout.SequenceDropout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rows, columns and elements, against loops. */
class OperationsTest extends KernelTestBase {

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 33, 100, 5000})
  void gathersRows(int width) {
    float[] table = floats(4 * width);
    int[] ids = {3, 0, -1, 3, 2};
    float[] expected = new float[ids.length * width];
    for (int r = 0; r < ids.length; r++) {
      if (ids[r] >= 0) {
        System.arraycopy(table, ids[r] * width, expected, r * width, width);
      }
    }
    long out = memory.out(expected.length);
    operations.gather(memory.in(table), memory.in(ids), out, ids.length, width);
    assertArrayEquals(expected, memory.floats(out));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 33, 100, 5000})
  void sumsRowsInOrder(int width) {
    float[] from = floats(6 * width);
    int[] starts = {0, 3, 3, 4, 9};
    int[] positions = {5, 0, 2, 2, 1, 0, 3, 4, 1};
    int rows = starts.length - 1;
    float[] expected = new float[rows * width];
    for (int r = 0; r < rows; r++) {
      for (int k = starts[r]; k < starts[r + 1]; k++) {
        for (int f = 0; f < width; f++) {
          expected[r * width + f] += from[positions[k] * width + f];
        }
      }
    }
    long out = memory.out(expected.length);
    operations.sumRows(memory.in(from), memory.in(starts), memory.in(positions), out, rows, width);
    assertArrayEquals(expected, memory.floats(out));
  }

  /** The table begins so far below its only rows that are there, that 32 bits do not reach them. */
  @Test
  void tablesMayBeLarge() {
    int width = 1 << 12;
    int first = 1 << 20;
    float[] rows = floats(2 * width);
    long table = memory.in(rows) - (long) first * width * Float.BYTES;
    long gathered = memory.out(2 * width);
    operations.gather(table, memory.in(first, first + 1), gathered, 2, width);
    assertArrayEquals(rows, memory.floats(gathered));
    long summed = memory.out(2 * width);
    operations.sumRows(table, memory.in(0, 1, 2), memory.in(first, first + 1), summed, 2, width);
    assertArrayEquals(rows, memory.floats(summed));
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "0.5, 5", "0.3, 123456", "0.999, 0"})
  void dropsWhatSequenceDropoutDrops(double rate, int iteration) {
    float[] values = floats(5000);
    values[7] = Float.POSITIVE_INFINITY;
    values[8] = Float.NaN;
    long seed = random.nextLong();
    INDArray expected =
        new SequenceDropout(rate, seed)
            .applyDropout(
                Nd4j.createFromArray(values).reshape(100, 50),
                null,
                iteration,
                0,
                LayerWorkspaceMgr.noWorkspaces());
    // The finaliser of SplitMix64, as the JDK has it.
    long key = new SplittableRandom(new SplittableRandom(seed).nextLong() + iteration).nextLong();
    int key1 = (int) (key >>> 32);
    int threshold = (int) Math.round(rate * (1L << 31));
    float factor = (float) (1 / (1 - rate));
    long to = memory.out(values.length);
    operations.dropout(memory.in(values), to, values.length, (int) key, key1, threshold, factor);
    assertArrayEquals(expected.reshape(-1).toFloatVector(), memory.floats(to));
    long same = memory.inOut(values);
    operations.dropout(same, same, values.length, (int) key, key1, threshold, factor);
    assertArrayEquals(memory.floats(to), memory.floats(same));
  }

  @ParameterizedTest
  @CsvSource({
    "1, false, false",
    "33, false, true",
    "100, true, false",
    "31, true, true",
    "300, true, true"
  })
  void copiesColumns(int width, boolean ragged, boolean add) {
    int steps = 5;
    int batch = 4;
    int[] lengths = {5, 1, 4, 2};
    int fromWidth = width + 3;
    int toWidth = width + 5;
    float[] from = floats(steps * batch * fromWidth);
    float[] to = floats(steps * batch * toWidth);
    float[] expected = to.clone();
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < batch; b++) {
        int length = ragged ? lengths[b] : steps;
        for (int f = 0; f < width; f++) {
          int at = (t * batch + b) * toWidth + 4 + f;
          float value = t < length ? from[(t * batch + b) * fromWidth + 2 + f] : 0;
          expected[at] = value + (add ? expected[at] : 0);
        }
      }
    }
    long target = memory.inOut(to);
    operations.columns(
        memory.in(from),
        fromWidth,
        2,
        target,
        toWidth,
        4,
        width,
        steps,
        batch,
        ragged ? memory.in(lengths) : 0,
        add);
    assertArrayEquals(expected, memory.floats(target));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 33, 100, 5000})
  void addsTheBiasToEveryRow(int columns) {
    float[] z = floats(3 * columns);
    float[] bias = floats(columns);
    long result = memory.inOut(z);
    operations.addBias(result, memory.in(bias), 3, columns);
    for (int i = 0; i < z.length; i++) {
      z[i] += bias[i % columns];
    }
    assertArrayEquals(z, memory.floats(result));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 33, 300})
  void forgetsSequencesThatEnd(int width) {
    float[] state = floats(3 * width);
    long result = memory.inOut(state);
    operations.forget(result, 0, 4, 3, width);
    assertArrayEquals(state, memory.floats(result));
    operations.forget(result, memory.in(4, 3, 4), 4, 3, width);
    Arrays.fill(state, width, 2 * width, 0);
    assertArrayEquals(state, memory.floats(result));
  }

  @Test
  void startsNothingWhereThereIsNothingToDo() {
    Operations none =
        new Operations(
            (kernel, blocks, threads, arguments) -> {
              throw new AssertionError(kernel);
            });
    AdamScalars scalars = new AdamScalars(0.9f, 0.999f, 1e-8f, 0, 1);
    none.gather(8, 8, 8, 0, 4);
    none.gather(8, 8, 8, 4, 0);
    none.sumRows(8, 8, 8, 8, 0, 4);
    none.dropout(8, 8, 0, 1, 2, 3, 1);
    none.columns(8, 4, 0, 8, 4, 0, 4, 0, 3, 0, false);
    none.columns(8, 4, 0, 8, 4, 0, 0, 3, 3, 0, false);
    none.addBias(8, 8, 0, 4);
    none.softmaxLoss(8, 8, 8, 0, 8, 0, 4, 0);
    none.softmaxShares(8, 8, 8, 8, 0, 4);
    none.pool(8, 8, 4, 0, 0, 3, 0, 4, Operations.MEAN, 0.5, 0);
    none.poolBack(8, 4, 0, 0, 3, 2, 0, Operations.MEAN, 0.5, 0, 8);
    none.forget(8, 8, 3, 0, 4);
    none.convolveWords(8, 8, 8, 8, 8, 8, 0, 4, 3);
    none.convolveWordsBack(8, 8, 8, 8, 8, 0, 4);
    none.squares(8, 8, 0, 8, 8);
    none.squaresOf(8, 0, 8);
    none.adam(8, 8, 8, 8, 8, 0, 8, 8, scalars);
    none.adamRows(8, 8, 8, 8, 8, 0, 4, 8, 0, 8, scalars);
    assertThat(Operations.blocks(0)).isZero();
  }
}
