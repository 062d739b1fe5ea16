package dev.unroll.training.cuda;

import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import java.util.List;

/** Summaries of each sequence, one after another. */
final class PoolingPart implements Part {
  private final Context context;
  private final List<Summary> summaries;
  private final double middle;
  private Lengths lengths;
  private Tensor x;
  private long[] largest;

  PoolingPart(Context context, SequencePooling layer) {
    this.context = context;
    summaries = layer.summaries();
    middle = layer.middle();
  }

  private static int kind(Summary summary) {
    return switch (summary) {
      case MAX -> Operations.MAX;
      case MEAN -> Operations.MEAN;
      case LAST -> Operations.LAST;
      case FIRST -> Operations.FIRST;
      case MIDDLE -> Operations.MIDDLE;
    };
  }

  @Override
  public Lengths lengths(List<Lengths> below) {
    lengths = below.get(0).ofVectors(context.parcel);
    return lengths;
  }

  @Override
  public Tensor forward(List<Tensor> below) {
    x = below.get(0);
    int width = summaries.size() * x.width();
    Tensor out = context.arena.take(new Tensor(0, 1, x.batch(), width, lengths), width);
    largest = new long[summaries.size()];
    for (int k = 0; k < largest.length; k++) {
      if (summaries.get(k) == Summary.MAX) {
        largest[k] = context.arena.take((long) x.batch() * x.width() * Integer.BYTES);
      }
      context.operations.pool(
          x.address(),
          out.address(),
          width,
          k * x.width(),
          x.lengths().unequal(),
          x.steps(),
          x.batch(),
          x.width(),
          kind(summaries.get(k)),
          middle,
          largest[k]);
    }
    return out;
  }

  @Override
  public List<Tensor> backward(Tensor outer) {
    Tensor dX = context.arena.take(x, x.width());
    context.gpu.cudnn().clear(dX.address(), dX.bytes());
    for (int k = 0; k < largest.length; k++) {
      context.operations.poolBack(
          outer.address(),
          outer.width(),
          k * x.width(),
          x.lengths().unequal(),
          x.steps(),
          x.batch(),
          x.width(),
          kind(summaries.get(k)),
          middle,
          largest[k],
          dX.address());
    }
    return List.of(dX);
  }
}
