package dev.unroll.dna;

import dev.unroll.layers.crf.CrfLattice;
import dev.unroll.layers.crf.CrfTransitions;

/**
 * What a network says of some bases in a row, read with others on either side; in the order in
 * which they are written, whichever strand was read.
 *
 * @param emissions {@code [bases][labels]}, the scores of labels by themselves
 * @param marginals {@code [bases][labels]}, how probable each label is
 * @param transitions of the labels after each other
 */
record Block(double[][] emissions, double[][] marginals, CrfTransitions transitions) {
  /**
   * Some of what was read.
   *
   * @param from the first of the bases that count, as they are written
   * @param reverse whether the other strand was read
   */
  static Block of(CrfLattice lattice, int from, int count, boolean reverse) {
    double[][] emissions = new double[count][];
    double[][] marginals = new double[count][];
    for (int i = 0; i < count; i++) {
      int step = reverse ? lattice.steps() - 1 - from - i : from + i;
      emissions[i] = lattice.emissions(step);
      marginals[i] = lattice.marginals(step);
    }
    return new Block(emissions, marginals, lattice.transitions());
  }

  /** What both strands say together: the mean of how probable they take each label for. */
  Block averaged(Block other, CrfTransitions neutral) {
    double[][] means = new double[marginals.length][];
    double[][] logs = new double[marginals.length][];
    for (int i = 0; i < means.length; i++) {
      int labels = marginals[i].length;
      means[i] = new double[labels];
      logs[i] = new double[labels];
      for (int j = 0; j < labels; j++) {
        means[i][j] = (marginals[i][j] + other.marginals[i][j]) / 2;
        logs[i][j] = Math.log(Math.max(means[i][j], Double.MIN_NORMAL));
      }
    }
    return new Block(logs, means, neutral);
  }
}
