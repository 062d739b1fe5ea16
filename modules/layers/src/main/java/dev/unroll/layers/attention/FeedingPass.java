package dev.unroll.layers.attention;

import dev.unroll.layers.kernel.CellTape;
import dev.unroll.layers.kernel.Kernels;
import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Slab;
import dev.unroll.layers.memory.Sums;
import java.lang.ref.Reference;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The computation of {@link InputFeeding}: a cell and an attention in turns, forward and backward
 * pass.
 *
 * <pre>
 *   x t | vector t-1  →  cell  →  h t  →  attention  →  vector t
 * </pre>
 *
 * <p>A sequence begins in the given state at its own first valid step, and after a hole in zeros,
 * as in every recurrent layer.
 */
final class FeedingPass {
  final FeedingShape shape;
  final AttentionPass attention;
  private final DataType type;
  private final CellTape tape;

  /** The state in which sequences begin, {@code h | c}, and the derivative with respect to it. */
  private final Slab initial;

  private final Slab dInitial;
  private final Slab x;
  private final Slab hidden;
  private final Slab memory;
  private final Slab vector;
  private final Slab dHidden;
  private final Slab spare;
  private boolean begins;
  private ValidSteps steps;

  FeedingPass(FeedingShape shape, DataType type) {
    this.shape = shape;
    this.type = type;
    attention = AttentionPass.of(shape.attention(), type);
    tape = new CellTape(Kernels.get(shape.cell().cell(), type), shape.cell(), type);
    initial = new Slab(type);
    dInitial = new Slab(type);
    x = new Slab(type);
    hidden = new Slab(type);
    memory = new Slab(type);
    vector = new Slab(type);
    dHidden = new Slab(type);
    spare = new Slab(type);
  }

  /** Copies the state {@code [batch, width]}, row after row, in which sequences begin; or null. */
  void begin(INDArray state) {
    begins = state != null;
    if (begins) {
      initial.reserve(state.length());
      copy(NativeMemory.address(state), initial.address(), state.length());
      Reference.reachabilityFence(state);
    }
  }

  /**
   * Decodes.
   *
   * @param in time-major {@code [batch, inputs, T]}
   * @param out receives the attentional vectors, time-major {@code [batch, outputs, T]}
   */
  void forward(
      ValidSteps newSteps,
      INDArray in,
      Function<String, INDArray> parameters,
      INDArray out,
      boolean training) {
    steps = newSteps;
    attention.begin(steps, parameters);
    tape.begin(InputFeedingParameters.cell(parameters), steps.batch(), training);
    x.reserve(values(shape.cell().inputs()));
    reserve(hidden, memory, vector);
    long from = NativeMemory.address(in);
    for (int t = 0; t < steps.steps(); t++) {
      for (int b = 0; b < steps.batch(); b++) {
        if (!goesOn(b, t)) {
          enter(b, t);
        }
        join(b, t, from);
      }
      tape.step(t, x, hidden, memory);
      attention.step(t, hidden, vector);
      copy(vector.address(), at(out, t, outputs()), values(outputs()));
    }
    Reference.reachabilityFence(in);
    Reference.reachabilityFence(out);
  }

  /** Goes back through the last {@link #forward}, which was a training's. */
  void backward(INDArray dOut, Function<String, INDArray> gradients, INDArray dIn) {
    attention.beginBack();
    dHidden.reserve(values(units()));
    spare.reserve(values(Math.max(units(), outputs())));
    dInitial.reserveZeros((long) steps.batch() * shape.state());
    // From here on these hold derivatives.
    reserve(hidden, memory, vector);
    for (int t = steps.steps() - 1; t >= 0; t--) {
      copy(at(dOut, t, outputs()), spare.address(), values(outputs()));
      add(spare, vector, outputs());
      attention.stepBack(t, vector, dHidden);
      add(dHidden, hidden, units());
      tape.stepBack(t, hidden, memory, x);
      for (int b = 0; b < steps.batch(); b++) {
        split(b, t, NativeMemory.address(dIn));
        if (!goesOn(b, t)) {
          leave(b, t);
        }
      }
    }
    tape.gradients(InputFeedingParameters.cell(gradients));
    attention.finishBack(gradients);
    Reference.reachabilityFence(dOut);
    Reference.reachabilityFence(dIn);
  }

