package dev.unroll.layers;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.State;
import dev.unroll.layers.kernel.States;
import dev.unroll.layers.memory.NativeMemory;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The states in which the passes of a layer begin and end, and the derivatives with respect to
 * them: arrays {@code [batch, width]} outside all workspaces, whose columns {@link State#split}
 * draws.
 */
final class LayerStates {
  private final CellShape shape;
  private final int directions;
  private final DataType type;

  private INDArray given;
  private INDArray last;
  private boolean keeps;
  private INDArray dLast;
  private INDArray dGiven;

  LayerStates(CellShape shape, int directions, DataType type) {
    this.shape = shape;
    this.directions = directions;
    this.type = type;
  }

  int width() {
    return State.width(shape, directions);
  }

  private INDArray create(long batch) {
    return Nd4j.createUninitializedDetached(type, 'c', batch, width());
  }

  private INDArray copy(INDArray state) {
    if (state.rank() != 2 || state.size(1) != width()) {
      throw new IllegalArgumentException(
          "expected a state [batch, %d], got %s"
              .formatted(width(), Arrays.toString(state.shape())));
    }
    return create(state.size(0)).assign(state);
  }

  /** Passes from now on begin with this; null for zeros. */
  void give(INDArray state) {
    given = state == null ? null : copy(state);
  }

  /** What was given, or null. */
  INDArray given() {
    return given;
  }

  /** Passes from now on keep the state in which they end. */
  void keep() {
    keeps = true;
  }

  /** The states of a pass over whole sequences. */
  States begin(long batch) {
    if (given == null && !keeps) {
      return States.NONE;
    }
    if (given != null && given.size(0) != batch) {
      throw new IllegalArgumentException(
          "expected a state for each of %d sequences, got %d".formatted(batch, given.size(0)));
    }
    last = !keeps ? null : last != null && last.size(0) == batch ? last : create(batch);
    return new States(States.Ends.OF_SEQUENCES, split(given), split(last));
  }

  /** The states of a pass over a window, whose end is no end of its sequences. */
  States begin(CarriedState before, CarriedState after) {
    last = null;
    return CarriedState.window(before, after);
  }

  /** The state in which the last pass over whole sequences ended. */
  INDArray last() {
    if (last == null) {
      throw new IllegalStateException(
          "the last pass was none over whole sequences that kept its state");
    }
    return last;
  }

  /** No derivative has come yet. */
  void forgetDerivatives() {
    dLast = null;
    dGiven = null;
  }

  /** Takes a derivative with respect to {@link #last}, one of maybe several. */
  void addToLast(INDArray derivative) {
    INDArray added = copy(derivative);
    dLast = dLast == null ? added : dLast.addi(added);
  }

  /** The derivatives with respect to {@link #last} have been used. */
  void forgetLast() {
    dLast = null;
  }

  /** The sum of those; null if none came. */
  List<State> ofLast() {
    return split(dLast);
  }

  /** Room for the derivatives with respect to what was given; null if nothing was. */
  List<State> createForGiven() {
    dGiven = given == null ? null : create(given.size(0));
    return split(dGiven);
  }

  /** The derivatives with respect to what was given; zeros where a pass back did not reach it. */
  INDArray ofGiven() {
    if (given == null) {
      throw new IllegalStateException("the layer was given no state");
    }
    if (dGiven == null) {
      dGiven = create(given.size(0));
      NativeMemory.zero(dGiven);
    }
    return dGiven;
  }

  private List<State> split(INDArray state) {
    return state == null ? null : State.split(state, shape, directions);
  }
}
