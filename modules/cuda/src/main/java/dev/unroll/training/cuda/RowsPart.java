package dev.unroll.training.cuda;

import java.util.Arrays;
import java.util.List;

/**
 * Vectors that were computed by themselves, such as one a word, as the steps of sequences. They lie
 * in that order already.
 */
final class RowsPart implements Part.OfInput {
  private final Context context;
  private final String input;
  private Lengths rows;
  private Lengths lengths;

  /**
   * A vertex.
   *
   * @param input of the network, whose sequences they are as long as
   */
  RowsPart(Context context, String input) {
    this.context = context;
    this.input = input;
  }

  /** Where there is a step there must be a row: what is made of an empty one is not defined. */
  @Override
  public boolean prepare(DeviceBatch data, List<Lengths> below) {
    rows = below.get(0);
    lengths = data.lengths(input).orElse(null);
    return lengths != null
        && rows.batch() == lengths.steps() * lengths.batch()
        && rows.empty().stream().noneMatch(this::exists);
  }

  private boolean exists(int row) {
    return row / lengths.batch() < lengths.values()[row % lengths.batch()];
  }

  @Override
  public Lengths lengths(List<Lengths> below) {
    return lengths;
  }

  @Override
  public Tensor forward(List<Tensor> below) {
    Tensor x = below.get(0);
    Tensor out =
        context.arena.take(
            new Tensor(0, lengths.steps(), lengths.batch(), x.width(), lengths), x.width());
    context.operations.columns(
        x.address(),
        x.width(),
        0,
        out.address(),
        x.width(),
        0,
        x.width(),
        out.steps(),
        out.batch(),
        lengths.unequal(),
        false);
    return out;
  }

  @Override
  public List<Tensor> backward(Tensor outer) {
    context.clearPadding(outer);
    return Arrays.asList(new Tensor(outer.address(), 1, outer.rows(), outer.width(), rows), null);
  }
}
