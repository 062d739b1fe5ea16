package dev.unroll.layers;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.forward.RecurrentPass;
import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.CellSteps;
import dev.unroll.layers.kernel.Kernels;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The configuration of a recurrent layer: {@code [batch, nIn, time]} to {@code [batch, nOut,
 * time]}.
 *
 * <p>Masked steps give zeros and forget the state, independently for each row of the batch; so the
 * answer for a sequence depends neither on its padding, on whichever side, nor on its neighbours.
 * Input dropout ({@code dropOut}), weight noise, regularisation, constraints, updaters and gradient
 * normalisation are Deeplearning4j's. The activation functions are the cell's own.
 */
public abstract class Recurrent extends BaseRecurrentLayer implements ForwardPart.Source {
  private static final long serialVersionUID = 1L;

  /** For Jackson. */
  protected Recurrent() {}

  /** What the builder says. */
  protected Recurrent(Builder<?> builder) {
    super(builder);
    activationFn = new ActivationTanH();
    initializeConstraints(builder);
  }

  /** What the layer computes at a step. */
  public abstract Cell cell();

  /** In how many directions the layer reads. */
  public int directions() {
    return 1;
  }

  /**
   * The bias that the block begins with; stock Deeplearning4j ignores {@code biasInit} here too.
   */
  double initialBias(int block) {
    return 0;
  }

  /** The sizes of one direction. */
  public CellShape shape() {
    return new CellShape(cell(), Math.toIntExact(getNIn()), Math.toIntExact(getNOut()));
  }

  /**
   * What the names of the parameters of each direction begin with: {@code W}, {@code RW} and {@code
   * b} come after it.
   */
  public List<String> prefixes() {
    return RecurrentParameters.prefixes(this);
  }

  @Override
  public ParamInitializer initializer() {
    return RecurrentParameters.of(this);
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    LayerValidation.assertNInNOutSet(
        getClass().getSimpleName(), getLayerName(), index, getNIn(), getNOut());
    RecurrentLayer layer = new RecurrentLayer(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(configuration, parameters, initialize));
    return layer;
  }

  @Override
  public ForwardPart forward(LayerParameters parameters) {
    return new RecurrentPass(shape(), RecurrentParameters.pointers(this, parameters));
  }

  /** The layer as {@link Stepper} uses it, which sees to it that it reads in one direction. */
  CellSteps steps(LayerParameters parameters) {
    return new CellSteps(
        Kernels.withoutArrays(cell(), DataType.FLOAT),
        shape(),
        RecurrentParameters.pointers(this, parameters).get(0));
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    long parameters = initializer().numParams(this);
    int updaterState = (int) getIUpdater().stateSize(parameters);
    // What a step keeps for the backward pass: the gates, the state and, in an LSTM, the memory.
    long steps = Math.max(1, ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength());
    long kept = steps * getNOut() * (cell().gates() + (cell().hasMemory() ? 2 : 1));
    return new LayerMemoryReport.Builder(
            layerName, getClass(), inputType, getOutputType(-1, inputType))
        .standardMemory(parameters, updaterState)
        .workingMemory(0, 0, 0, kept * directions())
        .cacheMemory(0, 0)
        .build();
  }

  /** Regularised are {@code W} and {@code RW}, as in Deeplearning4j. */
  static final List<String> WEIGHTS = List.of("W", "RW");

  /**
   * Builds a layer.
   *
   * @param <T> the builder itself
   */
  public abstract static class Builder<T extends Builder<T>> extends BaseRecurrentLayer.Builder<T> {

    /** Accepts the cell's own function only. */
    @Override
    public T activation(IActivation activation) {
      if (!(activation instanceof ActivationTanH)) {
        throw new IllegalArgumentException(
            "the cell's activation is tanh and cannot be changed to " + activation);
      }
      return super.activation(activation);
    }
  }
}
