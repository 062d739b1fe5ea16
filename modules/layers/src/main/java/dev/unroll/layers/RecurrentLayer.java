package dev.unroll.layers;

import dev.unroll.layers.kernel.CellSteps;
import dev.unroll.layers.kernel.Kernels;
import dev.unroll.layers.kernel.Parameters;
import dev.unroll.layers.kernel.Recurrence;
import dev.unroll.layers.kernel.Run;
import dev.unroll.layers.kernel.Sequences;
import dev.unroll.layers.kernel.State;
import dev.unroll.layers.memory.TimeMajor;
import java.lang.ref.Reference;
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
 * <p>A training step takes one forward pass: what the way back needs is kept from {@code activate},
 * and computed again only if the layer was used otherwise in between. Like all layers of
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
      INDArray input,
      INDArray mask,
      List<Run> runs,
      CarriedState before,
      CarriedState after,
      Directions outs) {}

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
    return backward(epsilon, 0, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int backwardLength, LayerWorkspaceMgr workspaces) {
    requireOneDirection("truncated back-propagation through time");
    assertInputSet(true);
    long steps = input.size(getDataFormat() == RNNFormat.NWC ? 1 : 2);
    int from = backwardLength > 0 ? (int) Math.max(0, steps - backwardLength) : 0;
    if (isStale()) {
      forward(true, carried(tBpttStateMap), room(), workspaces);
    }
    Pair<Gradient, INDArray> result = backward(epsilon, from, workspaces);
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
    Directions outs = Directions.create(layerConf(), x, runs, workspaces);
    recurrence()
        .forward(
            parameters(training, workspaces),
            Sequences.of(x),
            runs,
            outs.sequences(),
            training,
            after == null ? states().begin(x.size(0)) : CarriedState.window(before, after));
    INDArray out = outs.combine();
    // Without training there is nothing to go back through; a later call must notice.
    last = new Forward(training ? input : null, maskArray, runs, before, after, outs);
    return permuteIfNWC(out);
  }

  /** Whether the layer was used otherwise since it read this input in training. */
  private boolean isStale() {
    return last == null || last.input != input || last.mask != maskArray;
  }

  /** Goes back through the last pass, as far as the step {@code from}. */
  private Pair<Gradient, INDArray> backward(
      INDArray epsilon, int from, LayerWorkspaceMgr workspaces) {
    Forward forward = last;
    INDArray x = timeMajor(input, workspaces, ArrayType.BP_WORKING_MEM);
    if (from > 0) {
      restartAt(from, x, workspaces);
    }
    List<Run> runs = Run.window(forward.runs, from, (int) x.size(2));
    INDArray dOut = timeMajor(epsilon, workspaces, ArrayType.BP_WORKING_MEM);
    Directions dOuts = forward.outs.split(dOut, workspaces);
    Directions dXs = Directions.ofInputs(layerConf(), x, runs, workspaces);
    if (runs.isEmpty()) {
      gradientsFlattened.assign(0);
    }
    boolean whole = forward.after == null;
    boolean beganWithGiven =
        whole
            ? states().given() != null
            : from == 0 && forward.before != null && forward.before.isGiven();
    recurrence()
        .backward(
            dOuts.from(from),
            dXs.from(from),
            RecurrentParameters.pointers(layerConf(), gradientViews::get),
            whole ? states().ofLast() : null,
            beganWithGiven ? states().createForGiven() : null);
    states().forgetLast();
    Gradient gradient = new DefaultGradient(gradientsFlattened);
    gradientViews.forEach((name, view) -> gradient.setGradientFor(name, view));
    weightNoiseParams.clear();
    INDArray dX = permuteIfNWC(dXs.sum());
    // The kernel's memory has been used up: another way back needs another way forward.
    last = new Forward(null, null, forward.runs, forward.before, forward.after, null);
    return new Pair<>(gradient, backpropDropOutIfPresent(dX));
  }

  /**
   * Makes the step {@code from} the first one that the way back sees: reads what lies before it
   * again for the state alone, and what lies behind it again for training.
   */
  private void restartAt(int from, INDArray x, LayerWorkspaceMgr workspaces) {
    Sequences all = Sequences.of(x);
    Directions scratch = Directions.create(layerConf(), x, last.runs, workspaces);
    List<Parameters> parameters = parameters(true, workspaces);
    CarriedState middle = room();
    recurrence()
        .forward(
            parameters,
            all.window(0, from),
            Run.window(last.runs, 0, from),
            scratch.window(0, from),
            false,
            CarriedState.window(last.before, middle));
    recurrence()
        .forward(
            parameters,
            all.window(from, all.steps()),
            Run.window(last.runs, from, all.steps()),
            scratch.window(from, all.steps()),
            true,
            CarriedState.window(middle, null));
    Reference.reachabilityFence(middle);
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

  private List<Parameters> parameters(boolean training, LayerWorkspaceMgr workspaces) {
    return RecurrentParameters.pointers(
        layerConf(), key -> getParamWithNoise(key, training, workspaces));
  }

  /** The layer as {@link Stepper} uses it. */
  CellSteps steps() {
    requireOneDirection("reading step by step");
    return new CellSteps(
        Kernels.get(layerConf().cell(), dataType),
        layerConf().shape(),
        RecurrentParameters.pointers(layerConf(), this::getParam).get(0));
  }

  private Recurrence recurrence() {
    if (recurrence == null) {
      recurrence =
          new Recurrence(
              Kernels.get(layerConf().cell(), dataType),
              layerConf().shape(),
              dataType,
              layerConf().directions() != null);
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
      states = new LayerStates(layerConf().shape(), directionCount(), dataType);
    }
    return states;
  }

  private int directionCount() {
    return layerConf().directions() == null ? 1 : 2;
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
    if (layerConf().directions() != null) {
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
