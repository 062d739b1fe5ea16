package dev.unroll.layers.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Kernels;
import dev.unroll.layers.kernel.Parameters;
import dev.unroll.layers.kernel.Recurrence;
import dev.unroll.layers.kernel.RecurrentKernel;
import dev.unroll.layers.kernel.Run;
import dev.unroll.layers.kernel.Sequences;
import dev.unroll.layers.kernel.State;
import dev.unroll.layers.kernel.States;
import dev.unroll.layers.kernel.reference.ReferenceKernel;
import dev.unroll.layers.memory.Slab;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The kernel with {@link CudnnDouble} in place of cuDNN. That it computes what the reference does,
 * over shapes, masks and directions, the tests of the layers say, which run with it too.
 */
class CudnnKernelTest {
  private static final int STEPS = 5;
  private static final int BATCH = 4;

  private final CudnnDouble cudnn = new CudnnDouble();
  private final RecurrentKernel kernel = new CudnnKernel("cudnn-double", cudnn, Arithmetic.FLOAT);
  private final Random random = new Random(3);

  @Test
  void cellsThatCudnnLacksAreLeftToOthers() {
    assertThat(kernel.supports(Cell.GRU, DataType.FLOAT)).isFalse();
    assertThat(kernel.supports(Cell.LSTM, DataType.FLOAT)).isTrue();
    assertThat(kernel.supports(Cell.LSTM, DataType.BFLOAT16)).isFalse();
    assertThat(Kernels.get(Cell.GRU, DataType.FLOAT).name()).isEqualTo("onednn");
  }

  @ParameterizedTest
  @EnumSource(
      value = Cell.class,
      names = {"TANH", "LSTM", "GRU_RESET_AFTER"})
  void statesOfRowsOfDifferentLengthAreThoseAtTheirEnds(Cell cell) {
    // Rows that end with the window, rows that end before it, and one that begins within it.
    List<Run> runs =
        List.of(new Run(0, 0, STEPS), new Run(1, 0, 2), new Run(2, 2, 3), new Run(3, 0, STEPS));
    Batch batch = new Batch(cell, runs);

    double[] expected = batch.states(new ReferenceKernel());
    double[] actual = batch.states(kernel);

    assertThat(actual).containsExactly(expected, within(1e-6));
    assertThat(expected).contains(0.0); // Row 1 stands before masked steps.
  }

  @Test
  void weightsAreSentAgainOnlyWhenTheyChanged() {
    Batch batch = new Batch(Cell.LSTM, Run.whole(BATCH, STEPS));
    Recurrence recurrence = new Recurrence(kernel, batch.shape, DataType.FLOAT, false);
    batch.forward(recurrence);
    int first = cudnn.uploads;
    batch.forward(recurrence);
    int unchanged = cudnn.uploads - first;
    batch.bias.floats().put(0, batch.bias.floats().get(0) + 1);
    batch.forward(recurrence);

    assertThat(first).isEqualTo(unchanged + 2); // The lengths are new too.
    assertThat(cudnn.uploads - first - unchanged).isEqualTo(unchanged + 1);
  }

  @Test
  void lengthsAreSentAgainOnlyWhenTheyChanged() {
    Batch batch = new Batch(Cell.GRU_RESET_AFTER, Run.whole(BATCH, STEPS));
    Recurrence recurrence = new Recurrence(kernel, batch.shape, DataType.FLOAT, false);
    batch.forward(recurrence);
    int first = cudnn.uploads;
    batch.forward(recurrence);
    int unchanged = cudnn.uploads - first;
    Batch shorter = new Batch(Cell.GRU_RESET_AFTER, Run.whole(BATCH, STEPS - 1));
    shorter.loadParameters(batch);
    shorter.forward(recurrence);

    assertThat(unchanged).isEqualTo(2); // Inputs and states.
    assertThat(cudnn.uploads - first - unchanged).isEqualTo(3);
  }

  @Test
  void passesTakeNoMoreMemoryWhenTheyAreUsedAgain() {
    Batch batch = new Batch(Cell.LSTM, Run.whole(BATCH, STEPS));
    Recurrence recurrence = new Recurrence(kernel, batch.shape, DataType.FLOAT, false);
    batch.forward(recurrence);
    int blocks = cudnn.memory.size();
    for (int i = 0; i < 5; i++) {
      batch.forward(recurrence);
    }

    assertThat(cudnn.memory.size()).isEqualTo(blocks);
  }

  /** A batch, its parameters and the state before it. */
  private final class Batch {
    private final CellShape shape;
    private final List<Run> runs;
    private final Slab x = numbers(STEPS * BATCH * 3);
    private final Slab input;
    private final Slab recurrent;
    private final Slab bias;
    private final INDArray before;

    Batch(Cell cell, List<Run> runs) {
      this.runs = runs;
      shape = new CellShape(cell, 3, 4);
      input = numbers(shape.inputWeights());
      recurrent = numbers(shape.recurrentWeights());
      bias = numbers(shape.biases());
      int width = State.width(shape, 1);
      before =
          Nd4j.createFromArray(random.doubles(BATCH * width, -1, 1).toArray())
              .castTo(DataType.FLOAT)
              .reshape(BATCH, width);
    }

    void loadParameters(Batch other) {
      input.set(other.input.toDoubles(shape.inputWeights()));
      recurrent.set(other.recurrent.toDoubles(shape.recurrentWeights()));
      bias.set(other.bias.toDoubles(shape.biases()));
    }

    void forward(Recurrence recurrence) {
      forward(recurrence, States.NONE);
    }

    private void forward(Recurrence recurrence, States states) {
      Slab out = new Slab(DataType.FLOAT).reserveZeros((long) STEPS * BATCH * shape.hidden());
      recurrence.forward(
          List.of(new Parameters(input.pointer(), recurrent.pointer(), bias.pointer())),
          new Sequences(x.address(), BATCH, STEPS, 3, 3, 4, x),
          runs,
          List.of(
              new Sequences(out.address(), BATCH, STEPS, shape.hidden(), shape.hidden(), 4, out)),
          false,
          states);
    }

    /** Hidden states and memories after the window. */
    double[] states(RecurrentKernel by) {
      INDArray after = Nd4j.valueArrayOf(before.shape(), Double.NaN, DataType.FLOAT);
      forward(
          new Recurrence(by, shape, DataType.FLOAT, false),
          new States(
              States.Ends.OF_WINDOW, State.split(before, shape, 1), State.split(after, shape, 1)));
      return after.ravel().toDoubleVector();
    }

    private Slab numbers(int length) {
      Slab slab = new Slab(DataType.FLOAT).reserve(length);
      slab.set(random.doubles(length, -1, 1).toArray());
      return slab;
    }
  }
}
