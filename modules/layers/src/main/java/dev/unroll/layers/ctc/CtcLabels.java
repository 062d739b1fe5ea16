package dev.unroll.layers.ctc;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The labels of a batch as {@link Ctc} reads them. */
public final class CtcLabels {
  private CtcLabels() {}

  /**
   * How many steps a sequence needs at least to spell its labels: one a label, and one for a blank
   * between any two that are the same.
   */
  public static int leastSteps(int[] labels) {
    int steps = labels.length;
    for (int i = 1; i < labels.length; i++) {
      steps += labels[i] == labels[i - 1] ? 1 : 0;
    }
    return steps;
  }

  /**
   * How probable labels are, all their alignments together.
   *
   * @param logs natural logarithms of probabilities, {@code [steps][classes]}
   * @return the natural logarithm
   * @throws IllegalArgumentException if there are fewer steps than {@link #leastSteps}
   */
  public static double logProbability(float[][] logs, int[] labels) {
    requireRoom(labels, logs.length, 0);
    double[][] doubles = new double[logs.length][];
    for (int t = 0; t < logs.length; t++) {
      doubles[t] = new double[logs[t].length];
      for (int k = 0; k < doubles[t].length; k++) {
        doubles[t][k] = logs[t][k];
      }
    }
    return -new ReferenceCtc(doubles, labels).loss();
  }

  /**
   * Labels as an array {@code [batch, 1, longest]}, filled up with {@link Ctc#BLANK}.
   *
   * @param labels numbers from 1 of each sequence
   */
  public static INDArray array(int[]... labels) {
    int longest = Math.max(1, Arrays.stream(labels).mapToInt(of -> of.length).max().orElse(1));
    float[] values = new float[labels.length * longest];
    for (int b = 0; b < labels.length; b++) {
      for (int i = 0; i < labels[b].length; i++) {
        values[b * longest + i] = labels[b][i];
      }
    }
    return Nd4j.create(values, new long[] {labels.length, 1, longest}, 'c');
  }

  /**
   * Reads what {@link #array} made.
   *
   * @return the labels of each sequence
   * @throws IllegalArgumentException if they are of another shape or no labels
   */
  static int[][] read(INDArray labels, long batch, int classes) {
    if (labels.rank() != 3 || labels.size(0) != batch || labels.size(1) != 1) {
      throw new IllegalArgumentException(
          "labels must be [%d, 1, longest] with numbers of classes, got %s"
              .formatted(batch, Arrays.toString(labels.shape())));
    }
    int longest = Math.toIntExact(labels.size(2));
    float[] values = labels.castTo(DataType.FLOAT).dup('c').data().asFloat();
    int[][] read = new int[Math.toIntExact(batch)][];
    for (int b = 0; b < read.length; b++) {
      int[] all = new int[longest];
      int count = 0;
      for (int i = 0; i < longest; i++) {
        float value = values[b * longest + i];
        boolean behind = value == Ctc.BLANK && count <= i;
        boolean label = value >= 1 && value < classes && value == (int) value && count == i;
        if (!behind && !label) {
          throw new IllegalArgumentException(
              "label %s at place %d of example %d of the batch: labels are whole numbers from 1 to %d, and %d behind the last"
                  .formatted(value, i, b, classes - 1, Ctc.BLANK));
        }
        if (label) {
          all[count++] = (int) value;
        }
      }
      read[b] = Arrays.copyOf(all, count);
    }
    return read;
  }

  /** Refuses labels that do not fit into the steps of a sequence. */
  static void requireRoom(int[] labels, int steps, int example) {
    int least = leastSteps(labels);
    if (steps < least) {
      throw new IllegalArgumentException(
          "example %d of the batch has %d labels, which need %d steps, and %d steps"
              .formatted(example, labels.length, least, steps));
    }
  }
}
