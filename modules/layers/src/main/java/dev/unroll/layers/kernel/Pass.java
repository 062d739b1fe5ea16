package dev.unroll.layers.kernel;

import dev.unroll.layers.memory.Slab;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The computation of some rows of a batch, forward and then backward, and the memory for it.
 *
 * <p>The caller calls {@link #reset}, fills {@link #x}, {@link #h0} and {@link #c0}, calls {@link
 * #forward} and reads {@link #out} and {@link #cN}; then, if it trains, calls {@link
 * #beginBackward}, fills {@link #dOut}, calls {@link #backward} and reads {@link #dX}. All are
 * {@code [steps, rows, features]}, states {@code [rows, hidden]}. Rows that are shorter than {@code
 * steps} have zeros behind their end in {@code x} and {@code dOut}; what comes out there is
 * undefined and finite.
 *
 * <p>The derivative with respect to the hidden state after a row's last step is part of {@link
 * #dOut}; that with respect to the memory is {@link #dCn}. Those of the states before the first
 * step are {@link #dH0} and {@link #dC0}. All three are null unless they are asked for.
 *
 * <p>Not safe for use by several threads at once; different passes are.
 */
public abstract class Pass {
  /** The cell and its sizes. */
  protected final CellShape shape;

  /** The type of all numbers. */
  protected final DataType type;

  /** Inputs. */
  protected final Slab x;

  /** The hidden state before the first step. */
  protected final Slab h0;

  /** The memory before the first step. */
  protected final Slab c0;

  /** The hidden state after each step. */
  protected final Slab out;

  /**
   * The memory after each row's own last step; but see {@link RecurrentKernel.Purpose#memories}.
   */
  protected final Slab cN;

  /**
   * The derivative of the loss with respect to {@link #out}. This and the others are there from
   * {@link #beginBackward} until the thread that called it calls that of another pass.
   */
  protected Slab dOut;

  /** The derivative with respect to {@link #x}. */
  protected Slab dX;

  /** The derivative with respect to {@link #cN}, or null. */
  protected Slab dCn;

  /** The derivative with respect to {@link #h0}, or null. */
  protected Slab dH0;

  /** The derivative with respect to {@link #c0}, or null. */
  protected Slab dC0;

  private int[] lengths;
  private int rows;
  private int steps;
  private boolean training;

  /** A pass without rows. */
  protected Pass(CellShape shape, DataType type) {
    this.shape = shape;
    this.type = type;
    x = new Slab(type);
    h0 = new Slab(type);
    c0 = new Slab(type);
    out = new Slab(type);
    cN = new Slab(type);
  }

  /**
   * Prepares for rows of at most {@code steps} steps.
   *
   * @param lengths number of steps of each row, the longest first
   * @param training whether {@link #backward} will be called
   */
  final void reset(int[] lengths, int steps, boolean training) {
    this.lengths = lengths;
    rows = lengths.length;
    this.steps = steps;
    this.training = training;
    x.reserve((long) steps * rows * shape.inputs());
    out.reserve((long) steps * rows * shape.hidden());
    h0.reserveZeros((long) rows * shape.hidden());
    if (shape.cell().hasMemory()) {
      c0.reserveZeros((long) rows * shape.hidden());
      cN.reserve((long) rows * shape.hidden());
    }
    prepare();
  }

  /**
   * Prepares for the backward pass, which the thread that calls this must run.
   *
   * @param fromMemory whether there are derivatives with respect to {@link #cN}
   * @param toStates whether those with respect to {@link #h0} and {@link #c0} are wanted
   */
  final void beginBackward(boolean fromMemory, boolean toStates) {
    Scratch scratch = Scratch.get(type);
    dOut = scratch.dOut.reserve((long) steps * rows * shape.hidden());
    dX = scratch.dX.reserve((long) steps * rows * shape.inputs());
    boolean memory = shape.cell().hasMemory();
    long states = (long) rows * shape.hidden();
    dCn = memory && fromMemory ? scratch.dCn.reserveZeros(states) : null;
    dH0 = toStates ? scratch.dH0.reserve(states) : null;
    dC0 = memory && toStates ? scratch.dC0.reserve(states) : null;
  }

  /** Memory for a library to work in, until this thread asks for it again. */
  protected static Slab scratchpad(long bytes) {
    return Scratch.get(DataType.FLOAT).pad.reserve(bytes);
  }

  /** Number of steps of each row, the longest first, for kernels that can stop there. */
  protected final int[] lengths() {
    return lengths;
  }

  /** How many rows have a step {@code t}: the first ones. */
  protected final int rowsAt(int t) {
    int count = rows;
    while (count > 0 && lengths[count - 1] <= t) {
      count--;
    }
    return count;
  }

  /** Number of rows. */
  protected final int rows() {
    return rows;
  }

  /** Number of steps. */
  protected final int steps() {
    return steps;
  }

  /** Whether {@link #backward} will be called. */
  protected final boolean training() {
    return training;
  }

  /** Called after the sizes are known and before the inputs are filled in. */
  protected abstract void prepare();

  /** Computes {@link #out} and {@link #cN}. */
  protected abstract void forward(RecurrentKernel.Weights weights);

  /**
   * Computes {@link #dX} and the derivatives of the parameters, of this part alone; and those of
   * the states, if they are asked for.
   */
  protected abstract void backward(RecurrentKernel.Weights weights);

  /**
   * Writes the derivatives of a gate's columns of {@code W} to {@code gradient}, or adds them.
   * Those of several gates may be asked for at once, by several threads.
   *
   * @param gate its number in the order of {@link Cell}
   * @param gradient {@code [inputs, hidden]}, column after column
   * @param add false for the first part of a batch
   */
  protected abstract void inputGradient(int gate, Pointer gradient, boolean add);

  /** The same for {@code R}: {@code [hidden, hidden]}. */
  protected abstract void recurrentGradient(int gate, Pointer gradient, boolean add);

  /** The same for all of {@code b [biases x hidden]}. */
  protected abstract void biasGradient(Pointer gradient, boolean add);
}
