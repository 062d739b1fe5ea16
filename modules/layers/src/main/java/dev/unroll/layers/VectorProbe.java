package dev.unroll.layers;

import dev.unroll.layers.memory.Copier;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.TimeMajor;
import java.lang.ref.Reference;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Moves the vectors that a {@link WordEmbedding} hands on in training, and tells how the loss
 * depends on them: what adversarial training asks of word vectors.
 *
 * <p>All arrays lie step after step: value {@code i} of the vector at step {@code t} of text {@code
 * b} is element {@code (t · texts + b) · width + i}. Where a mask hides a step, nothing is added,
 * and the derivatives are 0.
 */
public final class VectorProbe {
  private final int width;
  private int[] ids = {};
  private int texts;
  private double squares;
  private float[] perturbation;
  private float[] derivatives = {};

  VectorProbe(int width) {
    this.width = width;
  }

  /**
   * Adds to the vectors in the forward passes in training that come.
   *
   * @param added as many values as {@link #texts} texts have, or null to add nothing
   */
  public void perturb(float[] added) {
    perturbation = added;
  }

  /** The derivatives of the loss, summed over texts, by the vectors in the last backward pass. */
  public float[] derivatives() {
    return derivatives;
  }

  /** The number of texts in the last forward pass in training. */
  public int texts() {
    return texts;
  }

  /** The number of steps in that pass, padding included, of all texts together. */
  public int steps() {
    return ids.length;
  }

  /** The length of a vector. */
  public int width() {
    return width;
  }

  /** Whether there was a word at step {@code place / texts} of text {@code place % texts}. */
  public boolean isWord(int place) {
    return ids[place] != WordIds.PADDING;
  }

  /** The root of the mean square of the norms of the vectors read, before anything was added. */
  public double norm() {
    long words = Arrays.stream(ids).filter(id -> id != WordIds.PADDING).count();
    return Math.sqrt(squares / Math.max(1, words));
  }

  /**
   * A forward pass in training.
   *
   * @param output {@code [batch, width, time]}, time-major; changes
   */
  void forward(INDArray output, int[] read) {
    ids = read;
    texts = (int) output.size(0);
    if (perturbation != null && perturbation.length != output.length()) {
      throw new IllegalArgumentException(
          "a perturbation of %d values does not fit vectors %s"
              .formatted(perturbation.length, Arrays.toString(output.shape())));
    }
    if (output.dataType() != DataType.FLOAT) {
      forwardSlowly(output);
      return;
    }
    float[] vector = new float[width];
    Copier copier = new Copier();
    long from = NativeMemory.address(output);
    squares = 0;
    for (int place = 0; place < ids.length; place++) {
      if (!isWord(place)) {
        continue;
      }
      long at = from + (long) place * width * Float.BYTES;
      copier.read(at, vector, width);
      float sum = 0;
      for (int i = 0; i < width; i++) {
        sum += vector[i] * vector[i];
      }
      squares += sum;
      if (perturbation != null) {
        for (int i = 0; i < width; i++) {
          vector[i] += perturbation[place * width + i];
        }
        copier.write(vector, at, width);
      }
    }
    Reference.reachabilityFence(output);
  }

  /** For networks of other types than float, which are there to be checked, not to be fast. */
  private void forwardSlowly(INDArray output) {
    squares = output.mul(output).sumNumber().doubleValue();
    if (perturbation != null) {
      float[] added = perturbation.clone();
      clearPadding(added);
      long time = output.size(2);
      TimeMajor.add(
          output,
          Nd4j.createFromArray(added)
              .castTo(output.dataType())
              .reshape(time, texts, width)
              .permute(1, 2, 0));
    }
  }

  /**
   * A backward pass.
   *
   * @param epsilons {@code [batch, width, time]}, time-major
   */
  void backward(INDArray epsilons) {
    if (epsilons.dataType() == DataType.FLOAT) {
      derivatives = new float[Math.toIntExact(epsilons.length())];
      NativeMemory.read(epsilons, derivatives, derivatives.length);
    } else {
      derivatives =
          epsilons
              .permute(2, 0, 1)
              .reshape('c', new long[] {epsilons.length()})
              .castTo(DataType.FLOAT)
              .toFloatVector();
    }
    clearPadding(derivatives);
  }

  private void clearPadding(float[] values) {
    for (int place = 0; place < ids.length; place++) {
      if (!isWord(place)) {
        Arrays.fill(values, place * width, (place + 1) * width, 0);
      }
    }
  }
}
