package dev.unroll.layers.ctc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for the most probable labels, whatever their alignment, and by what a language model knows
 * of them (A. Hannun, A. Maas, D. Jurafsky, A. Ng, <i>First-Pass Large Vocabulary Continuous Speech
 * Recognition using Bi-Directional Recurrent DNNs</i>, 2014, algorithm 1): it follows the {@code
 * width} best prefixes from step to step, and adds up the alignments of each, those that end in a
 * blank apart from those that end in its last label.
 *
 * <pre>
 *   score(labels) = log p(labels | sequence) + weight · log p(labels, end) + bonus · number of labels
 * </pre>
 */
public final class PrefixBeamSearch {
  private static final Comparator<Prefix> BEST_FIRST =
      Comparator.comparingDouble(Prefix::score).reversed().thenComparing(Prefix::spelled);

  private final int width;
  private final double cutoff;
  private final double leastLog;
  private final Optional<LabelModel> model;
  private final double weight;
  private final double bonus;
  private final Optional<LabelRules> rules;

  /**
   * Labels that were found.
   *
   * @param labels without blanks
   * @param logProbability of all their alignments that were followed, in nats
   * @param score by which they were chosen
   */
  public record Hypothesis(int[] labels, double logProbability, double score) {}

  /**
   * A search without a language model.
   *
   * @param width prefixes that are followed, at least 1
   * @param cutoff probability below which a class at a step makes no prefix longer; 0 for none
   */
  public PrefixBeamSearch(int width, double cutoff) {
    this(width, cutoff, Optional.empty(), 0, 0, Optional.empty());
  }

  /**
   * A search with a language model.
   *
   * @param weight of the language model's logarithms, 0 or more
   * @param bonus for each label, which makes up for what the model takes off for each
   */
  public PrefixBeamSearch(int width, double cutoff, LabelModel model, double weight, double bonus) {
    this(width, cutoff, Optional.of(model), weight, bonus, Optional.empty());
  }

  private PrefixBeamSearch(
      int width,
      double cutoff,
      Optional<LabelModel> model,
      double weight,
      double bonus,
      Optional<LabelRules> rules) {
    if (width < 1 || !(cutoff >= 0 && cutoff < 1) || !(weight >= 0)) {
      throw new IllegalArgumentException(
          "width must be from 1, cutoff from 0 to below 1, weight from 0; got %d, %s, %s"
              .formatted(width, cutoff, weight));
    }
    this.width = width;
    this.cutoff = cutoff;
    this.leastLog = Math.log(cutoff);
    this.model = model;
    this.weight = weight;
    this.bonus = bonus;
    this.rules = rules;
  }

  /** The same search for what rules allow. */
  public PrefixBeamSearch within(LabelRules allowed) {
    return new PrefixBeamSearch(width, cutoff, model, weight, bonus, Optional.of(allowed));
  }

  /** Labels, and the alignments of them up to a step. */
  private final class Prefix {
    final Prefix parent;
    final int label;
    final int length;

    /** In the rules, if there are any. */
    final int state;

    /** What the language model adds to the score. */
    final double prior;

    final Map<Integer, Prefix> longer = new HashMap<>();

    /** Logarithms of the probability of the alignments that end in a blank, or in the label. */
    double blank = Double.NEGATIVE_INFINITY;

    double spoken = Double.NEGATIVE_INFINITY;
    double total = Double.NEGATIVE_INFINITY;
    double nextBlank = Double.NEGATIVE_INFINITY;
    double nextSpoken = Double.NEGATIVE_INFINITY;
    boolean touched;

    /** What comes next by the language model; known of those that are followed. */
    float[] next;

    /** Its place in the language model; -1 if it has none. */
    int place = -1;

    Prefix(Prefix parent, int label, int state) {
      this.parent = parent;
      this.label = label;
      this.state = state;
      this.length = parent == null ? 0 : parent.length + 1;
      this.prior = parent == null ? 0 : parent.prior + parent.added(label) + bonus;
    }

    double added(int what) {
      return next == null ? 0 : weight * next[what];
    }

    double score() {
      return total + prior;
    }

    int[] labels() {
      int[] labels = new int[length];
      int at = length;
      for (Prefix prefix = this; prefix.parent != null; prefix = prefix.parent) {
        labels[--at] = prefix.label;
      }
      return labels;
    }

    /** For an order among equals that no hash decides. */
    String spelled() {
      StringBuilder spelled = new StringBuilder();
      for (int of : labels()) {
        spelled.append((char) of);
      }
      return spelled.toString();
    }

    /** Null if the rules do not allow it. */
    Prefix with(int one) {
      return longer.computeIfAbsent(
          one,
          which -> {
            int after = rules.map(of -> of.after(state, which)).orElse(state);
            return after == LabelRules.NONE ? null : new Prefix(this, which, after);
          });
    }

