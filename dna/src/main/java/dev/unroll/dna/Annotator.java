package dev.unroll.dna;

import dev.unroll.layers.crf.CrfLattice;
import dev.unroll.layers.crf.CrfTransitions;
import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.training.Lattices;
import dev.unroll.training.TrainedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the regions of sequences of any length in memory that does not grow with them. The bases of
 * a window are answered together; {@code context} bases on either side are read besides, since what
 * stands at an end is read without what lies beyond:
 *
 * <pre>
 *   |ctx|     window     |ctx|
 *                    |ctx|     window     |ctx|
 * </pre>
 *
 * <p>The windows only give the scores of the bases; the path of labels through them, {@link
 * dev.unroll.layers.crf.OnlineViterbi}, knows of no windows, so no region is cut at their seams.
 */
final class Annotator {
  /** Bases that one pass through the network reads. */
  private static final int AT_ONCE = 16_384;

  private final StrandEncoder encoder;
  private final RegionLabels labels;
  private final int window;
  private final int context;

  /**
   * An annotator.
   *
   * @param window bases that are answered together, at least 1
   */
  Annotator(StrandEncoder encoder, int window) {
    this.encoder = encoder;
    this.labels = encoder.regions().orElseThrow();
    this.window = window;
    this.context = encoder.config().context();
  }

  /** Windows that one pass through the network reads. */
  private int each() {
    return Math.max(1, AT_ONCE / (window + 2 * context));
  }

  /** What makes regions of a sequence, one for each strand that is read. */
  private List<RegionBuilder> builders(
      String id, Consumer<Region> regions, List<RegionBuilder.LabelListener> listeners) {
    List<RegionBuilder> builders = new ArrayList<>();
    boolean[] directions = labels.directions();
    for (int d = 0; d < directions.length; d++) {
      RegionBuilder.LabelListener listener =
          listeners.isEmpty() ? (label, marginals) -> {} : listeners.get(d);
      builders.add(new RegionBuilder(id, labels, directions[d], regions, listener));
    }
    return builders;
  }

  /**
   * Finds the regions of a sequence. They come in the order of their ends, as far as those of one
   * strand go.
   *
   * @param listeners are told the label of each base, one for each strand that is read; may be none
   * @return the number of bases
   */
  long annotate(
      TrainedNetwork networks,
      String id,
      BaseSource bases,
      Consumer<Region> regions,
      List<RegionBuilder.LabelListener> listeners) {
    List<RegionBuilder> builders = builders(id, regions, listeners);
    int together = each() * Runtime.getRuntime().availableProcessors();
    byte[] held = new byte[Math.addExact(Math.multiplyExact(together, window), 2 * context)];
    int before = 0; // bases at the start of what is held that are answered already
    long answered = 0;
    int length = bases.read(held, 0, held.length);
    boolean more = length == held.length;
    while (length > before) {
      int to = more ? before + (length - context - before) / window * window : length;
      Bases read = new Bases(Arrays.copyOf(held, length));
      for (List<Block> core : blocks(networks, read, before, to, more || answered > 0)) {
        for (int d = 0; d < builders.size(); d++) {
          builders.get(d).add(core.get(d));
        }
      }
      answered += to - before;
      int keep = Math.max(0, to - context);
      System.arraycopy(held, keep, held, 0, length - keep);
      before = to - keep;
      length -= keep;
      if (more) {
        int added = bases.read(held, length, held.length - length);
        more = length + added == held.length;
        length += added;
      }
    }
    builders.forEach(RegionBuilder::finish);
    return answered;
  }

  /**
   * What the network says of the bases from {@code from} to {@code to}: for each window of them, a
   * block for every strand.
   */
  private List<List<Block>> blocks(
      TrainedNetwork networks, Bases bases, int from, int to, boolean isPart) {
    List<int[]> cores = new ArrayList<>();
    int step = !isPart && bases.length() <= window + 2 * context ? to - from : window;
    for (int start = from; start < to; start += step) {
      cores.add(new int[] {start, Math.min(to, start + step)});
    }
    int each = each();
    int passes = (cores.size() + each - 1) / each;
    List<List<Block>> blocks = new ArrayList<>(Collections.nCopies(cores.size(), List.of()));
    networks.forEach(
        passes,
        (network, pass) -> {
          int first = pass * each;
          int last = Math.min(cores.size(), first + each);
          List<List<Block>> answers = read(network, bases, cores.subList(first, last));
          for (int i = first; i < last; i++) {
            blocks.set(i, answers.get(i - first));
          }
        });
    return blocks;
  }

  /** A block for every strand of each core: in one pass, or two if both strands are read. */
  private List<List<Block>> read(ForwardNetwork network, Bases bases, List<int[]> cores) {
    boolean average = !labels.stranded() && encoder.config().strands() == DnaConfig.Strands.AVERAGE;
    List<Block> given = read(network, bases, cores, false);
    List<List<Block>> blocks = new ArrayList<>();
    if (!labels.stranded() && !average) {
      given.forEach(block -> blocks.add(List.of(block)));
      return blocks;
    }
    List<Block> other = read(network, bases, cores, true);
    CrfTransitions neutral = CrfTransitions.neutral(labels.constraints());
    for (int i = 0; i < cores.size(); i++) {
      blocks.add(
          average
              ? List.of(given.get(i).averaged(other.get(i), neutral))
              : List.of(given.get(i), other.get(i)));
    }
    return blocks;
  }

  private List<Block> read(
      ForwardNetwork network, Bases bases, List<int[]> cores, boolean reverse) {
    List<StrandWindow> windows = new ArrayList<>();
    for (int[] core : cores) {
      int from = Math.max(0, core[0] - context);
      int to = Math.min(bases.length(), core[1] + context);
      windows.add(new StrandWindow(bases, null, StrandWindow.UNLABELLED, from, to, reverse));
    }
    List<CrfLattice> lattices =
        Lattices.of(
            network,
            encoder.steps(windows),
            windows.stream().mapToInt(StrandWindow::length).toArray(),
            labels.constraints());
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < cores.size(); i++) {
      int[] core = cores.get(i);
      int from = core[0] - windows.get(i).from();
      blocks.add(Block.of(lattices.get(i), from, core[1] - core[0], reverse));
    }
    return blocks;
  }
}
