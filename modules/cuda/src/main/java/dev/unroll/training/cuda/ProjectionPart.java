package dev.unroll.training.cuda;

import java.util.Collections;
import java.util.List;

/** A linear map of each step. */
final class ProjectionPart implements Part {
  private final Context context;
  private final LinearMap map;
  private final Dropout dropout;
  private final boolean ofData;
  private Tensor x;

  /**
   * A layer.
   *
   * @param ofData whether nothing is learnt below
   */
  ProjectionPart(Context context, LinearMap map, Dropout dropout, boolean ofData) {
    this.context = context;
    this.map = map;
    this.dropout = dropout;
    this.ofData = ofData;
  }

  @Override
  public Tensor forward(List<Tensor> below) {
    x = dropout.forward(below.get(0));
    Tensor z = map.products(x);
    context.operations.addBias(z.address(), map.bias(), z.rows(), z.width());
    context.clearPadding(z);
    return z;
  }

  @Override
  public List<Tensor> backward(Tensor outer) {
    context.clearPadding(outer);
    if (ofData) {
      map.gradient(x, outer);
      return Collections.singletonList(null);
    }
    return List.of(dropout.backward(map.backward(x, outer)));
  }
}