    boolean mayEnd() {
      return rules.isEmpty() || rules.get().mayEnd(state);
    }

    Hypothesis ended(double logProbability) {
      return new Hypothesis(labels(), logProbability, logProbability + prior + added(Ctc.BLANK));
    }

    void touch(List<Prefix> all) {
      if (!touched) {
        touched = true;
        all.add(this);
      }
    }

    void step() {
      blank = nextBlank;
      spoken = nextSpoken;
      total = sum(blank, spoken);
      nextBlank = Double.NEGATIVE_INFINITY;
      nextSpoken = Double.NEGATIVE_INFINITY;
      touched = false;
    }
  }

  /**
   * The best labels that were found, the best first. If none of those that are followed to the last
   * step may end there, the best of them is cut back to where it may.
   *
   * @param logs natural logarithms of probabilities, {@code [steps][classes]}
   * @param count most of them, at least 1
   */
  public List<Hypothesis> search(float[][] logs, int count) {
    Prefix empty = new Prefix(null, Ctc.BLANK, rules.map(LabelRules::start).orElse(0));
    empty.nextBlank = 0;
    empty.step();
    if (model.isPresent()) {
      empty.next = model.get().begin();
      empty.place = 0;
    }
    List<Prefix> beam = List.of(empty);
    for (float[] step : logs) {
      beam = follow(extended(beam, step), beam);
    }
    List<Hypothesis> found =
        beam.stream()
            .filter(Prefix::mayEnd)
            .map(prefix -> prefix.ended(prefix.total))
            .sorted(Comparator.comparingDouble(Hypothesis::score).reversed())
            .limit(count)
            .toList();
    return found.isEmpty() ? List.of(whole(beam.get(0), logs)) : found;
  }

  /** As much of what was heard as may be the end. */
  private static Hypothesis whole(Prefix heard, float[][] logs) {
    Prefix prefix = heard;
    while (prefix.parent != null && !prefix.mayEnd()) {
      prefix = prefix.parent;
    }
    return prefix.ended(CtcLabels.logProbability(logs, prefix.labels()));
  }

  /** The best prefixes after one more step. */
  private List<Prefix> extended(List<Prefix> beam, float[] step) {
    List<Prefix> all = new ArrayList<>();
    for (Prefix prefix : beam) {
      prefix.touch(all);
      prefix.nextBlank = sum(prefix.nextBlank, prefix.total + step[Ctc.BLANK]);
      if (prefix.length > 0) {
        prefix.nextSpoken = sum(prefix.nextSpoken, prefix.spoken + step[prefix.label]);
      }
      for (int label = Ctc.BLANK + 1; label < step.length; label++) {
        double before = label == prefix.label ? prefix.blank : prefix.total;
        if (step[label] >= leastLog && before != Double.NEGATIVE_INFINITY) {
          Prefix longer = prefix.with(label);
          if (longer != null) {
            longer.touch(all);
            longer.nextSpoken = sum(longer.nextSpoken, before + step[label]);
          }
        }
      }
    }
    all.forEach(Prefix::step);
    all.sort(BEST_FIRST);
    return List.copyOf(all.subList(0, Math.min(width, all.size())));
  }

  /** Lets the language model go with the prefixes that are followed now. */
  private List<Prefix> follow(List<Prefix> beam, List<Prefix> before) {
    if (model.isEmpty()) {
      return beam;
    }
    List<Prefix> fresh = beam.stream().filter(prefix -> prefix.place < 0).toList();
    List<Prefix> kept = beam.stream().filter(prefix -> prefix.place >= 0).toList();
    int[] parents = fresh.stream().mapToInt(prefix -> prefix.parent.place).toArray();
    int[] places = kept.stream().mapToInt(prefix -> prefix.place).toArray();
    before.forEach(prefix -> prefix.place = -1);
    if (fresh.isEmpty()) {
      for (int i = 0; i < places.length; i++) {
        kept.get(i).place = places[i];
      }
      return beam;
    }
    int[] labels = fresh.stream().mapToInt(prefix -> prefix.label).toArray();
    float[][] next = model.get().follow(parents, labels, places);
    for (int i = 0; i < fresh.size(); i++) {
      fresh.get(i).next = next[i];
      fresh.get(i).place = i;
    }
    for (int i = 0; i < kept.size(); i++) {
      kept.get(i).place = fresh.size() + i;
    }
    return beam;
  }

  private static double sum(double a, double b) {
    double largest = Math.max(a, b);
    return largest == Double.NEGATIVE_INFINITY
        ? largest
        : largest + Math.log1p(Math.exp(Math.min(a, b) - largest));
  }
}
