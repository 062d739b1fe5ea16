package dev.unroll.layers;

import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.PresentRows;
import dev.unroll.layers.memory.Slab;
import dev.unroll.layers.output.LinearSoftmax;
import dev.unroll.layers.output.StepLabels;
import java.util.Map;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pass in floats. All steps of all examples that are no padding are the rows of one matrix; see
 * {@link LinearSoftmax}.
 */
final class FloatSoftmaxPass implements SoftmaxPass {
  private final LinearSoftmax softmax;
  private final int inputs;
  private final int classes;
  private final StepLabels labels;
  private final Room room;

  /** Native memory that is used again for every batch. */
  static final class Room {
    /** The steps that are no padding, side by side. */
    private final Slab x = new Slab(DataType.FLOAT);

    private final LinearSoftmax.Room softmax = new LinearSoftmax.Room();
  }

  FloatSoftmaxPass(
      INDArray weights, INDArray bias, StepLabels labels, double smoothing, Room room) {
    inputs = weights.rows();
    classes = weights.columns();
    float[] biases = new float[classes];
    NativeMemory.read(bias, biases, classes);
    softmax = new LinearSoftmax(NativeMemory.floats(weights), inputs, biases, labels, smoothing);
    this.labels = labels;
    this.room = room;
  }

  @Override
  public void probabilities(INDArray x, INDArray output) {
    PresentRows rows = present(x);
    Matrix z = matrix(output, classes);
    softmax.probabilities(pack(rows, x), z, rows.count(), rows::number);
    rows.spread(z, classes);
  }

  @Override
  public double[] losses(INDArray x) {
    PresentRows rows = present(x);
    double[] losses = new double[rows(x)];
    softmax.losses(pack(rows, x), rows.count(), rows::number, losses, room.softmax);
    return losses;
  }

  @Override
  public double[] gradients(INDArray x, Map<String, INDArray> parameters, INDArray inner) {
    PresentRows rows = present(x);
    Matrix dX = matrix(inner, inputs);
    double[] losses = new double[rows(x)];
    float[] bias =
        softmax.gradients(
            pack(rows, x),
            rows.count(),
            rows::number,
            losses,
            dX,
            matrix(parameters.get(DefaultParamInitializer.WEIGHT_KEY), inputs),
            room.softmax);
    NativeMemory.write(bias, parameters.get(DefaultParamInitializer.BIAS_KEY), classes);
    rows.spread(dX, inputs);
    return losses;
  }

  private PresentRows present(INDArray x) {
    return PresentRows.of(rows(x), row -> labels.weight(row) != 0);
  }

  private Matrix pack(PresentRows rows, INDArray x) {
    room.x.reserve((long) rows.count() * inputs);
    return rows.pack(matrix(x, inputs), inputs, new Matrix(room.x.floats(), 0, inputs));
  }

  private static Matrix matrix(INDArray array, int columns) {
    return new Matrix(NativeMemory.floats(array), 0, columns);
  }

  private static int rows(INDArray sequences) {
    return Math.toIntExact(sequences.size(0) * sequences.size(2));
  }
}
