package dev.unroll.training.cuda;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A linear map, softmax and cross-entropy of vectors, with a share for each class. */
final class ClassifierPart extends OutputPart {
  private final int classes;

  private Parcel.Item shares;
  private long losses;

  ClassifierPart(Context context, LinearMap map, Dropout dropout, int classes) {
    super(context, map, dropout);
    this.classes = classes;
  }

  @Override
  public boolean prepare(DeviceBatch batch, List<Lengths> below) {
    INDArray labels = batch.labels();
    if (batch.labelMask() != null || labels.rank() != 2 || labels.size(1) != classes) {
      return false;
    }
    shares = context.parcel.add(labels.castTo(DataType.FLOAT).dup('c').data().asFloat());
    return true;
  }

  @Override
  Tensor derivatives(Tensor x) {
    Tensor gradient = map.products(x);
    losses = context.arena.take((long) x.rows() * Float.BYTES);
    context.operations.softmaxShares(
        gradient.address(), map.bias(), shares.address(), losses, x.rows(), classes);
    return gradient;
  }

  @Override
  long losses() {
    return losses;
  }
}
