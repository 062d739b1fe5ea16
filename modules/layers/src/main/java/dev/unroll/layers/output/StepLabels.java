package dev.unroll.layers.output;

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
public final class StepLabels {
  /** No labels and no mask, for any number of rows. */
  public static final StepLabels NONE = new StepLabels(0, 1, null, null, null);

  private final int classes;
  private final long batch;
  private final int[] classOf;
  private final float[] shares;
  private final float[] weights;

  private StepLabels(int classes, long batch, int[] classOf, float[] shares, float[] weights) {
    this.classes = classes;
    this.batch = batch;
    this.classOf = classOf;
    this.shares = shares;
    this.weights = weights;
  }

  /**
   * Reads labels; those of masked steps are not looked at.
   *
   * @param labels numbers of classes {@code [batch, 1, time]} or {@code [batch, time]}, shares
   *     {@code [batch, classes, time]}, or null where probabilities are all that is wanted
   * @param mask {@code [batch, time]}, a factor for the loss of every step, or null
   */
  public static StepLabels read(
      INDArray labels, INDArray mask, long batch, int classes, long time) {
    float[] weights = Masks.timeMajor(mask, batch, time);
    if (labels == null) {
      return new StepLabels(classes, batch, null, null, weights);
    }
    int rank = labels.rank();
    boolean fits =
        (rank == 2 || rank == 3) && labels.size(0) == batch && labels.size(rank - 1) == time;
    if (fits && (rank == 2 || labels.size(1) == 1)) {
      return new StepLabels(classes, batch, classes(labels, weights, classes), null, weights);
    }
    if (fits && labels.size(1) == classes) {
      INDArray ordered = TimeMajor.of(labels.castTo(DataType.FLOAT));
      float[] shares = new float[Math.toIntExact(ordered.length())];
      NativeMemory.read(ordered, shares, shares.length);
      return new StepLabels(classes, batch, null, shares, weights);
    }
    throw new IllegalArgumentException(
        "labels must be [%d, 1, %d] with numbers of classes or [%d, %d, %d], got %s"
            .formatted(batch, time, batch, classes, time, Arrays.toString(labels.shape())));
  }

  private static int[] classes(INDArray labels, float[] weights, int classes) {
    long batch = labels.size(0);
    long time = labels.size(labels.rank() - 1);
    float[] values = Masks.timeMajor(labels.reshape(batch, time), batch, time);
    int[] read = new int[values.length];
    for (int row = 0; row < read.length; row++) {
      if (weights != null && weights[row] == 0) {
        continue;
      }
      read[row] = (int) values[row];
      if (!(values[row] >= 0 && values[row] < classes && read[row] == values[row])) {
        throw new IllegalArgumentException(
            "label %s at step %d of example %d of the batch: classes are whole numbers from 0 to %d"
                .formatted(values[row], row / batch, row % batch, classes - 1));
      }
    }
    return read;
  }

  /**
   * The class of every row, 0 where it is masked; shares must be 1 for one class and 0 for others.
   */
  public int[] classes() {
    if (sparse()) {
      return classOf;
    }
    int[] read = new int[shares.length / classes];
    for (int row = 0; row < read.length; row++) {
      if (weight(row) != 0) {
        read[row] = oneHot(row);
      }
    }
    return read;
  }

  private int oneHot(int row) {
    int found = -1;
    for (int label = 0; label < classes; label++) {
      float share = shares[row * classes + label];
      if (share == 1 && found < 0) {
        found = label;
      } else if (share != 0) {
        found = classes;
      }
    }
    if (found < 0 || found >= classes) {
      throw new IllegalArgumentException(
          "step %d of example %d of the batch: a label must be 1 for one class and 0 for others"
              .formatted(row / batch, row % batch));
    }
    return found;
  }

  /** Other classes for the same rows, with the same factors. */
  StepLabels relabelled(int classCount, int[] classOfRow) {
    return new StepLabels(classCount, batch, classOfRow, null, weights);
  }

  /** The factor of a row's loss; a row of weight 0 is padding. */
  public float weight(int row) {
    return weights == null ? 1 : weights[row];
  }

  /** Whether {@link #classOf} answers, rather than {@link #share}. */
  public boolean sparse() {
    return classOf != null;
  }

  /** The class of a row. */
  public int classOf(int row) {
    return classOf[row];
  }

  /** The share of a class in a row. */
  public float share(int row, int label) {
    return sparse() ? (classOf[row] == label ? 1 : 0) : shares[row * classes + label];
  }
}
