package dev.unroll.layers;

import dev.unroll.layers.memory.Masks;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.TimeMajor;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The labels and the mask of a batch of sequences, by row {@code t * batch + b}: either the number
 * of the class or a share for every class, such as 1 for the right one.
 */
final class StepLabels {
  /** No labels and no mask, for any number of rows. */
  static final StepLabels NONE = new StepLabels(0, null, null, null);

  private final int classes;
  private final int[] classOf;
  private final float[] shares;
  private final float[] weights;

  private StepLabels(int classes, int[] classOf, float[] shares, float[] weights) {
    this.classes = classes;
    this.classOf = classOf;
    this.shares = shares;
    this.weights = weights;
  }

  /**
   * Reads labels.
   *
   * @param labels numbers of classes {@code [batch, 1, time]}, shares {@code [batch, classes,
   *     time]}, or null where probabilities are all that is wanted
   * @param mask {@code [batch, time]}, a factor for the loss of every step, or null
   */
  static StepLabels read(INDArray labels, INDArray mask, long batch, int classes, long time) {
    float[] weights = Masks.timeMajor(mask, batch, time);
    if (labels == null) {
      return new StepLabels(classes, null, null, weights);
    }
    boolean fits = labels.rank() == 3 && labels.size(0) == batch && labels.size(2) == time;
    if (fits && labels.size(1) == 1) {
      return new StepLabels(classes, classes(labels, weights, classes), null, weights);
    }
    if (fits && labels.size(1) == classes) {
      INDArray ordered = TimeMajor.of(labels.castTo(DataType.FLOAT));
      float[] shares = new float[Math.toIntExact(ordered.length())];
      NativeMemory.read(ordered, shares, shares.length);
      return new StepLabels(classes, null, shares, weights);
    }
    throw new IllegalArgumentException(
        String.format(
            "labels must be [%d, 1, %d] with numbers of classes or [%d, %d, %d], got %s",
            batch, time, batch, classes, time, Arrays.toString(labels.shape())));
  }

  private static int[] classes(INDArray labels, float[] weights, int classes) {
    long batch = labels.size(0);
    long time = labels.size(2);
    float[] values = Masks.timeMajor(labels.reshape(batch, time), batch, time);
    int[] read = new int[values.length];
    for (int row = 0; row < read.length; row++) {
      if (weights != null && weights[row] == 0) {
        continue;
      }
      read[row] = (int) values[row];
      if (!(values[row] >= 0 && values[row] < classes && read[row] == values[row])) {
        throw new IllegalArgumentException(
            "label "
                + values[row]
                + " at step "
                + row / batch
                + " of example "
                + row % batch
                + " of the batch: classes are whole numbers from 0 to "
                + (classes - 1));
      }
    }
    return read;
  }

  /** The factor of a row's loss; a row of weight 0 is padding. */
  float weight(int row) {
    return weights == null ? 1 : weights[row];
  }

  /** Whether {@link #classOf} answers, rather than {@link #share}. */
  boolean sparse() {
    return classOf != null;
  }

  /** The class of a row. */
  int classOf(int row) {
    return classOf[row];
  }

  /** The share of a class in a row. */
  float share(int row, int label) {
    return sparse() ? (classOf[row] == label ? 1 : 0) : shares[row * classes + label];
  }
}
