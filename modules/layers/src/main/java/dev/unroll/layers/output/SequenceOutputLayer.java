package dev.unroll.layers.output;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The end of a network that reads sequences {@code [batch, nIn, time]} and has a loss for each: its
 * dealings with Deeplearning4j.
 *
 * <p>The mask of the labels says which steps count; without one that of the features does. The
 * score is the sum of the losses over the examples of a batch, divided by their number, and the
 * regularisation of the network. It works within a network only.
 *
 * @param <C> its configuration
 */
public abstract class SequenceOutputLayer<C extends FeedForwardLayer> extends BaseLayer<C>
    implements IOutputLayer {
  private static final long serialVersionUID = 1L;

  private transient INDArray labels;

  /** The mask that came with the features, {@code [batch, time]}. */
  private transient INDArray featureMask;

  /** Those of the last backward pass, until the input or the labels change. */
  private transient double[] lastLosses;

  /** A layer of a network, without a batch. */
  protected SequenceOutputLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  /**
   * Computes the losses of the batch that is set.
   *
   * @return element {@code i} is a loss, or a part of the loss, of example {@code i % batch}
   */
  protected abstract double[] losses(boolean training, LayerWorkspaceMgr workspaces);

  /** Keeps the losses that a backward pass has found on its way. */
  protected final void found(double[] losses) {
    lastLosses = losses;
  }

  /** Which steps count, {@code [batch, time]}; null if all do. */
  protected final INDArray stepMask() {
    return maskArray != null ? maskArray : featureMask;
  }

  /** The mask that came with the features, {@code [batch, time]}, or null. */
  protected final INDArray featureMask() {
    return featureMask;
  }

  /** The labels and the mask of the batch that is set. */
  protected final StepLabels readLabels() {
    return readLabels(requireLabels());
  }

  /** The labels of the batch that is set, as they were given. */
  protected final INDArray requireLabels() {
    if (labels == null) {
      throw new IllegalStateException("no labels are set in " + layerId());
    }
    return labels;
  }

  /** The same without labels, where probabilities are all that is wanted. */
  protected final StepLabels readMask() {
    return readLabels(null);
  }

  private StepLabels readLabels(INDArray from) {
    int classes = Math.toIntExact(layerConf().getNOut());
    return StepLabels.read(from, stepMask(), input.size(0), classes, input.size(2));
  }

  /** Makes sure that the input is what the layer reads. */
  protected final void requireSequences() {
    assertInputSet(false);
    if (input.rank() != 3 || input.size(1) != layerConf().getNIn()) {
      throw new IllegalArgumentException(
          "expected [batch, %d, time], got %s in %s"
              .formatted(layerConf().getNIn(), Arrays.toString(input.shape()), layerId()));
    }
  }

  @Override
  public double computeScore(
      double regularization, boolean training, LayerWorkspaceMgr workspaces) {
    double[] all = training && lastLosses != null ? lastLosses : losses(training, workspaces);
    double sum = Arrays.stream(all).sum();
    score = (conf().isMiniBatch() ? sum / getInputMiniBatchSize() : sum) + regularization;
    return score;
  }

  @Override
  public INDArray computeScoreForExamples(double regularization, LayerWorkspaceMgr workspaces) {
    double[] all = losses(false, workspaces);
    int batch = Math.toIntExact(input.size(0));
    double[] sums = new double[batch];
    Arrays.fill(sums, regularization);
    for (int i = 0; i < all.length; i++) {
      sums[i % batch] += all[i];
    }
    // The caller's, who looks at it after the workspaces are closed.
    return Nd4j.createUninitializedDetached(dataType, 'c', batch, 1)
        .assign(Nd4j.createFromArray(sums).castTo(dataType).reshape(batch, 1));
  }

  @Override
  public void setInput(INDArray input, LayerWorkspaceMgr workspaces) {
    super.setInput(input, workspaces);
    lastLosses = null;
  }

  @Override
  public boolean needsLabels() {
    return true;
  }

  @Override
  public void setLabels(INDArray labels) {
    this.labels = labels;
    lastLosses = null;
  }

  @Override
  public INDArray getLabels() {
    return labels;
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
    featureMask = mask;
    return null;
  }

  @Override
  public void clear() {
    super.clear();
    labels = null;
    featureMask = null;
    lastLosses = null;
  }

  @Override
  public Type type() {
    return Type.RECURRENT;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public boolean hasBias() {
    return true;
  }

  @Override
  @Deprecated // by Deeplearning4j
  public int numLabels() {
    return Math.toIntExact(layerConf().getNOut());
  }

  @Override
  public double f1Score(DataSet data) {
    throw alone();
  }

  @Override
  public double f1Score(INDArray examples, INDArray labels) {
    throw alone();
  }

  @Override
  public int[] predict(INDArray examples) {
    throw alone();
  }

  @Override
  public List<String> predict(DataSet data) {
    throw alone();
  }

  @Override
  public void fit(DataSetIterator data) {
    throw alone();
  }

  @Override
  public void fit(INDArray examples, INDArray labels) {
    throw alone();
  }

  @Override
  public void fit(DataSet data) {
    throw alone();
  }

  @Override
  public void fit(INDArray examples, int[] labels) {
    throw alone();
  }

  private static UnsupportedOperationException alone() {
    return new UnsupportedOperationException("the layer works within a network only; ask that");
  }
}
