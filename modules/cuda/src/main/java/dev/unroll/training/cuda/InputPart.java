package dev.unroll.training.cuda;

import java.util.List;

/** An input of the network whose steps are vectors, {@code [batch, width, time]}. */
final class InputPart implements Part.OfInput {
  private final Context context;
  private final String input;
  private Lengths lengths;
  private Parcel.Item vectors;
  private int width;

  InputPart(Context context, String input) {
    this.context = context;
    this.input = input;
  }

  @Override
  public boolean prepare(DeviceBatch data, List<Lengths> below) {
    lengths = data.lengths(input).orElse(null);
    if (lengths == null) {
      return false;
    }
    vectors = context.parcel.add(data.vectors(input));
    width = Math.toIntExact(data.features(input).size(1));
    return true;
  }

  @Override
  public Lengths lengths(List<Lengths> below) {
    return lengths;
  }

  @Override
  public Tensor forward(List<Tensor> below) {
    return new Tensor(vectors.address(), lengths.steps(), lengths.batch(), width, lengths);
  }

  @Override
  public List<Tensor> backward(Tensor outer) {
    return List.of();
  }
}
