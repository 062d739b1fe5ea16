package dev.unroll.training.cuda;

import java.util.ArrayList;
import java.util.List;

/** Puts the features of several sequences side by side; where one is shorter its are zeros. */
final class MergePart implements Part {
  private final Context context;
  private Lengths lengths;
  private List<Tensor> read;

  MergePart(Context context) {
    this.context = context;
  }

  @Override
  public Lengths lengths(List<Lengths> below) {
    lengths = Lengths.longest(below, context.parcel);
    return lengths;
  }

  @Override
  public Tensor forward(List<Tensor> below) {
    read = below;
    Tensor first = below.get(0);
    int width = below.stream().mapToInt(Tensor::width).sum();
    Tensor out =
        context.arena.take(new Tensor(0, first.steps(), first.batch(), width, lengths), width);
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
        false);
  }
}
