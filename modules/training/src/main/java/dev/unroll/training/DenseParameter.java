package dev.unroll.training;

import dev.unroll.layers.memory.Copier;
import dev.unroll.layers.memory.NativeMemory;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A parameter all of which a step reads and writes. */
final class DenseParameter implements Parameter {
  /** What one thread takes at once. */
  private static final int PART = 1 << 16;

  /** What is copied to the heap at once: small enough to stay in the first-level cache. */
  private static final int CHUNK = 1 << 12;

  private final String layer;
  private final String key;
  private final boolean decays;
  private final INDArray values;
  private final INDArray gradient;
  private final float[] mean;
  private final float[] square;

  /**
   * A parameter.
   *
   * @param values a contiguous stretch of the network's parameters
   * @param gradient the same stretch of its gradient
   * @param decays whether weight decay applies
   */
  DenseParameter(String layer, String key, INDArray values, INDArray gradient, boolean decays) {
    this.layer = layer;
    this.key = key;
    this.values = values;
    this.gradient = gradient;
    this.decays = decays;
    mean = new float[Math.toIntExact(values.length())];
    square = new float[mean.length];
  }

  @Override
  public String layer() {
    return layer;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public boolean decays() {
    return decays;
  }

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public float[] mean(int row) {
    return mean;
  }

  @Override
  public float[] square(int row) {
    return square;
  }

  @Override
  public void set(int row, float[] newMean, float[] newSquare) {
    System.arraycopy(newMean, 0, mean, 0, mean.length);
    System.arraycopy(newSquare, 0, square, 0, square.length);
  }

  @Override
  public int parts() {
    return (mean.length + PART - 1) / PART;
  }

  @Override
  public double squaredNorm(int part) {
    float[] gradients = new float[CHUNK];
    long from = NativeMemory.address(gradient);
    Copier copier = new Copier();
    double sum = 0;
    for (int start = part * PART; start < end(part); start += CHUNK) {
      int length = Math.min(CHUNK, end(part) - start);
      copier.read(from + (long) start * Float.BYTES, gradients, length);
      sum += Floats.sumOfSquares(gradients, length);
    }
    return sum;
  }

  @Override
  public void update(int part, AdamRule rule) {
    float[] parameters = new float[CHUNK];
    float[] gradients = new float[CHUNK];
    long to = NativeMemory.address(values);
    long from = NativeMemory.address(gradient);
    Copier copier = new Copier();
    for (int start = part * PART; start < end(part); start += CHUNK) {
      int length = Math.min(CHUNK, end(part) - start);
      copier.read(from + (long) start * Float.BYTES, gradients, length);
      copier.read(to + (long) start * Float.BYTES, parameters, length);
      rule.update(parameters, gradients, mean, square, start, length, decays);
      copier.write(parameters, to + (long) start * Float.BYTES, length);
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(mean.length);
    Floats.write(mean, out);
    Floats.write(square, out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    requireSize(in, mean.length);
    Floats.read(mean, in);
    Floats.read(square, in);
  }

  private int end(int part) {
    return (int) Math.min(mean.length, (part + 1L) * PART);
  }
}
