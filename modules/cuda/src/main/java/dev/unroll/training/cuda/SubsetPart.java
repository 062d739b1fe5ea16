package dev.unroll.training.cuda;

import java.util.List;

/** Some of the features of each step, side by side. */
final class SubsetPart implements Part {
  private final Context context;
  private final int from;
  private final int width;
  private Tensor x;

  SubsetPart(Context context, int from, int width) {
    this.context = context;
    this.from = from;
    this.width = width;
  }

  @Override
  public Tensor forward(List<Tensor> below) {
    x = below.get(0);
    Tensor some = context.arena.take(x, width);
    copy(x, from, some, 0);
    return some;
  }

  @Override
  public List<Tensor> backward(Tensor outer) {
    Tensor all = context.arena.take(x, x.width());
    context.gpu.cudnn().clear(all.address(), all.bytes());
    copy(outer, 0, all, from);
    return List.of(all);
  }

  private void copy(Tensor source, int sourceAt, Tensor target, int targetAt) {
    context.operations.columns(
        source.address(),
        source.width(),
        sourceAt,
        target.address(),
        target.width(),
        targetAt,
        width,
        source.steps(),
        source.batch(),
        0,
        false);
  }
}
