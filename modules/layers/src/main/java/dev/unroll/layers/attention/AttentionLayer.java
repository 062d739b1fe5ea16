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
 * An attention at work in a network; configured by {@link Attention}. Like all layers of
 * Deeplearning4j it serves one thread at a time.
 */
public final class AttentionLayer extends BaseLayer<Attention> implements SourceReader {
  private static final long serialVersionUID = 1L;

  private final transient AttentionPass pass;

  /** What the last forward pass read, if it can still be gone back through. */
  private transient INDArray read;

  AttentionLayer(NeuralNetConfiguration conf, AttentionShape shape, DataType dataType) {
    super(conf, dataType);
    pass = AttentionPass.of(shape, dataType);
  }

  @Override
  public void setSource(INDArray source, INDArray mask) {
    pass.source(source, mask);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    requireStates();
    applyDropOutIfNecessary(training, workspaces);
    INDArray states = TimeMajor.of(input, workspaces, ArrayType.FF_WORKING_MEM);
    INDArray out =
        TimeMajor.create(
            workspaces,
            ArrayType.ACTIVATIONS,
            dataType,
            input.size(0),
            layerConf().getNOut(),
            input.size(2));
    ValidSteps steps = new ValidSteps(maskArray, input.size(0), input.size(2));
    pass.forward(steps, states, this::getParam, out);
    read = input;
    return out;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (read == null || read != input) {
      throw new IllegalStateException(
          "no forward pass over this input can be gone back through " + layerId());
    }
    INDArray dOut = TimeMajor.of(epsilon.castTo(dataType), workspaces, ArrayType.BP_WORKING_MEM);
    INDArray dStates =
        TimeMajor.create(
            workspaces,
            ArrayType.ACTIVATION_GRAD,
            dataType,
            input.size(0),
            input.size(1),
            input.size(2));
    pass.backward(dOut, gradientViews::get, dStates);
    Gradient gradient = new DefaultGradient(gradientsFlattened);
    gradientViews.forEach((name, view) -> gradient.setGradientFor(name, view));
    return new Pair<>(gradient, backpropDropOutIfPresent(dStates));
  }

  @Override
  public void readSourceGradient(INDArray to) {
    pass.sourceGradient(to);
  }

  /**
   * How much each state looked at each step of the source in the last forward pass, whether that
   * was a training's or not.
   *
   * @return a copy, {@code [batch, T, S]}; rows sum to 1, and are 0 where the state is masked or
   *     the source has no valid step
   * @throws IllegalStateException if there was no forward pass
   */
  public INDArray alignment() {
    return pass.alignment();
  }

  private void requireStates() {
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
