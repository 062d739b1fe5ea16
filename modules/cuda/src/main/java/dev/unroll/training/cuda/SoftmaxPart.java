package dev.unroll.training.cuda;

import dev.unroll.layers.output.StepLabels;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A linear map, softmax and cross-entropy at each step, with the number of the right class. */
final class SoftmaxPart extends OutputPart {
  private final int classes;
  private final double smoothing;

  private Parcel.Item labels;
  private Parcel.Item weights;
  private long losses;

  /**
   * A layer.
   *
   * @param smoothing the share of a label that is spread over all classes
   */
  SoftmaxPart(Context context, LinearMap map, Dropout dropout, int classes, double smoothing) {
    super(context, map, dropout);
    this.classes = classes;
    this.smoothing = smoothing;
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
  Tensor derivatives(Tensor x) {
    Tensor gradient = map.products(x);
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
  long losses() {
    return losses;
  }
}
