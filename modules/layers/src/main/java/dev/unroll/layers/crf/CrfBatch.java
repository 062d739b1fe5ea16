package dev.unroll.layers.crf;

import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.memory.TimeMajor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A batch of sequences as {@link CrfLattice lattices}. A position is {@code step * batch + example}
 * as in {@link TimeMajor}; which positions a sequence has, its mask says.
 */
final class CrfBatch {
  /** Sequences that are computed together. The sums of parts are added in their order. */
  private static final int PART = 4;

  private final CrfTransitions transitions;
  private final int[][] positions;
  private final List<CrfLattice> lattices = new ArrayList<>();

  /**
   * Cuts scores into sequences.
   *
   * @param scores element {@code position * labels + label}
   * @param mask element {@code position}, or null
   */
  CrfBatch(CrfTransitions transitions, double[] scores, float[] mask, int batch, int time) {
    this.transitions = transitions;
    this.positions = new int[batch][];
    int labels = transitions.labels();
    for (int b = 0; b < batch; b++) {
      int example = b;
      positions[b] =
          IntStream.range(0, time)
              .map(t -> t * batch + example)
              .filter(position -> mask == null || mask[position] != 0)
              .toArray();
      double[][] emissions = new double[positions[b].length][];
      for (int t = 0; t < emissions.length; t++) {
        int from = positions[b][t] * labels;
        emissions[t] = Arrays.copyOfRange(scores, from, from + labels);
      }
      lattices.add(new CrfLattice(transitions, emissions));
    }
  }

  /** One lattice a sequence. */
  List<CrfLattice> lattices() {
    return lattices;
  }

  /** The marginal probabilities, laid out as the scores; 0 at masked positions. */
  float[] marginals(int length) {
    float[] marginals = new float[length];
    int labels = transitions.labels();
    forEachPart(
        (part, from, to) -> {
          for (int b = from; b < to; b++) {
            for (int t = 0; t < positions[b].length; t++) {
              double[] step = lattices.get(b).marginals(t);
              for (int j = 0; j < labels; j++) {
                marginals[positions[b][t] * labels + j] = (float) step[j];
              }
            }
          }
        });
    return marginals;
  }

  /**
   * The negative log-likelihood of each sequence, in nats.
   *
   * @param labels element {@code position}
   */
  double[] losses(int[] labels) {
    double[] losses = new double[positions.length];
    forEachPart(
        (part, from, to) -> {
          for (int b = from; b < to; b++) {
            int[] path = path(labels, b);
            losses[b] = lattices.get(b).logPartition() - lattices.get(b).score(path);
          }
        });
    return losses;
  }

  /**
   * The losses and their derivatives.
   *
   * @param scoreGradient laid out as the scores; zero before
   * @param gradient added to
   */
  double[] gradient(int[] labels, double[] scoreGradient, CrfGradient gradient) {
    double[] losses = new double[positions.length];
    CrfGradient[] sums = new CrfGradient[parts()];
    forEachPart(
        (part, from, to) -> {
          sums[part] = new CrfGradient(transitions.labels());
          for (int b = from; b < to; b++) {
            int[] path = path(labels, b);
            double[][] steps = new double[path.length][];
            losses[b] = lattices.get(b).gradient(path, steps, sums[part]);
            for (int t = 0; t < steps.length; t++) {
              int position = positions[b][t];
              System.arraycopy(
                  steps[t], 0, scoreGradient, position * transitions.labels(), steps[t].length);
            }
          }
        });
    for (CrfGradient sum : sums) {
      gradient.add(sum);
    }
    return losses;
  }

  private int[] path(int[] labels, int b) {
    int[] path = Arrays.stream(positions[b]).map(position -> labels[position]).toArray();
    if (lattices.get(b).score(path) == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          "the constraints forbid the labels of example " + b + ": " + Arrays.toString(path));
    }
    return path;
  }

  private int parts() {
    return (positions.length + PART - 1) / PART;
  }

  private interface Part {
    void compute(int part, int from, int to);
  }

  private void forEachPart(Part part) {
    Parallel.forEach(
        parts(),
        index -> part.compute(index, index * PART, Math.min(positions.length, (index + 1) * PART)));
  }
}
