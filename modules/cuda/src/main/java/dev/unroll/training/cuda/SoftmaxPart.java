package dev.unroll.training.cuda;

import dev.unroll.layers.output.StepLabels;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A linear map, softmax and cross-entropy at each step, with the number of the right class. */
final class SoftmaxPart implements OutputPart {
  private final Context context;
  private final LinearMap map;
  private final Dropout dropout;
  private final int classes;
  private final float smoothing;

  private Parcel.Item labels;
  private Parcel.Item weights;
  private Tensor x;
  private Tensor gradient;
  private long losses;

  /**
   * A layer.
   *
   * @param smoothing the share of a label that is spread over all classes
   */
  SoftmaxPart(Context context, LinearMap map, Dropout dropout, int classes, double smoothing) {
    this.context = context;
    this.map = map;
    this.dropout = dropout;
    this.classes = classes;
    this.smoothing = (float) smoothing;
  }

  @Override
  public boolean prepare(DeviceBatch batch, List<Lengths> below) {
    int steps = below.get(0).steps();
    INDArray mask = batch.stepMask(below.get(0));
    StepLabels read = StepLabels.read(batch.labels(), mask, below.get(0).batch(), classes, steps);
    if (!read.sparse()) {
      return false;
    }
    labels = context.parcel.add(read.classes());
    weights = null;
    if (mask != null) {
      float[] factors = new float[below.get(0).batch() * steps];
      for (int row = 0; row < factors.length; row++) {
        factors[row] = read.weight(row);
      }
      weights = context.parcel.add(factors);
    }
    return true;
  }

  @Override
  public Tensor forward(List<Tensor> below) {
    x = dropout.forward(below.get(0));
    gradient = map.products(x);
    losses = context.arena.take((long) x.rows() * Float.BYTES);
    context.operations.softmaxLoss(
        gradient.address(),
        map.bias(),
        labels.address(),
        weights == null ? 0 : weights.address(),
        losses,
        x.rows(),
        classes,
        smoothing);
    return gradient;
  }

  @Override
  public List<Tensor> backward(Tensor outer) {
    return List.of(dropout.backward(map.backward(x, gradient)));
  }

  @Override
  public long losses() {
    return losses;
  }

  @Override
  public int lossCount() {
    return x.rows();
  }
}
