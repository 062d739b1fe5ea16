package dev.unroll.training.cuda;

import java.util.ArrayList;
import java.util.List;

/** Puts the features of several sequences of the same lengths side by side. */
final class MergePart implements Part {
  private final Context context;
  private List<Tensor> read;

  MergePart(Context context) {
    this.context = context;
  }

  @Override
  public Tensor forward(List<Tensor> below) {
    read = below;
    Tensor out = context.arena.take(below.get(0), below.stream().mapToInt(Tensor::width).sum());
    int at = 0;
    for (Tensor some : below) {
      copy(some, 0, out, at, some.width());
      at += some.width();
    }
    return out;
  }

  @Override
  public List<Tensor> backward(Tensor outer) {
    List<Tensor> inner = new ArrayList<>();
    int at = 0;
    for (Tensor some : read) {
      Tensor d = context.arena.take(some, some.width());
      copy(outer, at, d, 0, some.width());
      inner.add(d);
      at += some.width();
    }
    return inner;
  }

  private void copy(Tensor from, int fromAt, Tensor to, int toAt, int width) {
    context.operations.columns(
        from.address(),
        from.width(),
        fromAt,
        to.address(),
        to.width(),
        toAt,
        width,
        from.steps(),
        from.batch(),
        0,
        false,
        false);
  }
}
