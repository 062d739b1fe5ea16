package dev.unroll.dna;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What the bases that mattered most have in common, over several strands: of each strand the
 * stretch that mattered most, one below the other.
 *
 * @param label what the strands were taken for
 * @param strands how many there are
 * @param counts {@code [width][4]}: how often each nucleotide stands at each place; what may be
 *     several counts in parts
 */
public record Motif(String label, int strands, double[][] counts) {
  /**
   * The motif of some strands.
   *
   * @param of strands that were taken for one label; those shorter than {@code width} do not count
   * @param width bases of the motif
   * @param importance for each base of a strand, how much it mattered
   */
  static Motif of(
      String label, List<Importance> of, int width, Function<Importance, double[]> importance) {
    double[][] counts = new double[width][Nucleotides.COUNT];
    int strands = 0;
    for (Importance one : of) {
      int start = start(importance.apply(one), width);
      if (start < 0) {
        continue;
      }
      strands++;
      for (int i = 0; i < width; i++) {
        float[] there = Nucleotides.probabilities(one.bases().codes()[start + i]);
        for (int n = 0; n < Nucleotides.COUNT; n++) {
          counts[i][n] += there[n];
        }
      }
    }
    return new Motif(label, strands, counts);
  }

  /** Where the stretch of so many bases begins that mattered most; -1 if there are not as many. */
  static int start(double[] importance, int width) {
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i < importance.length; i++) {
      sum += importance[i] - (i >= width ? importance[i - width] : 0);
      if (i >= width - 1 && sum > most) {
        most = sum;
        best = i - width + 1;
      }
    }
    return best;
  }

  /** The commonest nucleotide at each place. */
  public String consensus() {
    StringBuilder consensus = new StringBuilder();
    for (double[] place : counts) {
      int best = 0;
      for (int n = 1; n < place.length; n++) {
        best = place[n] > place[best] ? n : best;
      }
      consensus.append(Nucleotides.LETTERS.charAt(best));
    }
    return consensus.toString();
  }

  /**
   * The height of each letter of its logo in bits: its share at a place times what is known there,
   * 2 bits less the entropy (T. Schneider, R. Stephens, <i>Nucleic Acids Research</i> 18, 1990).
   */
  public List<List<Double>> bits() {
    List<List<Double>> bits = new ArrayList<>();
    for (double[] place : counts) {
      double information = 2;
      for (double count : place) {
        double share = strands == 0 ? 0.25 : count / strands;
        information += share == 0 ? 0 : share * Math.log(share) / Math.log(2);
      }
      List<Double> heights = new ArrayList<>();
      for (double count : place) {
        heights.add(strands == 0 ? 0 : count / strands * Math.max(0, information));
      }
      bits.add(heights);
    }
    return bits;
  }
}
