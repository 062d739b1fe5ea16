package dev.unroll.dna;

/**
 * Which bases of a strand made a model take it for what it did.
 *
 * @param id of the strand
 * @param label what the model takes it for
 * @param probability of that label
 * @param bases of the strand
 * @param gradient for each base, the gradient of the logarithm of the label's probability times
 *     what was read of the base: to first order, what the label owes to it
 * @param mutations {@code [bases][4]}: how the logarithm of the probability changes if A, C, G or T
 *     stands at that base (in-silico mutagenesis); 0 for the nucleotide that is there
 */
public record Importance(
    String id,
    String label,
    double probability,
    Bases bases,
    double[] gradient,
    double[][] mutations) {
  /** For each base, what is lost on average if another nucleotide takes its place. */
  public double[] loss() {
    double[] loss = new double[mutations.length];
    for (int i = 0; i < loss.length; i++) {
      int own = Nucleotides.number(bases.codes()[i]);
      int others = own < 0 ? Nucleotides.COUNT : Nucleotides.COUNT - 1;
      for (int n = 0; n < Nucleotides.COUNT; n++) {
        loss[i] -= n == own ? 0 : mutations[i][n] / others;
      }
    }
    return loss;
  }
}
