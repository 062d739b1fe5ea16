package dev.unroll.dna;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import dev.unroll.training.ForwardEncoder;
import dev.unroll.training.SequenceBatch;
import dev.unroll.training.Variation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Turns strands into arrays: how probable each nucleotide, or each k-mer, is at each base, {@code
 * [batch, features, time]}; a mask {@code [batch, time]}; and what is known: the label of the
 * strand one-hot, {@code [batch, labels]}, or the number of that of each base, {@code [batch, 1,
 * time]}.
 *
 * <pre>
 *   ACRN   A  1  0  ½  ¼      its other strand, NYGT:   ¼  0  0  0     mask  1 1 1 1
 *          C  0  1  0  ¼                                ¼  ½  0  0
 *          G  0  0  ½  ¼                                ¼  0  1  0
 *          T  0  0  0  ¼                                ¼  ½  0  1
 * </pre>
 *
 * A letter that may be several nucleotides is none that is unknown, but all of them in equal parts;
 * and so is what lies beyond the ends of a k-mer. A strand without bases takes a step that its mask
 * hides.
 */
public final class StrandEncoder implements ForwardEncoder<Strand, StrandWindow> {
  private final DnaConfig config;
  private final List<String> labels;
  private final RegionLabels regions;

  private StrandEncoder(DnaConfig config, List<String> labels, RegionLabels regions) {
    this.config = config;
    this.labels = labels;
    this.regions = regions;
  }

  /** For whole strands of these labels. */
  static StrandEncoder ofLabels(List<String> labels, DnaConfig config) {
    return new StrandEncoder(config, List.copyOf(labels), null);
  }

  /** For the regions of strands. */
  static StrandEncoder ofRegions(RegionLabels regions, DnaConfig config) {
    return new StrandEncoder(config, null, regions);
  }

  /**
   * An encoder that knows the labels of {@code train}: of regions, if its strands have any, or of
   * whole strands.
   *
   * @throws UserError if there are fewer than two labels, or no regions to learn
   */
  public static StrandEncoder fit(Corpus<Strand> train, DnaConfig config) {
    if (train.examples().stream().allMatch(Strand::hasRegions)) {
      boolean turned = config.strands() != DnaConfig.Strands.GIVEN;
      RegionLabels regions = RegionLabeller.fit(train, config.codons(), turned);
      // A softmax knows no neighbours, and would hardly ever enter a region by its one first base.
      boolean joint = config.output() != DnaConfig.Output.SOFTMAX;
      return ofRegions(joint ? regions : regions.withoutEnds(), config);
    }
    return ofLabels(List.copyOf(Strand.labels(train)), config);
  }

  /** Whether it is for regions, and not for whole strands. */
  public boolean isOfRegions() {
    return regions != null;
  }

  /** Whole, as it is written, with its label if it has one. */
  @Override
  public StrandWindow prepare(Strand strand) {
    int label =
        isOfRegions() || strand.label() == null ? StrandWindow.UNLABELLED : label(strand.label());
    return new StrandWindow(strand.bases(), null, label, 0, strand.bases().length(), false);
  }

  /** Strands in stretches to learn from, of either strand if each has regions of its own. */
  List<StrandWindow> windows(Corpus<Strand> train) {
    if (!isOfRegions()) {
      return prepareAll(train.examples());
    }
    RegionLabeller labeller = new RegionLabeller(regions);
    List<StrandWindow> windows = new ArrayList<>();
    for (Strand strand : train.examples()) {
      for (boolean reverse : regions.directions()) {
        byte[] all = labeller.of(strand, reverse, train.source());
        int length = strand.bases().length();
        for (int from = 0; from < length; from += config.window()) {
          int to = Math.min(length, from + config.window());
          windows.add(
              new StrandWindow(
                  strand.bases(),
                  all,
                  StrandWindow.UNLABELLED,
                  Math.max(0, to - config.window()),
                  to,
                  reverse));
        }
      }
    }
    return windows;
  }

