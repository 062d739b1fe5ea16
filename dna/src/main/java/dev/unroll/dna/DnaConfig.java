package dev.unroll.dna;

import static dev.unroll.data.NetworkConfig.atLeast;
import static dev.unroll.data.NetworkConfig.probability;
import static dev.unroll.data.NetworkConfig.share;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.UserError;
import dev.unroll.training.Pooling;
import java.util.Map;

/**
 * All that shapes a model of DNA and its training, checked. {@link Settings} turns it into
 * properties and back; a preset is a small file of overrides.
 *
 * @param network the recurrent layers
 * @param training how it is trained
 * @param kmer how many neighbouring bases are read as one symbol; 1 for nucleotides
 * @param dimensions of the vector of a k-mer; nucleotides go in as they are
 * @param softMask whether it is read too which bases are in lower case
 * @param filters of the convolution in front; 0 for none
 * @param filterWidth bases that a filter sees; as many as {@code stride} at least
 * @param stride how many bases the recurrent layers read as one step
 * @param inputDropout probability with which a value that the first recurrent layer reads is
 *     dropped in training
 * @param mutation probability with which a base is replaced by a random one in training
 * @param pooling what the classifier sees of all steps
 * @param anchor where in a strand the base is that a pooling of the middle looks at, from 0 to 1
 * @param output what decides on the labels of bases
 * @param codons whether regions are made of codons, and which base of its codon each base is is
 *     learnt too
 * @param strands how a model treats the two strands
 * @param window bases of longer strands that are learnt from, and answered, together
 * @param context bases on either side of these that are read besides, where answers are given
 * @param devFraction share of the training data that is split off where there is no dev data; 0 for
 *     none
 */
public record DnaConfig(
    NetworkConfig network,
    TrainingConfig training,
    int kmer,
    int dimensions,
    boolean softMask,
    int filters,
    int filterWidth,
    int stride,
    double inputDropout,
    double mutation,
    Pooling pooling,
    double anchor,
    Output output,
    boolean codons,
    Strands strands,
    int window,
    int context,
    double devFraction) {

  /** What decides on the labels of bases. */
  public enum Output {
    /** A conditional random field, on all bases together. */
    CRF,
    /**
     * The same, on what a softmax says of each base, which teaches the network: for long regions.
     */
    HYBRID,
    /** A softmax, on each base alone. */
    SOFTMAX
  }

  /** How a model treats the two strands; where regions lie on one strand each, it reads both. */
  public enum Strands {
    /** Strands are read as they are given. */
    GIVEN,
    /** As {@link #GIVEN}, but half of what is learnt from is turned into the other strand. */
    AUGMENT,
    /** As {@link #AUGMENT}, and an answer is the mean of those for both strands. */
    AVERAGE
  }

  private static final int LONGEST_KMER = 5;
  private static final int LARGEST = 1 << 20;

  /** Refuses what no model could be built from. */
  public DnaConfig {
    atLeast("kmer", kmer, 1);
    if (kmer > LONGEST_KMER) {
      throw UserError.usage("kmer must be from 1 to " + LONGEST_KMER + ", got " + kmer);
    }
    atLeast("dimensions", dimensions, 1);
    atLeast("filters", filters, 0);
    atLeast("filter-width", filterWidth, 1);
    atLeast("stride", stride, 1);
    if (filters == 0 && stride > 1) {
      throw UserError.usage(
          "stride must be 1 where there are no filters, which make one step of several bases; got "
              + stride);
    }
    probability("input-dropout", inputDropout);
    probability("mutation", mutation);
    if (!(anchor >= 0 && anchor <= 1)) {
      throw UserError.usage("anchor must be from 0 to 1, got " + anchor);
    }
    atLeast("window", window, 1);
    atLeast("context", context, 0);
    if (window > LARGEST || context > LARGEST) {
      throw UserError.usage(
          "window and context must be at most %d, got %d and %d"
              .formatted(LARGEST, window, context));
    }
    share("dev-fraction", devFraction);
  }

  /** For thousands of strands of some ten to some hundred bases. */
  public static DnaConfig defaults() {
    return new DnaConfig(
        new NetworkConfig(NetworkConfig.Cell.LSTM, 1, 64, true, 0.4),
        Settings.with(
            TrainingConfig.defaults(),
            Map.of("epochs", "20", "batch", "32", "learning-rate", "0.003", "patience", "0")),
        1,
        32,
        false,
        64,
        9,
        1,
        0.2,
        0,
        Pooling.MAX_MEAN,
        0.5,
        Output.CRF,
        false,
        Strands.GIVEN,
        1_000,
        100,
        0.1);
  }

  /** The defaults with some settings replaced; keys are those of {@link #toProperties()}. */
  public static DnaConfig with(Map<String, String> overrides) {
    return Settings.with(defaults(), overrides);
  }

  /** All settings by key. */
  public Map<String, String> toProperties() {
    return Settings.toMap(this);
  }

  /** Values that the network reads of a base. */
  int features() {
    return (1 << 2 * kmer) + (softMask ? 1 : 0);
  }
}
