package dev.unroll.layers.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.Networks;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Slab;
import dev.unroll.layers.memory.TimeMajor;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Step by step against all steps at once, every kernel, there and back. */
class CellTapeTest {
  /** More than one part. */
  private static final int BATCH = 37;

  private static final int STEPS = 4;
  private static final int INPUTS = 3;
  private static final int HIDDEN = 5;

  @AfterEach
  void fastestAgain() {
    Kernels.use(null);
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithWholeSequences(Cell cell) {
    CellShape shape = new CellShape(cell, INPUTS, HIDDEN);
    INDArray x = timeMajor(INPUTS);
    INDArray w = Nd4j.rand(DataType.FLOAT, 1, shape.inputWeights()).subi(0.5);
    INDArray r = Nd4j.rand(DataType.FLOAT, 1, shape.recurrentWeights()).subi(0.5);
    INDArray b = Nd4j.rand(DataType.FLOAT, 1, shape.biases()).subi(0.5);
    INDArray before = Nd4j.rand(DataType.FLOAT, BATCH, State.width(shape, 1)).subi(0.5);
    INDArray dOut = timeMajor(HIDDEN);
    for (String name : Kernels.available()) {
      Kernels.use(name);
      RecurrentKernel kernel = Kernels.get(cell, DataType.FLOAT);

      Recurrence recurrence = new Recurrence(kernel, shape, DataType.FLOAT, false);
      INDArray out = timeMajor(HIDDEN);
      INDArray dX = timeMajor(INPUTS);
      INDArray after = before.like();
      INDArray dBefore = before.like();
      INDArray dW = w.like();
      INDArray dR = r.like();
      INDArray db = b.like();
      recurrence.forward(
          List.of(Parameters.in(w, r, b)),
          Sequences.of(x),
          Run.of((INDArray) null, BATCH, STEPS),
          List.of(Sequences.of(out)),
          true,
          new States(
              States.Ends.OF_SEQUENCES,
              State.split(before, shape, 1),
              State.split(after, shape, 1)));
      recurrence.backward(
          List.of(Sequences.of(dOut)),
          List.of(Sequences.of(dX)),
          List.of(Parameters.in(dW, dR, db)),
          null,
          State.split(dBefore, shape, 1));

      CellTape tape = new CellTape(kernel, shape, DataType.FLOAT);
      INDArray dW2 = w.like().assign(Double.NaN);
      INDArray dR2 = r.like().assign(Double.NaN);
      INDArray db2 = b.like().assign(Double.NaN);
      // Twice, since memory is used again.
      for (int pass = 0; pass < 2; pass++) {
        tape.begin(Parameters.in(w, r, b), BATCH, true);
        Slab h = columns(before, 0);
        Slab c = columns(before, before.size(1) - HIDDEN);
        for (int t = 0; t < STEPS; t++) {
          tape.step(t, step(x, t), h, c);
          Networks.assertEquals(
              array(h, HIDDEN), slice(out, t), Networks.tolerance(name), name + " " + t);
        }
        Slab dH = new Slab(DataType.FLOAT).reserveZeros(BATCH * HIDDEN);
        Slab dC = new Slab(DataType.FLOAT).reserveZeros(BATCH * HIDDEN);
        Slab dStep = new Slab(DataType.FLOAT).reserve(BATCH * INPUTS);
        for (int t = STEPS - 1; t >= 0; t--) {
          INDArray sum = array(dH, HIDDEN).add(slice(dOut, t)).dup('c');
          dH.set(sum.data().asDouble());
          tape.stepBack(t, dH, dC, dStep);
          Networks.assertEquals(
              array(dStep, INPUTS), slice(dX, t), Networks.tolerance(name), name + " dX " + t);
        }
        tape.gradients(Parameters.in(dW2, dR2, db2));
        Networks.assertEquals(dW2, dW, Networks.tolerance(name), name + " dW");
        Networks.assertEquals(dR2, dR, Networks.tolerance(name), name + " dR");
        Networks.assertEquals(db2, db, Networks.tolerance(name), name + " db");
        Networks.assertEquals(
            array(dH, HIDDEN),
            array(columns(dBefore, 0), HIDDEN),
            Networks.tolerance(name),
            name + " dH0");
        if (cell.hasMemory()) {
          Networks.assertEquals(
              array(dC, HIDDEN),
              array(columns(dBefore, HIDDEN), HIDDEN),
              Networks.tolerance(name),
              name + " dC0");
        }
      }
    }
    assertThat(Kernels.available()).isNotEmpty();
  }

  private static INDArray timeMajor(int width) {
    return TimeMajor.createDetached(DataType.FLOAT, BATCH, width, STEPS)
        .assign(Nd4j.rand(DataType.FLOAT, BATCH, width, STEPS).subi(0.5));
  }

  private static INDArray slice(INDArray sequences, int t) {
    return sequences.permute(2, 0, 1).slice(t);
  }

  private static Slab step(INDArray sequences, int t) {
    INDArray slice = slice(sequences, t).dup('c');
    Slab slab = new Slab(DataType.FLOAT).reserve(slice.length());
    slab.set(slice.data().asDouble());
    return slab;
  }

  private static Slab columns(INDArray state, long from) {
    Slab slab = new Slab(DataType.FLOAT).reserve((long) BATCH * HIDDEN);
    double[] values = new double[BATCH * HIDDEN];
    for (int i = 0; i < values.length; i++) {
      values[i] = state.getDouble(i / HIDDEN, from + i % HIDDEN);
    }
    slab.set(values);
    return slab;
  }

  private static INDArray array(Slab slab, int width) {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, BATCH, width);
    Pointer.memcpy(NativeMemory.floats(array), slab.pointer(), array.length() * Float.BYTES);
    return array;
  }
}
