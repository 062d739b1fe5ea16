package dev.unroll.layers.attention;

import dev.unroll.layers.memory.TimeMajor;
import java.util.Arrays;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A decoder with input feeding at work in a network; configured by {@link InputFeeding}. Like all
 * layers of Deeplearning4j it serves one thread at a time.
 */
public final class InputFeedingLayer extends BaseLayer<InputFeeding> implements StateReader {
  private static final long serialVersionUID = 1L;

  private final FeedingShape shape;
  private transient FeedingPass pass;

  /** What the last forward pass read, if it can still be gone back through. */
  private transient INDArray read;

  InputFeedingLayer(NeuralNetConfiguration conf, FeedingShape shape, DataType dataType) {
    super(conf, dataType);
    this.shape = shape;
  }

  private FeedingPass pass() {
    if (pass == null) {
      pass = new FeedingPass(shape, dataType);
    }
    return pass;
  }

  @Override
  public void setSource(INDArray source, INDArray mask) {
    pass().attention.source(source, mask);
  }

  @Override
  public void setInitialState(INDArray state) {
    if (state != null && (state.rank() != 2 || state.size(1) != shape.state())) {
      throw new IllegalArgumentException(
          "expected a state [batch, %d], got %s %s"
              .formatted(shape.state(), Arrays.toString(state.shape()), layerId()));
    }
    pass().begin(state == null ? null : state.castTo(dataType).dup('c'));
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    requireSequences();
    applyDropOutIfNecessary(training, workspaces);
    INDArray x = TimeMajor.of(input, workspaces, ArrayType.FF_WORKING_MEM);
    INDArray out = create(workspaces, ArrayType.ACTIVATIONS, layerConf().getNOut());
    ValidSteps steps = new ValidSteps(maskArray, input.size(0), input.size(2));
    pass().forward(steps, x, this::getParam, out, training);
    read = training ? input : null;
    return out;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (read == null || read != input) {
      throw new IllegalStateException(
          "no training pass over this input can be gone back through " + layerId());
    }
    INDArray dOut = TimeMajor.of(epsilon.castTo(dataType), workspaces, ArrayType.BP_WORKING_MEM);
    INDArray dX = create(workspaces, ArrayType.ACTIVATION_GRAD, layerConf().getNIn());
    pass().backward(dOut, gradientViews::get, dX);
    Gradient gradient = new DefaultGradient(gradientsFlattened);
    gradientViews.forEach((name, view) -> gradient.setGradientFor(name, view));
    return new Pair<>(gradient, backpropDropOutIfPresent(dX));
  }

  @Override
  public void readSourceGradient(INDArray to) {
    pass().attention.sourceGradient(to);
  }

  @Override
  public void readInitialStateGradient(INDArray to) {
    pass().initialStateGradient(to);
  }

  /** How much each state looked at each step of the source; {@link AttentionLayer#alignment}. */
  public INDArray alignment() {
    return pass().attention.alignment();
  }

  private INDArray create(LayerWorkspaceMgr workspaces, ArrayType where, long width) {
    return TimeMajor.create(workspaces, where, dataType, input.size(0), width, input.size(2));
  }

  private void requireSequences() {
    assertInputSet(false);
    if (input.rank() != 3 || input.size(1) != layerConf().getNIn()) {
      throw new IllegalArgumentException(
          "expected [batch, %d, time], got %s %s"
              .formatted(layerConf().getNIn(), Arrays.toString(input.shape()), layerId()));
    }
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
    maskArray = mask;
    maskState = state;
    return new Pair<>(mask, MaskState.Passthrough);
  }

  @Override
  public void clear() {
    super.clear();
    read = null;
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
