package dev.unroll.training.cuda;

import java.util.List;

/**
 * The part at the end: a linear map of what is left of its input by dropout, and a loss of the
 * scores that it gives. Its backward pass begins with null.
 */
abstract class OutputPart implements Part.Prepared {
  final Context context;
  final LinearMap map;
  private final Dropout dropout;
  private Tensor x;
  private Tensor gradient;

  OutputPart(Context context, LinearMap map, Dropout dropout) {
    this.context = context;
    this.map = map;
    this.dropout = dropout;
  }

  /**
   * Finds the losses of a batch.
   *
   * @param read what the linear map reads
   * @return the derivatives with respect to its scores, {@code [steps, batch, outputs]}; zero where
   *     nothing counts
   */
  abstract Tensor derivatives(Tensor read);

  @Override
  public final Tensor forward(List<Tensor> below) {
    x = dropout.forward(below.get(0));
    gradient = derivatives(x);
    return gradient;
  }

  @Override
  public final List<Tensor> backward(Tensor outer) {
    return List.of(dropout.backward(map.backward(x, gradient)));
  }

  /**
   * The losses of the last pass that are on the device, one for each vector that was read.
   *
   * @return their address; 0 if there are none there
   */
  long losses() {
    return 0;
  }

  /** How many vectors were read. */
  final int lossCount() {
    return x.rows();
  }

  /** The losses that were found in main memory, summed. */
  double lossHere() {
    return 0;
  }
}
