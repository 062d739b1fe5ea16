package dev.unroll.layers;

import dev.unroll.layers.kernel.Kernels;
import dev.unroll.layers.kernel.Recurrence;
import dev.unroll.layers.kernel.Run;
import dev.unroll.layers.kernel.Sequences;
import dev.unroll.layers.kernel.State;
import dev.unroll.layers.memory.TimeMajor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A recurrent layer at work in a network; configured by {@link Recurrent}.
 *
 * <p>A training step takes one forward pass: what the backward pass needs is kept from {@code
 * activate}, and computed again only if the layer was used otherwise in between. Like all layers of
 * Deeplearning4j it serves one thread at a time.
 */
public final class RecurrentLayer extends BaseRecurrentLayer<Recurrent> {
  private static final long serialVersionUID = 1L;

  private transient Recurrence recurrence;
  private transient LayerStates states;
  private transient Forward last;

  /**
   * A forward pass that can still be gone back through.
   *
   * @param before the state from which a window began, or null
   * @param after the state in which it ended; null if the pass was over whole sequences
   */
  private record Forward(
      INDArray input, INDArray mask, List<Run> runs, CarriedState before, CarriedState after) {}

  /** For Deeplearning4j, which also calls it by reflection to copy a layer. */
  public RecurrentLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  /** The recurrent layer that this is, or that it freezes; null if it is none. */
  static RecurrentLayer within(Layer layer) {
    return layer instanceof RecurrentLayer recurrent
        ? recurrent
        : layer instanceof BaseWrapperLayer wrapper ? within(wrapper.getUnderlying()) : null;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    states().forgetDerivatives();
    return forward(training, null, null, workspaces);
  }