  /**
   * What is changed while training: long strands are cut elsewhere in every epoch, strands are
   * turned round, bases mutate.
   */
  Variation<StrandWindow> variation() {
    boolean turns =
        config.strands() != DnaConfig.Strands.GIVEN && !(isOfRegions() && regions.stranded());
    return (window, random) -> {
      int half = window.length() / 2;
      StrandWindow varied =
          window.length() < window.bases().length()
              ? window.movedTo(window.from() + random.nextInt(-half, half + 1))
              : window;
      varied = turns && random.nextBoolean() ? varied.reversed() : varied;
      return config.mutation() > 0 ? mutated(varied, random) : varied;
    };
  }

  private StrandWindow mutated(StrandWindow window, SplittableRandom random) {
    byte[] codes = window.bases().part(window.from(), window.to()).codes();
    for (int i = 0; i < codes.length; i++) {
      if (random.nextDouble() < config.mutation()) {
        codes[i] = (byte) (1 << random.nextInt(Nucleotides.COUNT));
      }
    }
    return window.of(new Bases(codes));
  }

  /** In steps of the recurrent layers. */
  @Override
  public int length(StrandWindow window) {
    return Math.max(1, (window.length() + config.stride() - 1) / config.stride());
  }

  @Override
  public MultiDataSet encode(List<StrandWindow> windows) {
    List<SequenceBatch> inputs = inputs(windows);
    INDArray known =
        isOfRegions()
            ? SequenceBatch.ids(windows, StrandWindow::length, StrandEncoder::label).array()
            : SequenceBatch.oneHot(windows, labels.size(), StrandWindow::label);
    return new MultiDataSet(
        SequenceBatch.arrays(inputs),
        new INDArray[] {known},
        SequenceBatch.masks(inputs),
        new INDArray[] {null});
  }

  @Override
  public List<SequenceBatch> inputs(List<StrandWindow> windows) {
    return List.of(
        SequenceBatch.vectors(config.features(), windows.stream().map(this::features).toList()));
  }

  private static float label(StrandWindow window, int step) {
    return window.labels() == null ? 0 : window.label(step);
  }

  /** {@code [bases][features]}: what the network reads of each base. */
  private float[][] features(StrandWindow window) {
    float[][] bases = new float[window.length()][config.features()];
    for (int t = 0; t < bases.length; t++) {
      putKmer(window, t - (config.kmer() - 1) / 2, bases[t]);
      if (config.softMask() && Nucleotides.isMasked(window.code(t))) {
        bases[t][config.features() - 1] = 1;
      }
    }
    return bases;
  }

  /** How probable each k-mer is that begins at {@code first}: the product over its bases. */
  private void putKmer(StrandWindow window, int first, float[] values) {
    int kmers = 1;
    values[0] = 1;
    for (int k = config.kmer() - 1; k >= 0; k--) {
      float[] probabilities = Nucleotides.probabilities(window.code(first + k));
      for (int n = Nucleotides.COUNT - 1; n >= 0; n--) {
        for (int i = 0; i < kmers; i++) {
          values[n * kmers + i] = values[i] * probabilities[n];
        }
      }
      kmers *= Nucleotides.COUNT;
    }
  }

  /**
   * The number of the label of a whole strand.
   *
   * @throws UserError if it has none, or one that the training data did not have
   */
  int labelOf(Strand strand) {
    if (strand.label() == null) {
      throw UserError.data("strand " + strand.id(), "no label to judge by; add it");
    }
    return label(strand.label());
  }

  /**
   * The number of a label of whole strands.
   *
   * @throws UserError if the training data did not have it
   */
  int label(String label) {
    int index = labels.indexOf(label);
    if (index < 0) {
      throw UserError.data(
          "label '" + label + "'", "not among those of the training data, " + labels);
    }
    return index;
  }

  /** The labels of whole strands, in the order of the network's outputs; null for regions. */
  public List<String> labels() {
    return labels;
  }

  /** The labels of regions; empty for whole strands. */
  public Optional<RegionLabels> regions() {
    return Optional.ofNullable(regions);
  }

  DnaConfig config() {
    return config;
  }

  /** How many labels the network tells apart. */
  int outputs() {
    return isOfRegions() ? regions.size() : labels.size();
  }
}