  /** Copies the derivative with respect to the state in which sequences began. */
  void initialStateGradient(INDArray to) {
    copy(dInitial.address(), NativeMemory.address(to), to.length());
    Reference.reachabilityFence(to);
  }

  private void reserve(Slab h, Slab c, Slab fed) {
    h.reserveZeros(values(units()));
    c.reserveZeros(shape.cell().cell().hasMemory() ? values(units()) : 0);
    fed.reserveZeros(values(outputs()));
  }

  /** Whether a step follows one that is there, or neither matters. */
  private boolean goesOn(int b, int t) {
    return t > 0 && steps.has(b, t) && steps.has(b, t - 1);
  }

  private boolean isFirst(int b, int t) {
    boolean first = steps.has(b, t);
    for (int before = 0; first && before < t; before++) {
      first = !steps.has(b, before);
    }
    return first;
  }

  /** Sets an example to where it begins. */
  private void enter(int b, int t) {
    zero(vector, b, outputs());
    if (begins && isFirst(b, t)) {
      copy(initialAt(initial, b), row(hidden, b, units()), units());
      if (shape.cell().cell().hasMemory()) {
        copy(memoryAt(initial, b), row(memory, b, units()), units());
      }
    } else {
      zero(hidden, b, units());
      if (shape.cell().cell().hasMemory()) {
        zero(memory, b, units());
      }
    }
  }

  /** Takes the derivatives from where an example begins; nothing went in from before. */
  private void leave(int b, int t) {
    if (begins && isFirst(b, t)) {
      copy(row(hidden, b, units()), initialAt(dInitial, b), units());
      if (shape.cell().cell().hasMemory()) {
        copy(row(memory, b, units()), memoryAt(dInitial, b), units());
      }
    }
    zero(vector, b, outputs());
    zero(hidden, b, units());
    if (shape.cell().cell().hasMemory()) {
      zero(memory, b, units());
    }
  }

  /** The input of the cell: of the sequence, and what was seen before. */
  private void join(int b, int t, long in) {
    long to = row(x, b, shape.cell().inputs());
    if (steps.has(b, t)) {
      copy(sequenceAt(in, b, t), to, shape.inputs());
    } else {
      zero(to, shape.inputs());
    }
    copy(row(vector, b, outputs()), to + bytes(shape.inputs()), outputs());
  }

  private void split(int b, int t, long dIn) {
    long from = row(x, b, shape.cell().inputs());
    copy(from, sequenceAt(dIn, b, t), shape.inputs());
    copy(from + bytes(shape.inputs()), row(vector, b, outputs()), outputs());
  }

  private long sequenceAt(long sequences, int b, int t) {
    return sequences + bytes(((long) t * steps.batch() + b) * shape.inputs());
  }

  private long initialAt(Slab states, int b) {
    return row(states, b, shape.state());
  }

  private long memoryAt(Slab states, int b) {
    return initialAt(states, b) + bytes(units());
  }

  private int units() {
    return shape.cell().hidden();
  }

  private int outputs() {
    return shape.attention().outputs();
  }

  private long values(int width) {
    return (long) steps.batch() * width;
  }

  private long row(Slab slab, int b, int width) {
    return slab.address() + bytes((long) b * width);
  }

  private long at(INDArray timeMajor, int t, int width) {
    return NativeMemory.address(timeMajor) + bytes(t * values(width));
  }

  private long bytes(long values) {
    return values * type.width();
  }

  private void add(Slab from, Slab to, int width) {
    Sums.add(from.pointer(), to.pointer(), type, (int) values(width));
  }

  private void zero(Slab slab, int b, int width) {
    zero(row(slab, b, width), width);
  }

  private void zero(long at, int count) {
    Pointer.memset(new Address().at(at), 0, bytes(count));
  }

  private void copy(long from, long to, long count) {
    Pointer.memcpy(new Address().at(to), new Address().at(from), bytes(count));
  }
}