  @Override
  public INDArray rnnTimeStep(INDArray input, LayerWorkspaceMgr workspaces) {
    requireOneDirection("rnnTimeStep");
    setInput(input, workspaces);
    INDArray out = forward(false, carried(stateMap), room(), workspaces);
    last.after.write(stateMap);
    last = null;
    return out;
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray input, boolean training, boolean storeLast, LayerWorkspaceMgr workspaces) {
    requireOneDirection("truncated back-propagation through time");
    setInput(input, workspaces);
    states().forgetDerivatives();
    INDArray out = forward(training, carried(tBpttStateMap), room(), workspaces);
    if (storeLast) {
      last.after.write(tBpttStateMap);
    }
    return out;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    if (isStale()) {
      forward(true, null, null, workspaces);
    }
    return backward(epsilon, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int backwardLength, LayerWorkspaceMgr workspaces) {
    requireOneDirection("truncated back-propagation through time");
    assertInputSet(true);
    long steps = input.size(getDataFormat() == RNNFormat.NWC ? 1 : 2);
    if (backwardLength > 0 && backwardLength < steps) {
      throw new UnsupportedOperationException(
          "a window is gone back through whole: the backward length of truncated back-propagation"
              + " through time must not be below the forward length, got %d of %d %s"
                  .formatted(backwardLength, steps, layerId()));
    }
    if (isStale()) {
      forward(true, carried(tBpttStateMap), room(), workspaces);
    }
    Pair<Gradient, INDArray> result = backward(epsilon, workspaces);
    // Deeplearning4j does not ask the forward pass to store the state, it leaves that to this call.
    last.after.write(tBpttStateMap);
    return result;
  }

  /**
   * Reads.
   *
   * @param before the state before a window, or null
   * @param after receives that after it; null for whole sequences
   */
  private INDArray forward(
      boolean training, CarriedState before, CarriedState after, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    INDArray x = timeMajor(input, workspaces, ArrayType.FF_WORKING_MEM);
    List<Run> runs = runs(x);
    int directions = layerConf().directions();
    INDArray out =
        Directions.create(
            x, directions * layerConf().getNOut(), runs, workspaces, ArrayType.ACTIVATIONS);
    recurrence()
        .forward(
            RecurrentParameters.pointers(
                layerConf(), key -> getParamWithNoise(key, training, workspaces)),
            Sequences.of(x),
            runs,
            Directions.split(out, directions),
            training,
            after == null ? states().begin(x.size(0)) : states().begin(before, after));
    // Without training there is nothing to go back through; a later call must notice.
    last = new Forward(training ? input : null, maskArray, runs, before, after);
    return permuteIfNWC(out);
  }

  /** Whether the layer was used otherwise since it read this input in training. */
  private boolean isStale() {
    return last == null || last.input != input || last.mask != maskArray;
  }

  /** Goes back through the last pass. */
  private Pair<Gradient, INDArray> backward(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    Forward forward = last;
    INDArray x = timeMajor(input, workspaces, ArrayType.BP_WORKING_MEM);
    INDArray dOut = timeMajor(epsilon, workspaces, ArrayType.BP_WORKING_MEM);
    int directions = layerConf().directions();
    List<INDArray> dXs = new ArrayList<>();
    for (int d = 0; d < directions; d++) {
      ArrayType where = d == 0 ? ArrayType.ACTIVATION_GRAD : ArrayType.BP_WORKING_MEM;
      dXs.add(Directions.create(x, x.size(1), forward.runs, workspaces, where));
    }
    if (forward.runs.isEmpty()) {
      gradientsFlattened.assign(0);
    }
    boolean whole = forward.after == null;
    boolean beganWithGiven =
        whole ? states().given() != null : forward.before != null && forward.before.isGiven();
    recurrence()
        .backward(
            Directions.split(dOut, directions),
            dXs.stream().map(Sequences::of).toList(),
            RecurrentParameters.pointers(layerConf(), gradientViews::get),
            whole ? states().ofLast() : null,
            beganWithGiven ? states().createForGiven() : null);
    states().forgetLast();
    Gradient gradient = new DefaultGradient(gradientsFlattened);
    gradientViews.forEach((name, view) -> gradient.setGradientFor(name, view));
    weightNoiseParams.clear();
    INDArray dX = directions == 1 ? dXs.get(0) : TimeMajor.add(dXs.get(0), dXs.get(1));
    // The kernel's memory has been used up: another backward pass needs another forward pass.
    last = new Forward(null, null, forward.runs, forward.before, forward.after);
    return new Pair<>(gradient, backpropDropOutIfPresent(permuteIfNWC(dX)));
  }

  private INDArray timeMajor(INDArray array, LayerWorkspaceMgr workspaces, ArrayType where) {
    return TimeMajor.of(permuteIfNWC(array.castTo(dataType)), workspaces, where);
  }

  private List<Run> runs(INDArray x) {
    int batch = (int) x.size(0);
    int steps = (int) x.size(2);
    if (x.size(1) != layerConf().getNIn()) {
      throw new IllegalArgumentException(
          "expected " + layerConf().getNIn() + " features, got " + x.size(1) + " in " + layerId());
    }
    return Run.of(maskArray, batch, steps);
  }

  private Recurrence recurrence() {
    if (recurrence == null) {
      recurrence =
          new Recurrence(
              Kernels.get(layerConf().cell(), dataType),
              layerConf().shape(),
              dataType,
              layerConf().directions() > 1);
    }
    return recurrence;
  }

  private CarriedState carried(Map<String, INDArray> map) {
    return CarriedState.read(map, states().given(), layerConf().shape());
  }

  /** For the state after a window. */
  private CarriedState room() {
    return CarriedState.create(dataType, layerConf().shape(), input.size(0));
  }

  private LayerStates states() {
    if (states == null) {
      states = new LayerStates(layerConf().shape(), layerConf().directions(), dataType);
    }
    return states;
  }

  /**
   * Gives the state in which the next pass begins, each sequence at its own first valid step; see
   * {@link InitialState}, which does so within a network. Truncated back-propagation through time
   * and {@code rnnTimeStep} begin in it where they would begin with zeros.
   *
   * @param state {@code [batch, width]}, columns as {@link State#split} draws them; copied; null
   *     for zeros
   */
  public void setInitialState(INDArray state) {
    states().give(state);
  }

  /** The derivative of the loss with respect to that, after a pass back; {@code [batch, width]}. */
  public INDArray initialStateGradient() {
    return states().ofGiven();
  }

  /** Has this and all later passes over whole sequences keep the state in which they end. */
  public void keepLastState() {
    states().keep();
  }

  /**
   * The state after each sequence's own last valid step, {@code [batch, width]}, until the next
   * pass. A sequence without any ends as it began.
   *
   * @throws IllegalStateException if the last pass did not {@link #keepLastState keep} it
   */
  public INDArray lastState() {
    return states().last();
  }

  /**
   * Adds to the derivative of the loss with respect to {@link #lastState}, zero so far, for the
   * pass back that follows.
   */
  public void addLastStateGradient(INDArray gradient) {
    states().addToLast(gradient);
  }

  private void requireOneDirection(String what) {
    if (layerConf().directions() > 1) {
      throw new UnsupportedOperationException(
          what + " needs the past alone, and a bidirectional layer reads the future: " + layerId());
    }
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int batchSize) {
    maskArray = mask;
    maskState = state;
    return new Pair<>(mask, MaskState.Passthrough);
  }

  @Override
  public void clear() {
    super.clear();
    last = null;
    states().give(null);
  }

  @Override
  public Type type() {
    return Type.RECURRENT;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
