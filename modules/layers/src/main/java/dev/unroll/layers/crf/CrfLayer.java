package dev.unroll.layers.crf;

import dev.unroll.layers.memory.Masks;
import dev.unroll.layers.memory.TimeMajor;
import dev.unroll.layers.output.SequenceOutputLayer;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Computes {@link Crf}. */
public final class CrfLayer extends SequenceOutputLayer<Crf> {
  private static final long serialVersionUID = 1L;

  /** Of the last {@link #activate}; kept when the network clears its layers after an output. */
  private transient CrfBatch answered;

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
    double[] scores = scores(rows, training, workspaces);
    answered = loss().sequences(scores, mask(), batchSize());
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
    double[] scores = scores(rows, true, workspaces);
    int classes = Math.toIntExact(layerConf().getNOut());
    CrfLoss.Derivatives found =
        loss().derivatives(scores, readLabels().classes(), mask(), batchSize());
    found(found.losses());
    INDArray scoreRows = array(found.scores(), rows.size(0), classes);

    // Columns, not rows: all matrices of a product in 'f' order are multiplied where they lie.
    INDArray scoreColumns = scoreRows.transpose();
    INDArray weights = gradientViews.get(CrfParameters.WEIGHTS);
    Nd4j.gemm(rows.transpose(), scoreColumns, weights, false, true, 1, 0);
    set(CrfParameters.BIAS, CrfLoss.columnSums(found.scores(), classes));
    found.field().forEach(this::set);
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

  private void set(String key, double[] values) {
    INDArray view = gradientViews.get(key);
    view.assign(array(values, view.size(0), view.size(1)));
  }

  private INDArray array(double[] values, long... shape) {
    INDArray doubles = Nd4j.createFromArray(values).castTo(dataType);
    return doubles.reshape('c', shape);
  }

  /** The input after dropout, a row a position: {@code [time * batch, nIn]}. */
  private INDArray rows(boolean training, LayerWorkspaceMgr workspaces) {
    requireSequences();
    applyDropOutIfNecessary(training, workspaces);
    INDArray sequences = TimeMajor.of(input.castTo(dataType));
    return sequences.permute(2, 0, 1).reshape('c', input.size(0) * input.size(2), input.size(1));
  }

  /** The inverse of {@link #rows}. */
  private INDArray sequences(INDArray rows, long features) {
    return rows.reshape('c', input.size(2), input.size(0), features).permute(1, 2, 0);
  }

  /** The scores of single steps: element {@code position * labels + label}. */
  private double[] scores(INDArray rows, boolean training, LayerWorkspaceMgr workspaces) {
    INDArray weights = getParamWithNoise(CrfParameters.WEIGHTS, training, workspaces);
    INDArray columns =
        Nd4j.createUninitializedDetached(dataType, 'f', layerConf().getNOut(), rows.size(0));
    Nd4j.gemm(weights, rows.transpose(), columns, true, false, 1, 0);
    double[] scores = columns.data().asDouble();
    double[] bias = doubles(CrfParameters.BIAS);
    for (int i = 0; i < scores.length; i++) {
      scores[i] += bias[i % bias.length];
    }
    return scores;
  }

  private CrfLoss loss() {
    return new CrfLoss(layerConf(), this::doubles);
  }

  private float[] mask() {
    return Masks.timeMajor(stepMask(), batchSize(), Math.toIntExact(input.size(2)));
  }

  /** The scores of neighbouring labels as they are now. */
  public CrfTransitions transitions() {
    return loss().transitions();
  }

  private double[] doubles(String key) {
    return getParam(key).dup('c').data().asDouble();
  }

  @Override
  protected double[] losses(boolean training, LayerWorkspaceMgr workspaces) {
    double[] scores = scores(rows(training, workspaces), training, workspaces);
    return loss().losses(scores, readLabels().classes(), mask(), batchSize());
  }
}
