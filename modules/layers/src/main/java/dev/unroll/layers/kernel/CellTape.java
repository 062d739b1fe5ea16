package dev.unroll.layers.kernel;

import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.memory.Slab;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A cell that reads a batch one step at a time and goes back the same way: what {@link Recurrence}
 * does for whole sequences, for a network in which the next input depends on the last state.
 *
 * <p>States are the caller's, {@code [rows, hidden]}: he gives them to every step and may change
 * them in between. Every row is read at every step; whoever has shorter ones ignores the rest. One
 * tape serves one thread at a time, and works with several.
 */
public final class CellTape {
  /** Rows that one thread takes at once. */
  private static final int ROWS = 32;

  private final RecurrentKernel kernel;
  private final CellShape shape;
  private final DataType type;
  private RecurrentKernel.Method method;
  private RecurrentKernel.Weights weights;

  /** Kernels may use these where they lie. */
  private Parameters parameters;

  /** By step, or one for all steps without training; then by part. */
  private final List<List<Pass>> passes = new ArrayList<>();

  private int rows;
  private boolean training;
  private int used;

  /** A tape for a cell. */
  public CellTape(RecurrentKernel kernel, CellShape shape, DataType type) {
    this.kernel = kernel;
    this.shape = shape;
    this.type = type;
  }

  /**
   * Takes the parameters, and begins a batch.
   *
   * @param training whether it will be gone back through; every step then keeps what that needs
   */
  public void begin(Parameters newParameters, int rows, boolean training) {
    RecurrentKernel.Method best =
        kernel.method(
            shape,
            type,
            new RecurrentKernel.Purpose(training, partRows(rows, 0) == 1, false, true));
    if (!best.equals(method)) {
      method = best;
      weights = method.weights();
      passes.clear();
    }
    parameters = newParameters;
    weights.load(parameters.input(), parameters.recurrent(), parameters.bias());
    this.rows = rows;
    this.training = training;
    used = 0;
  }

  private int parts() {
    return (rows + ROWS - 1) / ROWS;
  }

  private static int partRows(int rows, int part) {
    return Math.min(ROWS, rows - part * ROWS);
  }

  private Pass pass(int t, int part) {
    int slot = training ? t : 0;
    while (passes.size() <= slot) {
      passes.add(new ArrayList<>());
    }
    List<Pass> ofStep = passes.get(slot);
    while (ofStep.size() <= part) {
      ofStep.add(method.pass());
    }
    return ofStep.get(part);
  }

  /**
   * Reads step {@code t}: 0, 1, and so on.
   *
   * @param x {@code [rows, inputs]}
   * @param hidden the state before it, replaced by that after it
   * @param memory likewise; not looked at if the cell has none
   */
  public void step(int t, Slab x, Slab hidden, Slab memory) {
    used = t + 1;
    for (int part = 0; part < parts(); part++) {
      pass(t, part);
    }
    Parallel.forEach(
        parts(),
        part -> {
          Pass pass = pass(t, part);
          int count = partRows(rows, part);
          int[] ones = new int[count];
          Arrays.fill(ones, 1);
          pass.reset(ones, 1, training);
          in(x, part, shape.inputs(), pass.x);
          in(hidden, part, shape.hidden(), pass.h0);
          if (shape.cell().hasMemory()) {
            in(memory, part, shape.hidden(), pass.c0);
          }
          pass.forward(weights);
          out(pass.out, hidden, part, shape.hidden());
          if (shape.cell().hasMemory()) {
            out(pass.cN, memory, part, shape.hidden());
          }
        });
  }

  /**
   * Goes back through step {@code t}, after all later ones.
   *
   * @param dHidden derivative with respect to the state after it, replaced by that with respect to
   *     the state before it
   * @param dMemory likewise; not looked at if the cell has none
   * @param dX receives that with respect to the input
   */
  public void stepBack(int t, Slab dHidden, Slab dMemory, Slab dX) {
    boolean memory = shape.cell().hasMemory();
    Parallel.forEach(
        parts(),
        part -> {
          Pass pass = pass(t, part);
          pass.beginBackward(memory, true);
          in(dHidden, part, shape.hidden(), pass.dOut);
          if (memory) {
            in(dMemory, part, shape.hidden(), pass.dCn);
          }
          pass.backward(weights);
          out(pass.dX, dX, part, shape.inputs());
          out(pass.dH0, dHidden, part, shape.hidden());
          if (memory) {
            out(pass.dC0, dMemory, part, shape.hidden());
          }
        });
  }

  /** After the backward pass: the derivatives with respect to the parameters; overwritten. */
  public void gradients(Parameters sums) {
    List<Runnable> work = new ArrayList<>();
    for (int g = 0; g < shape.cell().gates(); g++) {
      int gate = g;
      Pointer input = block(sums.input(), gate, shape.inputs());
      Pointer recurrent = block(sums.recurrent(), gate, shape.hidden());
      work.add(() -> add((pass, more) -> pass.inputGradient(gate, input, more)));
      work.add(() -> add((pass, more) -> pass.recurrentGradient(gate, recurrent, more)));
    }
    work.add(() -> add((pass, more) -> pass.biasGradient(sums.bias(), more)));
    Parallel.run(work);
  }

  private Pointer block(Pointer matrix, int gate, int features) {
    long bytes = (long) features * shape.hidden() * type.width();
    return new Address().at(matrix.address() + gate * bytes);
  }

  private void add(BiConsumer<Pass, Boolean> gradient) {
    for (int t = 0; t < used; t++) {
      for (int part = 0; part < parts(); part++) {
        gradient.accept(passes.get(t).get(part), t + part > 0);
      }
    }
  }

  private void in(Slab from, int part, int width, Slab to) {
    copy(from.address() + offset(part, width), to.address(), part, width);
  }

  private void out(Slab from, Slab to, int part, int width) {
    copy(from.address(), to.address() + offset(part, width), part, width);
  }

  private long offset(int part, int width) {
    return (long) part * ROWS * width * type.width();
  }

  private void copy(long from, long to, int part, int width) {
    long bytes = (long) partRows(rows, part) * width * type.width();
    Pointer.memcpy(new Address().at(to), new Address().at(from), bytes);
  }
}
