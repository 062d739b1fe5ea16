package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Parameters;
import dev.unroll.layers.kernel.Recurrence;
import dev.unroll.layers.kernel.RecurrentKernel;
import dev.unroll.layers.kernel.Run;
import dev.unroll.layers.kernel.Sequences;
import dev.unroll.layers.kernel.State;
import dev.unroll.layers.kernel.States;
import dev.unroll.layers.kernel.reference.ReferenceKernel;
import dev.unroll.layers.memory.Slab;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A few steps of each cell, forward and back, by a kernel and by the reference. A library that was
 * never seen on some device may compute something else there, and then nobody should use it.
 */
final class SelfCheck {
  private static final int BATCH = 3;
  private static final int STEPS = 4;
  private static final int INPUTS = 2;
  private static final int HIDDEN = 3;
  private static final double TOLERANCE = 1e-4;

  private SelfCheck() {}

  /**
   * Compares.
   *
   * @throws IllegalStateException if the numbers differ; the message says where
   */
  static void run(RecurrentKernel kernel) {
    for (Cell cell : Cell.values()) {
      if (kernel.supports(cell, DataType.FLOAT)) {
        CellShape shape = new CellShape(cell, INPUTS, HIDDEN);
        double[] expected = new Trial(shape).by(new ReferenceKernel());
        double[] actual = new Trial(shape).by(kernel);
        for (int i = 0; i < expected.length; i++) {
          if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE)) {
            throw new IllegalStateException(
                "computes %g where the equations of %s give %g, on this device (%s)"
                    .formatted(actual[i], cell, expected[i], kernel));
          }
        }
      }
    }
  }

  /**
   * One batch of two rows of different length and one empty row; the numbers are always the same.
   */
  private static final class Trial {
    private final Random random = new Random(1);
    private final CellShape shape;

    Trial(CellShape shape) {
      this.shape = shape;
    }

    /** Outputs, last states, and the derivatives of inputs, parameters and first states. */
    double[] by(RecurrentKernel kernel) {
      Slab x = numbers(STEPS * BATCH * INPUTS);
      Slab dOut = numbers(STEPS * BATCH * HIDDEN);
      Slab input = numbers(shape.inputWeights());
      Slab recurrent = numbers(shape.recurrentWeights());
      Slab bias = numbers(shape.biases());
      Slab out = zeros(STEPS * BATCH * HIDDEN);
      Slab dX = zeros(STEPS * BATCH * INPUTS);
      Slab dInput = zeros(shape.inputWeights());
      Slab dRecurrent = zeros(shape.recurrentWeights());
      Slab dBias = zeros(shape.biases());
      int width = State.width(shape, 1);
      Slab before = numbers(BATCH * width);
      Slab after = zeros(BATCH * width);
      Slab dAfter = numbers(BATCH * width);
      Slab dBefore = zeros(BATCH * width);
      List<Run> runs = List.of(new Run(0, 0, STEPS), new Run(2, 1, 2));
      Recurrence recurrence = new Recurrence(kernel, shape, DataType.FLOAT, false);
      recurrence.forward(
          List.of(new Parameters(input.pointer(), recurrent.pointer(), bias.pointer())),
          sequences(x, INPUTS),
          runs,
          List.of(sequences(out, HIDDEN)),
          true,
          new States(States.Ends.OF_SEQUENCES, List.of(state(before)), List.of(state(after))));
      recurrence.backward(
          List.of(sequences(dOut, HIDDEN)),
          List.of(sequences(dX, INPUTS)),
          List.of(new Parameters(dInput.pointer(), dRecurrent.pointer(), dBias.pointer())),
          List.of(state(dAfter)),
          List.of(state(dBefore)));
      return Stream.of(
              out.toDoubles(STEPS * BATCH * HIDDEN),
              dX.toDoubles(STEPS * BATCH * INPUTS),
              dInput.toDoubles(shape.inputWeights()),
              dRecurrent.toDoubles(shape.recurrentWeights()),
              dBias.toDoubles(shape.biases()),
              after.toDoubles(BATCH * width),
              dBefore.toDoubles(BATCH * width))
          .flatMapToDouble(Arrays::stream)
          .toArray();
    }

    private Slab numbers(int length) {
      Slab slab = zeros(length);
      slab.set(random.doubles(length, -1, 1).toArray());
      return slab;
    }

    private static Slab zeros(int length) {
      return new Slab(DataType.FLOAT).reserveZeros(length);
    }

    /** All hidden states, then all memories. */
    private State state(Slab slab) {
      Sequences hidden = new Sequences(slab.address(), BATCH, 1, HIDDEN, HIDDEN, Float.BYTES, slab);
      long memories = slab.address() + (long) BATCH * HIDDEN * Float.BYTES;
      Sequences memory = new Sequences(memories, BATCH, 1, HIDDEN, HIDDEN, Float.BYTES, slab);
      return new State(hidden, shape.cell().hasMemory() ? memory : null);
    }

    private static Sequences sequences(Slab slab, int width) {
      return new Sequences(slab.address(), BATCH, STEPS, width, width, Float.BYTES, slab);
    }
  }
}
