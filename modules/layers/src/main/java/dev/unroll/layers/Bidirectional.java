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
 * Two recurrent layers over the same input, one of which reads it from the end; their outputs stand
 * side by side, {@code [batch, 2 nOut, time]}, those of the forward one first.
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
 * new Bidirectional(new Lstm.Builder().nOut(128).build())
 * }</pre>
 */
public final class Bidirectional extends Recurrent {
  private static final long serialVersionUID = 1L;

  @JsonProperty private Recurrent layer;

  /** For Jackson. */
  Bidirectional() {}

  /**
   * Reads in two directions.
   *
   * @param layer what one direction is; {@code nOut} is its size
   */
  public Bidirectional(Recurrent layer) {
    if (layer instanceof Bidirectional) {
      throw new IllegalArgumentException("the layer is bidirectional already");
    }
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
  public int directions() {
    return 2;
  }

  @Override
  double initialBias(int block) {
    return layer.initialBias(block);
  }

  @Override
  public InputType getOutputType(int index, InputType inputType) {
    InputType.InputTypeRecurrent one =
        (InputType.InputTypeRecurrent) super.getOutputType(index, inputType);
    return InputType.recurrent(2 * one.getSize(), one.getTimeSeriesLength(), one.getFormat());
  }
}
