package dev.unroll.layers.attention;

import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Slab;
import dev.unroll.layers.memory.TimeMajor;
import java.util.Arrays;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The computation of attention over a batch, forward and back, and the memory for it: of all steps
 * at once, {@link #forward} and {@link #backward}, or of one after the other, {@link #step} and
 * {@link #stepBack}, where a state depends on what was seen before.
 *
 * <p>Arrays of sequences lie time-major. Parameters, and derivatives of them, are asked for by the
 * names of {@link AttentionParameters}. What the backward pass needs stays from the forward pass;
 * one pass serves one thread at a time.
 */
abstract class AttentionPass {
  final AttentionShape shape;
  final DataType type;

  /** What is looked at, {@code [S, batch, source]}, and the derivative with respect to it. */
  final Slab source;

  final Slab dSource;

  /** Who looks, {@code [T, batch, queries]}. */
  final Slab states;

  final Slab dStates;

  /** The attentional vectors, {@code [T, batch, outputs]}; zeros where no state is. */
  final Slab outputs;

  /** What comes back to them; anything where no state is. */
  final Slab dOutputs;

  /** How much each state looks at each step of the source, {@code [batch, T, S]}. */
  final Slab weights;

  /** Which steps of the source are there; null before there is one. */
  ValidSteps seen;

  /** Which states are there; null before any looked. */
  ValidSteps asking;

  AttentionPass(AttentionShape shape, DataType type) {
    this.shape = shape;
    this.type = type;
    source = new Slab(type);
    dSource = new Slab(type);
    states = new Slab(type);
    dStates = new Slab(type);
    outputs = new Slab(type);
    dOutputs = new Slab(type);
    weights = new Slab(type);
  }

  static AttentionPass of(AttentionShape shape, DataType type) {
    return type == DataType.FLOAT ? new FloatPass(shape) : new ReferencePass(shape, type);
  }

  /** Takes the parameters; {@link #weights} are zero. */
  abstract void prepare(Function<String, INDArray> parameters);

  /** Lets the states of some steps look: {@link #states} to {@link #outputs}. */
  abstract void look(int from, int steps);

  /** Begins the backward pass; {@link #dStates} and {@link #dSource} are zero. */
  abstract void prepareBack();

  /** Goes back through {@link #look}: {@link #dOutputs} to {@link #dStates}. */
  abstract void lookBack(int from, int steps);

  /** Computes the derivatives with respect to the parameters, and completes {@link #dSource}. */
  abstract void finishBack(Function<String, INDArray> gradients);

  /**
   * Copies what the next passes look at.
   *
   * @param array {@code [batch, source, S]}
   * @param mask {@code [batch, S]}, or null
   */
  final void source(INDArray array, INDArray mask) {
    if (array.rank() != 3 || array.size(1) != shape.source()) {
      throw new IllegalArgumentException(
          "expected a source [batch, %d, time], got %s"
              .formatted(shape.source(), Arrays.toString(array.shape())));
    }
    seen = new ValidSteps(mask, array.size(0), array.size(2));
    INDArray timeMajor = TimeMajor.of(array.castTo(type));
    source.reserve(array.length());
    copy(NativeMemory.pointer(timeMajor), source.pointer(), array.length());
  }

  /** Begins to look step by step; {@code steps} are those of the states. */
  final void begin(ValidSteps steps, Function<String, INDArray> parameters) {
    if (seen == null || seen.batch() != steps.batch()) {
      throw new IllegalStateException(
          "an AttentionSource must give a source of %d sequences, got %s"
              .formatted(steps.batch(), seen == null ? "none" : seen.batch()));
    }
    asking = steps;
    weights.reserveZeros((long) steps.rows() * seen.steps());
    states.reserve((long) steps.rows() * shape.queries());
    outputs.reserve((long) steps.rows() * shape.outputs());
    prepare(parameters);
  }

  /**
   * Looks, all steps at once.
   *
   * @param in {@code [batch, queries, T]}
   * @param out receives the attentional vectors, {@code [batch, outputs, T]}
   */
  final void forward(
      ValidSteps steps, INDArray in, Function<String, INDArray> parameters, INDArray out) {
    begin(steps, parameters);
    copy(NativeMemory.pointer(in), states.pointer(), in.length());
    look(0, steps.steps());
    copy(outputs.pointer(), NativeMemory.pointer(out), out.length());
  }

  /** The same at step {@code t}: {@code [batch, queries]} to {@code [batch, outputs]}. */
  final void step(int t, Slab in, Slab out) {
    copy(in.pointer(), at(states, t, shape.queries()), row(shape.queries()));
    look(t, 1);
    copy(at(outputs, t, shape.outputs()), out.pointer(), row(shape.outputs()));
  }

  /**
   * Goes back through the last {@link #forward}.
   *
   * @param dOut derivative of the loss with respect to the output; not looked at where no state is
   * @param gradients receive the derivatives with respect to the parameters
   * @param dIn receives that with respect to the states
   */
  final void backward(INDArray dOut, Function<String, INDArray> gradients, INDArray dIn) {
    beginBack();
    copy(NativeMemory.pointer(dOut), dOutputs.pointer(), dOut.length());
    lookBack(0, asking.steps());
    finishBack(gradients);
    copy(dStates.pointer(), NativeMemory.pointer(dIn), dIn.length());
  }

  /** Begins to go back step by step, the last first; {@link #finishBack} ends it. */
  final void beginBack() {
    dOutputs.reserve((long) asking.rows() * shape.outputs());
    dStates.reserveZeros((long) asking.rows() * shape.queries());
    dSource.reserveZeros((long) seen.rows() * shape.source());
    prepareBack();
  }

  /** The same at step {@code t}: {@code [batch, outputs]} to {@code [batch, queries]}. */
  final void stepBack(int t, Slab dOut, Slab dIn) {
    copy(dOut.pointer(), at(dOutputs, t, shape.outputs()), row(shape.outputs()));
    lookBack(t, 1);
    copy(at(dStates, t, shape.queries()), dIn.pointer(), row(shape.queries()));
  }

  /** Copies the derivative with respect to the source to {@code [batch, source, S]}. */
  final void sourceGradient(INDArray to) {
    copy(dSource.pointer(), NativeMemory.pointer(to), to.length());
  }

  /** A copy of {@link #weights}. */
  final INDArray alignment() {
    if (asking == null) {
      throw new IllegalStateException("no forward pass has been made");
    }
    INDArray copy =
        Nd4j.createUninitializedDetached(type, 'c', asking.batch(), asking.steps(), seen.steps());
    copy(weights.pointer(), NativeMemory.pointer(copy), copy.length());
    return copy;
  }

  private long row(int width) {
    return (long) asking.batch() * width;
  }

  private Pointer at(Slab slab, int t, int width) {
    return new Address().at(slab.address() + t * row(width) * type.width());
  }

  private void copy(Pointer from, Pointer to, long values) {
    Pointer.memcpy(to, from, values * type.width());
  }
}
