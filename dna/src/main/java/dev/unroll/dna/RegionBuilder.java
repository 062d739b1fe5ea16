package dev.unroll.dna;

import dev.unroll.layers.crf.CrfTransitions;
import dev.unroll.layers.crf.OnlineViterbi;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Makes regions of one strand of what blocks say of its bases, as they come. */
final class RegionBuilder {
  private final String id;
  private final RegionLabels labels;
  private final boolean reverse;
  private final Consumer<Region> regions;
  private final LabelListener listener;

  /** Of bases whose label is not final yet. */
  private final Deque<double[]> waiting = new ArrayDeque<>();

  private OnlineViterbi path;
  private long place;
  private long start;
  private int type = -1;
  private boolean ended = true;
  private double sum;

  /** Is told of every base. */
  @FunctionalInterface
  interface LabelListener {
    /** A base has this label; {@code marginals} says how probable each was. */
    void label(int label, double[] marginals);
  }

  RegionBuilder(
      String id,
      RegionLabels labels,
      boolean reverse,
      Consumer<Region> regions,
      LabelListener listener) {
    this.id = id;
    this.labels = labels;
    this.reverse = reverse;
    this.regions = regions;
    this.listener = listener;
  }

  /** Goes on by a block. The other strand is read from its end, so its last steps come first. */
  void add(Block block) {
    for (int i = 0; i < block.emissions().length; i++) {
      step(block.emissions()[i], block.marginals()[i], block.transitions());
    }
  }

  private void step(double[] emission, double[] marginals, CrfTransitions transitions) {
    if (path == null) {
      path = new OnlineViterbi(transitions, reverse, this::label);
    }
    waiting.add(marginals);
    path.step(emission);
  }

  private void label(int label) {
    double[] marginals = waiting.remove();
    listener.label(label, marginals);
    int now = labels.type(label);
    // On the other strand the first base of a region is the last to come.
    boolean begins = reverse ? ended : labels.isFirst(label);
    if (now != type || begins) {
      close();
      type = now;
      start = place;
    }
    ended = labels.isFirst(label);
    for (int j = 0; now >= 0 && j < marginals.length; j++) {
      sum += labels.type(j) == now ? marginals[j] : 0;
    }
    place++;
  }

  private void close() {
    if (type >= 0 && place > start) {
      Direction direction =
          !labels.stranded() ? Direction.EITHER : reverse ? Direction.MINUS : Direction.PLUS;
      double probability = Math.min(1, sum / (place - start));
      regions.accept(
          new Region(id, start, place, direction, labels.types().get(type), 0, probability));
    }
    sum = 0;
  }

  /** Ends the sequence. */
  void finish() {
    if (path != null) {
      path.finish();
    }
    close();
  }
}
