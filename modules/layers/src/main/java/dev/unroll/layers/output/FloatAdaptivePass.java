package dev.unroll.layers.output;

import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.PresentRows;
import dev.unroll.layers.memory.RowProducts;
import dev.unroll.layers.memory.Slab;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pass in floats. The rows whose label is in a tail lie side by side ({@link ClusterRows}): the
 * head is one {@link LinearSoftmax} of all rows, and a tail another of a part of them, projected.
 */
final class FloatAdaptivePass implements AdaptivePass {
  private final AdaptiveShape shape;
  private final ClassOrder order;
  private final Map<String, FloatPointer> parameters;
  private final Room room;

  /** Memory that is used again for every batch. */
  static final class Room {
    private final Slab x = new Slab(DataType.FLOAT);
    private final Slab inner = new Slab(DataType.FLOAT);
    private final Slab head = new Slab(DataType.FLOAT);
    private final LinearSoftmax.Room softmax = new LinearSoftmax.Room();
    private final Slab projected = new Slab(DataType.FLOAT);
    private final Slab innerProjected = new Slab(DataType.FLOAT);

    private static Matrix of(Slab slab, int rows, int columns) {
      return new Matrix(slab.reserve((long) rows * columns).floats(), 0, columns);
    }
  }

  /**
   * A pass.
   *
   * @param parameters by name, where they lie
   */
  FloatAdaptivePass(
      AdaptiveShape shape, ClassOrder order, Map<String, FloatPointer> parameters, Room room) {
    this.shape = shape;
    this.order = order;
    this.parameters = parameters;
    this.room = room;
  }

  @Override
  public void probabilities(INDArray x, StepLabels labels, INDArray output) {
    int all = rows(x);
    PresentRows rows = PresentRows.of(all, row -> labels.weight(row) != 0);
    Matrix packed =
        rows.pack(
            matrix(x, shape.inputs()),
            shape.inputs(),
            Room.of(room.x, rows.count(), shape.inputs()));
    Matrix p = matrix(output, shape.classes());
    probabilities(packed, rows.count(), p);
    rows.spread(p, shape.classes());
  }

  /** The probabilities of all classes, {@code p [rows, classes]}, by the chain rule. */
  void probabilities(Matrix x, int rows, Matrix p) {
    Matrix head = Room.of(room.head, rows, shape.head());
    head(StepLabels.NONE).probabilities(x, head, rows, row -> row);
    for (int tail = 0; tail < shape.tails(); tail++) {
      Matrix h = project(x, rows, tail);
      Matrix within = p.fromColumn(shape.begin(tail));
      tail(tail, StepLabels.NONE).probabilities(h, within, rows, row -> row);
    }
    RowProducts.forEachPart(
        rows,
        (from, count) -> {
          float[] ofHead = new float[shape.head()];
          float[] byRank = new float[shape.classes()];
          float[] byClass = new float[shape.classes()];
          for (int row = from; row < from + count; row++) {
            head.fromRow(row).read(ofHead, 1, ofHead.length);
            p.fromRow(row).read(byRank, 1, byRank.length);
            System.arraycopy(ofHead, 0, byRank, 0, shape.frequent());
            for (int tail = 0; tail < shape.tails(); tail++) {
              int begin = shape.begin(tail);
              scale(byRank, begin, begin + shape.size(tail), ofHead[shape.frequent() + tail]);
            }
            order.toClasses(byRank, byClass);
            p.fromRow(row).write(byClass, 1, byClass.length);
          }
        });
  }

  private static void scale(float[] values, int from, int to, float factor) {
    for (int i = from; i < to; i++) {
      values[i] *= factor;
    }
  }

  @Override
  public double[] losses(INDArray x, StepLabels labels) {
    ClusterRows rows = new ClusterRows(labels, shape, order);
    Matrix packed = gather(rows, x);
    double[] losses = new double[rows.all()];
    head(rows.head()).losses(packed, rows.count(), rows::number, losses, room.softmax);
    for (int tail = 0; tail < shape.tails(); tail++) {
      int count = rows.count(tail);
      Matrix h = project(packed.fromRow(rows.begin(tail)), count, tail);
      tail(tail, rows.tail(tail)).losses(h, count, numbers(rows, tail), losses, room.softmax);
    }
    return losses;
  }

