package dev.unroll.layers;

import dev.unroll.layers.kernel.CellSteps;
import dev.unroll.layers.kernel.Kernels;
import dev.unroll.layers.kernel.Parameters;
import dev.unroll.layers.kernel.Recurrence;
import dev.unroll.layers.kernel.Run;
import dev.unroll.layers.kernel.Sequences;
import dev.unroll.layers.kernel.State;
import dev.unroll.layers.memory.TimeMajor;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A recurrent layer at work in a network; configured by {@link Recurrent}.
 *
 * <p>A training step takes one forward pass: what the way back needs is kept from {@code activate},
 * and computed again only if the layer was used otherwise in between. Like all layers of
 * Deeplearning4j it serves one thread at a time.
 */
public final class RecurrentLayer extends BaseRecurrentLayer<Recurrent> {
  private static final long serialVersionUID = 1L;

  private static final String HIDDEN = "prevAct";
  private static final String MEMORY = "prevMem";

  private transient Recurrence recurrence;
  private transient Forward last;

  /**
   * A forward pass that can still be gone back through.
   *
   * @param before the state from which it began, or null
   * @param after the state in which it ended, or null if nobody carries it
   */
  private record Forward(
      INDArray input, INDArray mask, List<Run> runs, State before, State after, Directions outs) {}

  /** For Deeplearning4j, which also calls it by reflection to copy a layer. */
  public RecurrentLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return forward(training, null, false, workspaces);
  }

  @Override
  public INDArray rnnTimeStep(INDArray input, LayerWorkspaceMgr workspaces) {
    requireOneDirection("rnnTimeStep");
    setInput(input, workspaces);
    INDArray out = forward(false, state(stateMap), true, workspaces);
    store(last.after, stateMap);
    last = null;
    return out;
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray input, boolean training, boolean storeLast, LayerWorkspaceMgr workspaces) {
    requireOneDirection("truncated back-propagation through time");
    setInput(input, workspaces);
    INDArray out = forward(training, state(tBpttStateMap), true, workspaces);
    if (storeLast) {
      store(last.after, tBpttStateMap);
    }
    return out;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    return backward(epsilon, null, false, 0, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int backwardLength, LayerWorkspaceMgr workspaces) {
    requireOneDirection("truncated back-propagation through time");
    assertInputSet(true);
    long steps = input.size(getDataFormat() == RNNFormat.NWC ? 1 : 2);
    int from = backwardLength > 0 ? (int) Math.max(0, steps - backwardLength) : 0;
    Pair<Gradient, INDArray> result =
        backward(epsilon, state(tBpttStateMap), true, from, workspaces);
    // Deeplearning4j does not ask the forward pass to store the state, it leaves that to this call.
    store(last.after, tBpttStateMap);
    return result;
  }

  private INDArray forward(
      boolean training, State before, boolean keepState, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    INDArray x = timeMajor(input, workspaces, ArrayType.FF_WORKING_MEM);
    List<Run> runs = runs(x);
    Directions outs = Directions.create(layerConf(), x, runs, workspaces);
    State after = keepState ? zeroState(x.size(0)) : null;
    recurrence()
        .forward(
            parameters(training, workspaces),
            Sequences.of(x),
            runs,
            outs.sequences(),
            training,
            before,
            after);
    INDArray out = outs.combine();
    // Without training there is nothing to go back through; a later call must notice.
    last = new Forward(training ? input : null, maskArray, runs, before, after, outs);
    return permuteIfNWC(out);
  }

  private Pair<Gradient, INDArray> backward(
      INDArray epsilon, State before, boolean keepState, int from, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    if (last == null || last.input != input || last.mask != maskArray) {
      forward(true, before, keepState, workspaces);
    }
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
    recurrence().backward(dOuts.from(from), dXs.from(from), gradients());
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
    State middle = zeroState(x.size(0));
    recurrence()
        .forward(
            parameters,
            all.window(0, from),
            Run.window(last.runs, 0, from),
            scratch.window(0, from),
            false,
            last.before,
            middle);
    recurrence()
        .forward(
            parameters,
            all.window(from, all.steps()),
            Run.window(last.runs, from, all.steps()),
            scratch.window(from, all.steps()),
            true,
            middle,
            null);
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
    if (maskArray == null) {
      return Run.whole(batch, steps);
    }
    if (maskArray.length() != (long) batch * steps) {
      throw new IllegalArgumentException(
          "expected a mask [" + batch + ", " + steps + "], got " + maskArray.shapeInfoToString());
    }
    return Run.of(maskArray.castTo(DataType.FLOAT).dup('c').data().asFloat(), batch, steps);
  }

  private List<Parameters> parameters(boolean training, LayerWorkspaceMgr workspaces) {
    return RecurrentParameters.prefixes(layerConf()).stream()
        .map(prefix -> pointers(key -> getParamWithNoise(prefix + key, training, workspaces)))
        .toList();
  }

  private List<Parameters> gradients() {
    return RecurrentParameters.prefixes(layerConf()).stream()
        .map(prefix -> pointers(key -> gradientViews.get(prefix + key)))
        .toList();
  }

  private static Parameters pointers(java.util.function.Function<String, INDArray> arrays) {
    return new Parameters(
        arrays.apply(RecurrentParameters.INPUT).data().addressPointer(),
        arrays.apply(RecurrentParameters.RECURRENT).data().addressPointer(),
        arrays.apply(RecurrentParameters.BIAS).data().addressPointer());
  }

  /** The layer as {@link Stepper} uses it. */
  CellSteps steps() {
    requireOneDirection("reading step by step");
    return new CellSteps(
        Kernels.get(layerConf().cell(), dataType), layerConf().shape(), pointers(this::getParam));
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

  private State state(Map<String, INDArray> map) {
    INDArray hidden = map.get(HIDDEN);
    if (hidden == null) {
      return null;
    }
    INDArray memory = map.get(MEMORY);
    return new State(hidden.dup('c'), memory == null ? null : memory.dup('c'));
  }

  private State zeroState(long batch) {
    INDArray hidden = Nd4j.createUninitializedDetached(dataType, 'c', batch, layerConf().getNOut());
    hidden.assign(0);
    return new State(hidden, layerConf().cell().hasMemory() ? hidden.dup('c').detach() : null);
  }

  private static void store(State state, Map<String, INDArray> map) {
    map.put(HIDDEN, state.hidden());
    if (state.memory() != null) {
      map.put(MEMORY, state.memory());
    }
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
