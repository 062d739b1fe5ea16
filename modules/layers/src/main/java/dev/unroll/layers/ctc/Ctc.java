package dev.unroll.layers.ctc;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.output.OutputSteps;
import dev.unroll.layers.output.SoftmaxForward;
import dev.unroll.layers.output.SoftmaxParameters;
import dev.unroll.layers.output.SoftmaxSteps;
import dev.unroll.layers.sequences.SequenceConfiguration;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An output layer for labels of which only the order is known: a linear layer and a softmax over
 * the labels and a blank at every step, and the probability of all alignments together as what is
 * learnt from (A. Graves et al., <i>Connectionist Temporal Classification</i>, ICML 2006).
 *
 * <pre>
 *   in      [batch, nIn, time]
 *   labels  [batch, 1, longest]   numbers of classes from 1; {@value #BLANK} behind the last label
 *   mask    [batch, time]         of the features: a masked step does not exist
 *   out     [batch, nOut, time]   the probability of each class at each step; class {@value #BLANK} is the blank
 * </pre>
 *
 * <p>An alignment says a class at each step; what it spells are its labels without repetitions and
 * then without blanks, so that {@code a a - b b} and {@code - a b - -} both spell {@code ab}, and
 * only a blank lets a label follow itself. The loss of a sequence is {@code -log} of the sum of the
 * probabilities of all alignments that spell its labels; see {@link ReferenceCtc}. A sequence must
 * have {@link CtcLabels#leastSteps as many steps} as its labels need.
 *
 * <p>Parameters are {@code W [nIn, nOut]} and {@code b [nOut]}, as of Deeplearning4j's {@code
 * RnnOutputLayer}. A mask of the labels may be given, and changes nothing.
 */
public final class Ctc extends SequenceConfiguration
    implements ForwardPart.Source, OutputSteps.Source {
  private static final long serialVersionUID = 1L;

  /** The class that says nothing. */
  public static final int BLANK = 0;

  /** For deserialisation. */
  @SuppressWarnings("unused")
  private Ctc() {}

  private Ctc(Builder builder) {
    super(builder);
    initializeConstraints(builder);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    if (nIn < 1 || nOut < 2 || getWeightNoise() != null) {
      throw new IllegalArgumentException(
          "CTC needs nIn from 1, nOut from 2 (blank and labels) and no weight noise, got %d, %d and %s"
              .formatted(nIn, nOut, getWeightNoise()));
    }
    return ready(new CtcLayer(conf, dataType), conf, listeners, layerIndex, parameters, initialize);
  }

  /** The probabilities of the classes at each step. */
  @Override
  public ForwardPart forward(LayerParameters parameters) {
    return new SoftmaxForward(SoftmaxParameters.of(this, parameters));
  }

  @Override
  public OutputSteps steps(LayerParameters parameters) {
    return new SoftmaxSteps(SoftmaxParameters.of(this, parameters));
  }

  @Override
  public ParamInitializer initializer() {
    return DefaultParamInitializer.getInstance();
  }

  /** Builds a {@link Ctc}; {@code nOut} is the number of labels, and one more for the blank. */
  @SuppressWarnings("unchecked") // build() narrows a type variable, as in Deeplearning4j's own
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    @Override
    public Ctc build() {
      setActivationFn(new ActivationSoftmax());
      return new Ctc(this);
    }
  }
}
