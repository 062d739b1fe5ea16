package dev.unroll.training;

import dev.unroll.layers.RowSparse;
import dev.unroll.layers.memory.Copier;
import dev.unroll.layers.memory.NativeMemory;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A table of which a step reads and writes the touched rows only.
 *
 * <p>The moments of the other rows rest: they neither decay nor move their row ("lazy" Adam). Adam
 * over the whole table would go on moving a word along the gradient of a step long past, at the
 * cost of the whole vocabulary a step. A row gets moments when it is first touched.
 */
final class SparseParameter implements Parameter {
  /** Rows that one thread takes at once. */
  private static final int PART = 128;

  private final String name;
  private final boolean decays;
  private final RowSparse layer;
  private final INDArray values;
  private final INDArray gradient;
  private final int width;
  private final float[][] mean;
  private final float[][] square;

  /**
   * A table {@code [rows, columns]} in 'c' order.
   *
   * @param name of the layer
   * @param layer knows the touched rows
   */
  SparseParameter(
      String name, RowSparse layer, INDArray values, INDArray gradient, boolean decays) {
    this.name = name;
    this.layer = layer;
    this.values = values;
    this.gradient = gradient;
    this.decays = decays;
    width = values.columns();
    mean = new float[values.rows()][];
    square = new float[values.rows()][];
  }

  @Override
  public String layer() {
    return name;
  }

  @Override
  public String key() {
    return layer.table();
  }

  @Override
  public boolean decays() {
    return decays;
  }

  @Override
  public int rows() {
    return mean.length;
  }

  @Override
  public float[] mean(int row) {
    return mean[row];
  }

  @Override
  public float[] square(int row) {
    return square[row];
  }

  @Override
  public void set(int row, float[] newMean, float[] newSquare) {
    mean[row] = newMean.clone();
    square[row] = newSquare.clone();
  }

  @Override
  public int parts() {
    return (layer.touchedRows().length + PART - 1) / PART;
  }

  @Override
  public double squaredNorm(int part) {
    int[] rows = layer.touchedRows();
    float[] gradients = new float[width];
    long from = NativeMemory.address(gradient);
    Copier copier = new Copier();
    double sum = 0;
    for (int k = part * PART; k < end(rows, part); k++) {
      copier.read(from + bytesTo(rows[k]), gradients, width);
      sum += Floats.sumOfSquares(gradients, width);
    }
    return sum;
  }

  @Override
  public void update(int part, AdamRule rule) {
    int[] rows = layer.touchedRows();
    float[] parameters = new float[width];
    float[] gradients = new float[width];
    long to = NativeMemory.address(values);
    long from = NativeMemory.address(gradient);
    Copier copier = new Copier();
    for (int k = part * PART; k < end(rows, part); k++) {
      int row = rows[k];
      if (mean[row] == null) {
        mean[row] = new float[width];
        square[row] = new float[width];
      }
      copier.read(from + bytesTo(row), gradients, width);
      copier.read(to + bytesTo(row), parameters, width);
      rule.update(parameters, gradients, mean[row], square[row], 0, width, decays);
      copier.write(parameters, to + bytesTo(row), width);
    }
  }

  @Override
  public void consumed() {
    layer.clearTouchedRows();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(mean.length);
    out.writeLong(width);
    out.writeInt((int) Arrays.stream(mean).filter(Objects::nonNull).count());
    for (int row = 0; row < mean.length; row++) {
      if (mean[row] != null) {
        out.writeInt(row);
        Floats.write(mean[row], out);
        Floats.write(square[row], out);
      }
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    requireSize(in, mean.length);
    requireSize(in, width);
    Arrays.fill(mean, null);
    Arrays.fill(square, null);
    for (int n = in.readInt(); n > 0; n--) {
      int row = Objects.checkIndex(in.readInt(), mean.length);
      mean[row] = new float[width];
      square[row] = new float[width];
      Floats.read(mean[row], in);
      Floats.read(square[row], in);
    }
  }

  private long bytesTo(int row) {
    return (long) row * width * Float.BYTES;
  }

  private static int end(int[] rows, int part) {
    return Math.min(rows.length, (part + 1) * PART);
  }
}
