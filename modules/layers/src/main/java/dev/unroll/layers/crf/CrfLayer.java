package dev.unroll.layers.crf;

import dev.unroll.layers.memory.Masks;
import dev.unroll.layers.memory.TimeMajor;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Computes {@link Crf}. */
public final class CrfLayer extends BaseLayer<Crf> implements IOutputLayer {
  private static final long serialVersionUID = 1L;

  private transient INDArray labels;

  /** Of the last {@link #activate}; kept when the network clears its layers after an output. */
  private transient CrfBatch answered;

  /**
   * The losses that a backward pass found, until the score is asked for. They are kept not for
   * speed alone: between the two Deeplearning4j takes the mask away from an output layer that has
   * only that of the features.
   */
  private transient double[] losses;

  CrfLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  /**
   * What the last pass through the network found: for every sequence of the batch a lattice over
   * the steps that its mask leaves. Not for several threads at a time.
   */
  public List<CrfLattice> lattices() {
    if (answered == null) {
      throw new IllegalStateException("ask for the network's output first");
    }
    return List.copyOf(answered.lattices());
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    INDArray rows = rows(training, workspaces);
    answered = batch(rows, training, workspaces);
    long count = rows.size(0);
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, new long[] {count, layerConf().getNOut()}, 'c');
    float[] marginals = answered.marginals(Math.toIntExact(output.length()));
    output.assign(Nd4j.createFromArray(marginals).reshape(output.shape()));
    return sequences(output, layerConf().getNOut());
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray rows = rows(true, workspaces);
    CrfBatch batch = batch(rows, true, workspaces);
    int classes = Math.toIntExact(layerConf().getNOut());
    double[] scoreGradient = new double[Math.toIntExact(rows.size(0)) * classes];
    CrfGradient gradient = new CrfGradient(classes);
    losses = batch.gradient(classes(), scoreGradient, gradient);
    INDArray scoreRows = array(scoreGradient, 'c', rows.size(0), classes);

    // Columns, not rows: all matrices of a product in 'f' order are multiplied where they lie.
    INDArray scoreColumns = scoreRows.transpose();
    INDArray weights = gradientViews.get(CrfParameters.WEIGHTS);
    Nd4j.gemm(rows.transpose(), scoreColumns, weights, false, true, 1, 0);
    set(CrfParameters.BIAS, columnSums(scoreGradient, classes), 'c');
    set(CrfParameters.TRANSITIONS, gradient.transitions, 'c');
    set(CrfParameters.STARTS, gradient.starts, 'c');
    set(CrfParameters.ENDS, gradient.ends, 'c');
    Gradient result = new DefaultGradient(gradientsFlattened);
    gradientViews.forEach((key, view) -> result.setGradientFor(key, view, 'f'));

    INDArray inputRows =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD,
            dataType,
            new long[] {rows.size(0), layerConf().getNIn()},
            'c');
    INDArray w = getParamWithNoise(CrfParameters.WEIGHTS, true, workspaces);
    Nd4j.gemm(w, scoreColumns, inputRows.transpose(), false, false, 1, 0);
    weightNoiseParams.clear();
    INDArray inputGradient = sequences(inputRows, layerConf().getNIn());
    return new Pair<>(result, backpropDropOutIfPresent(inputGradient));
  }

  private void set(String key, double[] values, char order) {
    INDArray view = gradientViews.get(key);
    view.assign(array(values, order, view.size(0), view.size(1)));
  }

  private static double[] columnSums(double[] rows, int columns) {
    double[] sums = new double[columns];
    for (int i = 0; i < rows.length; i++) {
      sums[i % columns] += rows[i];
    }
    return sums;
  }

  private INDArray array(double[] values, char order, long... shape) {
    INDArray doubles = Nd4j.createFromArray(values).castTo(dataType);
    return doubles.reshape(order, shape);
  }

  /** The input after dropout, a row a position: {@code [time * batch, nIn]}. */
  private INDArray rows(boolean training, LayerWorkspaceMgr workspaces) {
    applyDropOutIfNecessary(training, workspaces);
    if (input.rank() != 3 || input.size(1) != layerConf().getNIn()) {
      throw new IllegalArgumentException(
          "expected [batch, %d, time], got %s in %s"
              .formatted(layerConf().getNIn(), Arrays.toString(input.shape()), layerId()));
    }
    INDArray sequences = TimeMajor.of(input.castTo(dataType));
    return sequences.permute(2, 0, 1).reshape('c', input.size(0) * input.size(2), input.size(1));
  }

  /** The inverse of {@link #rows}. */
  private INDArray sequences(INDArray rows, long features) {
    return rows.reshape('c', input.size(2), input.size(0), features).permute(1, 2, 0);
  }

  private CrfBatch batch(INDArray rows, boolean training, LayerWorkspaceMgr workspaces) {
    INDArray weights = getParamWithNoise(CrfParameters.WEIGHTS, training, workspaces);
    INDArray columns =
        Nd4j.createUninitializedDetached(dataType, 'f', layerConf().getNOut(), rows.size(0));
    Nd4j.gemm(weights, rows.transpose(), columns, true, false, 1, 0);
    double[] scores = columns.data().asDouble();
    double[] bias = doubles(CrfParameters.BIAS);
    for (int i = 0; i < scores.length; i++) {
      scores[i] += bias[i % bias.length];
    }
    return new CrfBatch(transitions(), scores, mask(), batchSize(), steps());
  }

  /** The scores of neighbouring labels as they are now. */
  public CrfTransitions transitions() {
    return new CrfTransitions(
        doubles(CrfParameters.TRANSITIONS),
        doubles(CrfParameters.STARTS),
        doubles(CrfParameters.ENDS),
        layerConf().labelConstraints());
  }

  private double[] doubles(String key) {
    return getParam(key).dup('c').data().asDouble();
  }

  private float[] mask() {
    return Masks.timeMajor(maskArray, batchSize(), steps());
  }

  private int[] classes() {
    if (labels == null) {
      throw new IllegalStateException("no labels are set in " + layerId());
    }
    int classes = Math.toIntExact(layerConf().getNOut());
    return CrfBatch.labels(labels, mask(), classes, batchSize(), steps());
  }

  private int steps() {
    return Math.toIntExact(input.size(2));
  }

  /** The mean loss of a sequence, in nats, and the regularisation of the network. */
  @Override
  public double computeScore(
      double regularization, boolean training, LayerWorkspaceMgr workspaces) {
    double[] all = losses == null ? losses(training, workspaces) : losses;
    losses = null;
    return Arrays.stream(all).sum() / getInputMiniBatchSize() + regularization;
  }

  @Override
  public INDArray computeScoreForExamples(double regularization, LayerWorkspaceMgr workspaces) {
    double[] all = Arrays.stream(losses(false, workspaces)).map(x -> x + regularization).toArray();
    // The caller's, who looks at it after the workspaces are closed.
    return Nd4j.createUninitializedDetached(dataType, 'c', all.length, 1)
        .assign(array(all, 'c', all.length, 1));
  }

  private double[] losses(boolean training, LayerWorkspaceMgr workspaces) {
    return batch(rows(training, workspaces), training, workspaces).losses(classes());
  }

  @Override
  public void setInput(INDArray input, LayerWorkspaceMgr workspaces) {
    super.setInput(input, workspaces);
    losses = null;
  }

  @Override
  public boolean needsLabels() {
    return true;
  }

  @Override
  public void setLabels(INDArray labels) {
    this.labels = labels;
    losses = null;
  }

  @Override
  public INDArray getLabels() {
    return labels;
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
    labels = null;
    losses = null;
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
