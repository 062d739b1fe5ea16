package dev.unroll.layers;

import dev.unroll.layers.kernel.Cell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Two recurrent layers over the same input, one of which reads it from the end.
 *
 * <p>Each reads a sequence from its own first valid step to its last, so the backward one does not
 * begin in padding. Parameters are named as in Deeplearning4j's {@code Bidirectional}, whose
 * parameters can be set here: {@code fW}, {@code fRW}, {@code fb}, {@code bW}, {@code bRW}, {@code
 * bb}.
 *
 * <p>There is no state to carry: the backward direction would need the future. {@code rnnTimeStep}
 * and truncated back-propagation through time are refused.
 *
 * <pre>{@code
 * new Bidirectional(Bidirectional.Mode.CONCAT, new Lstm.Builder().nOut(128).build())
 * }</pre>
 */
public final class Bidirectional extends Recurrent {
  private static final long serialVersionUID = 1L;

  /** How the outputs of the two directions are put together. */
  public enum Mode {
    /** Side by side, forward first: {@code [batch, 2 nOut, time]}. */
    CONCAT,
    /** The sum. */
    ADD,
    /** The mean. */
    AVERAGE,
    /** The product, element by element. */
    MUL
  }

  @JsonProperty private Recurrent layer;
  @JsonProperty private Mode mode;

  /** For Jackson. */
  Bidirectional() {}

  /** Concatenates the two directions. */
  public Bidirectional(Recurrent layer) {
    this(Mode.CONCAT, layer);
  }

  /**
   * Puts the two directions of a layer together.
   *
   * @param layer what one direction is; {@code nOut} is its size
   */
  public Bidirectional(Mode mode, Recurrent layer) {
    if (layer instanceof Bidirectional) {
      throw new IllegalArgumentException("the layer is bidirectional already");
    }
    this.mode = mode;
    this.layer = layer;
    takeOver(layer);
  }

  private void takeOver(Recurrent layer) {
    layerName = layer.getLayerName();
    iDropout = layer.getIDropout();
    constraints = bothDirections(layer.getConstraints());
    activationFn = layer.getActivationFn();
    weightInitFn = layer.getWeightInitFn();
    weightInitFnRecurrent = layer.getWeightInitFnRecurrent();
    regularization = layer.getRegularization();
    regularizationBias = layer.getRegularizationBias();
    iUpdater = layer.getIUpdater();
    biasUpdater = layer.getBiasUpdater();
    weightNoise = layer.getWeightNoise();
    gradientNormalization = layer.getGradientNormalization();
    gradientNormalizationThreshold = layer.getGradientNormalizationThreshold();
    rnnDataFormat = layer.getRnnDataFormat();
    nIn = layer.getNIn();
    nOut = layer.getNOut();
  }

  private static List<LayerConstraint> bothDirections(List<LayerConstraint> constraints) {
    if (constraints == null) {
      return null;
    }
    List<LayerConstraint> both = new ArrayList<>();
    for (LayerConstraint constraint : constraints) {
      LayerConstraint copy = constraint.clone();
      Set<String> names = new HashSet<>();
      for (String name : constraint.getParams()) {
        names.add(RecurrentParameters.FORWARD + name);
        names.add(RecurrentParameters.BACKWARD + name);
      }
      copy.setParams(names);
      both.add(copy);
    }
    return both;
  }

  @Override
  public Cell cell() {
    return layer.cell();
  }

  @Override
  Mode directions() {
    return mode;
  }

  @Override
  double initialBias(int block) {
    return layer.initialBias(block);
  }

  /** How the directions are put together. */
  public Mode getMode() {
    return mode;
  }

  @Override
  public InputType getOutputType(int index, InputType inputType) {
    InputType.InputTypeRecurrent one =
        (InputType.InputTypeRecurrent) super.getOutputType(index, inputType);
    return mode == Mode.CONCAT
        ? InputType.recurrent(2 * one.getSize(), one.getTimeSeriesLength(), one.getFormat())
        : one;
  }
}
