package dev.unroll.training;

import dev.unroll.layers.crf.CrfConstraints;
import dev.unroll.layers.crf.CrfForward;
import dev.unroll.layers.crf.CrfLattice;
import dev.unroll.layers.crf.CrfTransitions;
import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.layers.forward.Steps;
import java.util.ArrayList;
import java.util.List;

/** What a network that labels the steps of sequences makes of them. */
public final class Lattices {
  /** What a probability of a softmax counts for at least, so that its logarithm is finite. */
  public static final double LEAST_PROBABILITY = 1e-30;

  private Lattices() {}

  /**
   * A lattice of label sequences for each example of a batch: that of the network's conditional
   * random field; or, if it ends in a softmax, one in which the steps are independent but for the
   * constraints.
   *
   * @param lengths steps of each example; the others are padding
   * @param constraints of the labels, for a softmax
   */
  public static List<CrfLattice> of(
      ForwardNetwork network, List<Steps> batch, int[] lengths, CrfConstraints constraints) {
    Steps output = network.read(batch);
    return network.last() instanceof CrfForward crf
        ? crf.lattices(output)
        : independent(output, lengths, constraints);
  }

  private static List<CrfLattice> independent(
      Steps probabilities, int[] lengths, CrfConstraints constraints) {
    float[] values = probabilities.toArray();
    int labels = probabilities.width();
    CrfTransitions transitions = CrfTransitions.neutral(constraints);
    List<CrfLattice> lattices = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      double[][] steps = new double[lengths[b]][labels];
      for (int t = 0; t < steps.length; t++) {
        for (int label = 0; label < labels; label++) {
          float probability = values[(t * probabilities.batch() + b) * labels + label];
          steps[t][label] = Math.log(Math.max(probability, LEAST_PROBABILITY));
        }
      }
      lattices.add(new CrfLattice(transitions, steps));
    }
    return lattices;
  }

  /**
   * The scores of one label after another: those of the network's conditional random field; or, if
   * it ends in a softmax, 0 for what the constraints allow.
   */
  public static CrfTransitions transitions(ForwardNetwork network, CrfConstraints constraints) {
    return network.last() instanceof CrfForward crf
        ? crf.transitions()
        : CrfTransitions.neutral(constraints);
  }
}
