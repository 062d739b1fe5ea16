package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Parameters;
import dev.unroll.layers.kernel.Recurrence;
import dev.unroll.layers.kernel.RecurrentKernel;
import dev.unroll.layers.kernel.Run;
import dev.unroll.layers.kernel.Sequences;
import dev.unroll.layers.kernel.State;
import dev.unroll.layers.kernel.States;
import dev.unroll.layers.memory.Slab;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A batch of {@link SelfCheck}, which begins in a state and keeps the one at its end; its numbers
 * are always the same.
 *
 * @param training whether it goes back too
 */
record Trial(
    CellShape shape, DataType type, int batch, int steps, List<Run> runs, boolean training) {

  /** An array that a kernel wrote. */
  record Numbers(String name, double[] values) {}

  /** Outputs, last states, and the derivatives of inputs, parameters and first states. */
  List<Numbers> by(RecurrentKernel kernel) {
    Random random = new Random(1);
    int outputs = steps * batch * shape.hidden();
    int inputs = steps * batch * shape.inputs();
    int states = batch * State.width(shape, 1);
    // Sums over so many products stay near 1.
    double weight = Math.min(1, 2 / Math.sqrt(shape.hidden()));
    Slab x = numbers(random, inputs, 1);
    Slab dOut = numbers(random, outputs, 1);
    Slab input = numbers(random, shape.inputWeights(), weight);
    Slab recurrent = numbers(random, shape.recurrentWeights(), weight);
    Slab bias = numbers(random, shape.biases(), 1);
    Slab before = numbers(random, states, 1);
    Slab dAfter = numbers(random, states, 1);
    Slab out = zeros(outputs);
    Slab after = zeros(states);
    Recurrence recurrence = new Recurrence(kernel, shape, type, false);
    recurrence.forward(
        List.of(new Parameters(input.pointer(), recurrent.pointer(), bias.pointer())),
        sequences(x, shape.inputs()),
        runs,
        List.of(sequences(out, shape.hidden())),
        training,
        new States(States.Ends.OF_SEQUENCES, List.of(state(before)), List.of(state(after))));
    List<Numbers> numbers = new ArrayList<>();
    numbers.add(new Numbers("the outputs", out.toDoubles(outputs)));
    numbers.add(new Numbers("the last states", after.toDoubles(states)));
    if (training) {
      Slab dX = zeros(inputs);
      Slab dInput = zeros(shape.inputWeights());
      Slab dRecurrent = zeros(shape.recurrentWeights());
      Slab dBias = zeros(shape.biases());
      Slab dBefore = zeros(states);
      recurrence.backward(
          List.of(sequences(dOut, shape.hidden())),
          List.of(sequences(dX, shape.inputs())),
          List.of(new Parameters(dInput.pointer(), dRecurrent.pointer(), dBias.pointer())),
          List.of(state(dAfter)),
          List.of(state(dBefore)));
      numbers.add(new Numbers("dX", dX.toDoubles(inputs)));
      numbers.add(new Numbers("dW", dInput.toDoubles(shape.inputWeights())));
      numbers.add(new Numbers("dR", dRecurrent.toDoubles(shape.recurrentWeights())));
      numbers.add(new Numbers("db", dBias.toDoubles(shape.biases())));
      numbers.add(new Numbers("the derivatives of states", dBefore.toDoubles(states)));
    }
    return numbers;
  }

  private Slab numbers(Random random, int length, double largest) {
    Slab slab = zeros(length);
    slab.set(random.doubles(length, -largest, largest).toArray());
    return slab;
  }

  private Slab zeros(int length) {
    return new Slab(type).reserveZeros(length);
  }

  /** All hidden states, then all memories. */
  private State state(Slab slab) {
    int width = shape.hidden();
    Sequences hidden = new Sequences(slab.address(), batch, 1, width, width, type.width(), slab);
    long memories = slab.address() + (long) batch * width * type.width();
    Sequences memory = new Sequences(memories, batch, 1, width, width, type.width(), slab);
    return new State(hidden, shape.cell().hasMemory() ? memory : null);
  }

  private Sequences sequences(Slab slab, int width) {
    return new Sequences(slab.address(), batch, steps, width, width, type.width(), slab);
  }

  /** For people. */
  @Override
  public String toString() {
    return "%d rows of %s, %d to %d units, %s"
        .formatted(
            batch,
            type.name().toLowerCase(Locale.ROOT),
            shape.inputs(),
            shape.hidden(),
            training ? "training" : "inference");
  }
}
