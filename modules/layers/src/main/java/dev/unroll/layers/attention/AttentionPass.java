package dev.unroll.layers.attention;

import dev.unroll.layers.memory.Slab;
import dev.unroll.layers.memory.TimeMajor;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The computation of {@link Attention} over a batch, forward and back, and the memory for it.
 *
 * <p>Arrays of sequences lie time-major. Parameters, and derivatives of them, are asked for by the
 * names of {@link AttentionParameters}. What {@link #backward} needs stays from {@link #forward};
 * one pass serves one thread at a time.
 */
abstract class AttentionPass {
  final AttentionShape shape;
  final DataType type;

  /** The source, {@code [S, batch, source]}. */
  final Slab source;

  /** The derivative with respect to it. */
  final Slab dSource;

  /** How much each step looks at each of the source, {@code [batch, T, S]}. */
  final Slab weights;

  /** Which steps of the source are there; null before there is one. */
  ValidSteps seen;

  /** Which steps look; null before any did. */
  ValidSteps asking;

  AttentionPass(AttentionShape shape, DataType type) {
    this.shape = shape;
    this.type = type;
    source = new Slab(type);
    dSource = new Slab(type);
    weights = new Slab(type);
  }

  static AttentionPass of(AttentionShape shape, DataType type) {
    return type == DataType.FLOAT ? new FloatPass(shape) : new ReferencePass(shape, type);
  }

  /**
   * Copies what the next passes look at.
   *
   * @param array {@code [batch, source, S]}
   * @param mask {@code [batch, S]}, or null
   */
  final void look(INDArray array, INDArray mask) {
    if (array.rank() != 3 || array.size(1) != shape.source()) {
      throw new IllegalArgumentException(
          "expected a source [batch, %d, time], got %s"
              .formatted(shape.source(), java.util.Arrays.toString(array.shape())));
    }
    seen = new ValidSteps(mask, array.size(0), array.size(2));
    INDArray timeMajor = TimeMajor.of(array.castTo(type));
    source.reserve(array.length());
    Pointer.memcpy(
        source.pointer(), timeMajor.data().addressPointer(), array.length() * type.width());
  }

  /**
   * Looks.
   *
   * @param steps which of the states are there
   * @param states {@code [batch, queries, T]}
   * @param out receives the attentional vectors, {@code [batch, outputs, T]}; zeros where no state
   *     is
   */
  final void forward(
      ValidSteps steps, INDArray states, Function<String, INDArray> parameters, INDArray out) {
    if (seen == null || seen.batch() != steps.batch()) {
      throw new IllegalStateException(
          "an AttentionSource must give a source of %d sequences, got %s"
              .formatted(steps.batch(), seen == null ? "none" : seen.batch()));
    }
    asking = steps;
    weights.reserveZeros((long) steps.rows() * seen.steps());
    forward(states, parameters, out);
  }

  /** Computes {@link #weights}, which are zero before, and {@code out}. */
  abstract void forward(INDArray states, Function<String, INDArray> parameters, INDArray out);

  /**
   * Goes back through the last {@link #forward}, and leaves {@link #dSource}.
   *
   * @param states as they were
   * @param dOut derivative of the loss with respect to the output; not looked at where no state is
   * @param gradients receive the derivatives with respect to the parameters
   * @param dStates receives that with respect to the states
   */
  abstract void backward(
      INDArray states,
      INDArray dOut,
      Function<String, INDArray> parameters,
      Function<String, INDArray> gradients,
      INDArray dStates);

  /** Copies {@link #dSource} to a time-major array {@code [batch, source, S]}. */
  final void sourceGradient(INDArray to) {
    Pointer.memcpy(
        to.data().addressPointer(),
        dSource.pointer(),
        (long) seen.rows() * shape.source() * type.width());
  }

  /** A copy of {@link #weights}. */
  final INDArray alignment() {
    if (asking == null) {
      throw new IllegalStateException("no forward pass has been made");
    }
    INDArray copy =
        Nd4j.createUninitializedDetached(type, 'c', asking.batch(), asking.steps(), seen.steps());
    if (copy.length() > 0) {
      Pointer.memcpy(
          new Pointer(copy.data().addressPointer()),
          weights.pointer(),
          copy.length() * type.width());
    }
    return copy;
  }

  /** All values of an array as doubles, in the order in which they lie. */
  static double[] doubles(INDArray array) {
    return Slab.toDoubles(
        array.data().addressPointer(), array.dataType(), Math.toIntExact(array.length()));
  }

  /** Overwrites all values of an array, in the order in which they lie. */
  static void write(double[] values, INDArray to) {
    Slab.write(values, to.data().addressPointer(), to.dataType());
  }
}