  @Override
  public double[] gradients(
      INDArray x, StepLabels labels, Map<String, INDArray> gradients, INDArray inner) {
    ClusterRows rows = new ClusterRows(labels, shape, order);
    double[] losses = new double[rows.all()];
    if (rows.count() == 0) {
      gradients.values().forEach(NativeMemory::zero);
      NativeMemory.zero(inner);
      return losses;
    }
    Matrix packed = gather(rows, x);
    Matrix dX = Room.of(room.inner, rows.count(), shape.inputs());
    Matrix dW = matrix(gradients.get(AdaptiveParameters.WEIGHTS), shape.inputs());
    float[] bias =
        head(rows.head())
            .gradients(packed, rows.count(), rows::number, losses, dX, dW, room.softmax);
    NativeMemory.write(bias, gradients.get(AdaptiveParameters.BIAS), bias.length);
    for (int tail = 0; tail < shape.tails(); tail++) {
      tail(tail, rows, packed, losses, gradients, dX);
    }
    rows.scatter(dX, shape.inputs(), matrix(inner, shape.inputs()));
    return losses;
  }

  /** Adds what a tail has to the losses and to the gradient of x. */
  private void tail(
      int tail,
      ClusterRows rows,
      Matrix packed,
      double[] losses,
      Map<String, INDArray> gradients,
      Matrix dX) {
    int count = rows.count(tail);
    int width = shape.width(tail);
    INDArray dProjection = gradients.get(AdaptiveParameters.projection(tail));
    INDArray dWeights = gradients.get(AdaptiveParameters.weights(tail));
    INDArray dBias = gradients.get(AdaptiveParameters.bias(tail));
    if (count == 0) {
      NativeMemory.zero(dProjection);
      NativeMemory.zero(dWeights);
      NativeMemory.zero(dBias);
      return;
    }
    Matrix x = packed.fromRow(rows.begin(tail));
    Matrix h = project(x, count, tail);
    Matrix dH = Room.of(room.innerProjected, count, width);
    float[] bias =
        tail(tail, rows.tail(tail))
            .gradients(
                h, count, numbers(rows, tail), losses, dH, matrix(dWeights, width), room.softmax);
    NativeMemory.write(bias, dBias, bias.length);
    Matrix p = projection(tail);
    RowProducts.gradient(count, width, shape.inputs(), dH, x, matrix(dProjection, shape.inputs()));
    RowProducts.backward(count, width, shape.inputs(), dH, p, dX.fromRow(rows.begin(tail)));
  }

  private Matrix gather(ClusterRows rows, INDArray x) {
    Matrix packed = Room.of(room.x, rows.count(), shape.inputs());
    rows.gather(matrix(x, shape.inputs()), shape.inputs(), packed);
    return packed;
  }

  private static IntUnaryOperator numbers(ClusterRows rows, int tail) {
    int begin = rows.begin(tail);
    return i -> rows.number(begin + i);
  }

  /** {@code X P}, until the next. */
  private Matrix project(Matrix x, int rows, int tail) {
    Matrix h = Room.of(room.projected, rows, shape.width(tail));
    RowProducts.forward(rows, shape.width(tail), shape.inputs(), x, projection(tail), h);
    return h;
  }

  private Matrix projection(int tail) {
    FloatPointer values = parameters.get(AdaptiveParameters.projection(tail));
    return new Matrix(values, 0, shape.inputs());
  }

  private LinearSoftmax head(StepLabels labels) {
    return softmax(
        AdaptiveParameters.WEIGHTS, AdaptiveParameters.BIAS, shape.inputs(), shape.head(), labels);
  }

  private LinearSoftmax tail(int tail, StepLabels labels) {
    return softmax(
        AdaptiveParameters.weights(tail),
        AdaptiveParameters.bias(tail),
        shape.width(tail),
        shape.size(tail),
        labels);
  }

  private LinearSoftmax softmax(
      String weights, String bias, int inputs, int classes, StepLabels labels) {
    float[] biases = new float[classes];
    parameters.get(bias).get(biases);
    return new LinearSoftmax(parameters.get(weights), inputs, biases, labels, 0);
  }

  private static Matrix matrix(INDArray array, int columns) {
    return new Matrix(NativeMemory.floats(array), 0, columns);
  }

  private static int rows(INDArray sequences) {
    return Math.toIntExact(sequences.size(0) * sequences.size(2));
  }
}
