package dev.unroll.evaluation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What was true against what was answered, counted for every pair of classes, and the scores that
 * follow from it. All agree with scikit-learn's {@code accuracy_score}, {@code
 * precision_recall_fscore_support}, {@code f1_score} and {@code log_loss}.
 *
 * <p>A ratio without cases (the precision of a class never answered, the recall of one that never
 * occurs) is 0. Scores of no examples at all are NaN.
 */
public final class Confusion {
  /** Distance from 1 to the next double, scikit-learn's bound on probabilities. */
  private static final double EPSILON = Math.ulp(1.0);

  private final List<String> labels;
  private final long[][] counts;
  private long examples;
  private double logLossSum;

  /** Of two classes, how probable the second was. */
  private final RocCurve second = new RocCurve();

  /**
   * Nothing counted yet.
   *
   * @param labels names of the classes, in the order of their numbers
   */
  public Confusion(List<String> labels) {
    this.labels = List.copyOf(labels);
    this.counts = new long[labels.size()][labels.size()];
  }

  /** Counts an answer that is the most probable class, the first of several. */
  public void add(int gold, double[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      best = probabilities[c] > probabilities[best] ? c : best;
    }
    add(gold, best, probabilities);
  }

  /**
   * Counts an answer.
   *
   * @param gold number of the true class
   * @param predicted number of the class answered
   * @param probabilities of every class, {@code [classes]}; they need not sum to 1 exactly
   */
  public void add(int gold, int predicted, double[] probabilities) {
    if (probabilities.length != labels.size()) {
      throw new IllegalArgumentException(
          probabilities.length + " probabilities for " + labels.size() + " classes");
    }
    counts[gold][predicted]++;
    examples++;
    double sum = 0;
    for (double p : probabilities) {
      sum += clip(p);
    }
    logLossSum -= Math.log(clip(probabilities[gold]) / sum);
    if (isBinary()) {
      second.add(probabilities[1], gold == 1);
    }
  }

  /** Both counted as one; neither changes. */
  public Confusion plus(Confusion other) {
    if (!labels.equals(other.labels)) {
      throw new IllegalArgumentException("classes " + labels + " and " + other.labels);
    }
    Confusion sum = new Confusion(labels);
    for (Confusion part : List.of(this, other)) {
      for (int gold = 0; gold < counts.length; gold++) {
        for (int predicted = 0; predicted < counts.length; predicted++) {
          sum.counts[gold][predicted] += part.counts[gold][predicted];
        }
      }
      sum.examples += part.examples;
      sum.logLossSum += part.logLossSum;
      sum.second.addAll(part.second);
    }
    return sum;
  }

  private static double clip(double p) {
    return Math.min(Math.max(p, EPSILON), 1 - EPSILON);
  }

  /** The labels, in the order of the counts. */
  public List<String> labels() {
    return labels;
  }

  /** Number of answers counted. */
  public long examples() {
    return examples;
  }

  /** How often class {@code gold} was answered with {@code predicted}. */
  public long count(int gold, int predicted) {
    return counts[gold][predicted];
  }

  /** The share of right answers, 0 to 1. */
  public double accuracy() {
    return (double) correct() / examples;
  }

  private long correct() {
    return IntStream.range(0, labels.size()).mapToLong(c -> counts[c][c]).sum();
  }

  /** How often the class is true. */
  public long support(int label) {
    return IntStream.range(0, labels.size()).mapToLong(p -> counts[label][p]).sum();
  }

  /** How often the class was answered. */
  public long predicted(int label) {
    return IntStream.range(0, labels.size()).mapToLong(g -> counts[g][label]).sum();
  }

  /** The share of right ones among the answers of this class, 0 to 1. */
  public double precision(int label) {
    return ratio(counts[label][label], predicted(label));
  }

  /** The share of this class that was answered so, 0 to 1. */
  public double recall(int label) {
    return ratio(counts[label][label], support(label));
  }

  /** The harmonic mean of precision and recall, 0 to 1. */
  public double f1(int label) {
    return ratio(2 * counts[label][label], support(label) + predicted(label));
  }

  /** The mean of the classes' F1, over the classes that occur or were answered, 0 to 1. */
  public double macroF1() {
    return IntStream.range(0, labels.size())
        .filter(c -> support(c) + predicted(c) > 0)
        .mapToDouble(this::f1)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * The mean of {@code -ln p(true class)}, in nats; probabilities are kept 2<sup>-52</sup> away
   * from 0 and 1 and made to sum to 1, as scikit-learn does.
   */
  public double logLoss() {
    return logLossSum / examples;
  }

  /** The class that is true most often, the first of several: what a guess without a look says. */
  public int majority() {
    return IntStream.range(0, labels.size())
        .reduce((a, b) -> support(b) > support(a) ? b : a)
        .orElseThrow();
  }

  /** The accuracy of always answering the {@link #majority} class. */
  public double majorityAccuracy() {
    return (double) support(majority()) / examples;
  }

  /** The macro-F1 of always answering the {@link #majority} class. */
  public double majorityMacroF1() {
    long occurring = IntStream.range(0, labels.size()).filter(c -> support(c) > 0).count();
    double share = majorityAccuracy();
    return 2 * share / (1 + share) / occurring;
  }

  /** Whether there are two classes, which some scores are for. */
  public boolean isBinary() {
    return labels.size() == 2;
  }

  /**
   * Of two classes: the area under the receiver operating characteristic of the second one's
   * probability, 0 to 1; NaN unless both occur.
   *
   * @throws IllegalStateException if there are more classes
   */
  public double auroc() {
    requireBinary();
    return second.area();
  }

  /**
   * Of two classes: the area under the curve of precision over recall for the second one, 0 to 1
   * (average precision); NaN unless it occurs. Where the second class is rare it says more than
   * {@link #auroc}; its share of the examples is what guessing gets.
   *
   * @throws IllegalStateException if there are more classes
   */
  public double auprc() {
    requireBinary();
    return second.averagePrecision();
  }

  /**
   * Of two classes: Matthews' correlation coefficient (1975), -1 to 1: how what was true and what
   * was answered are correlated; 0 if a class never occurs or is never answered.
   *
   * @throws IllegalStateException if there are more classes
   */
  public double mcc() {
    requireBinary();
    double product = (double) counts[1][1] * counts[0][0] - (double) counts[0][1] * counts[1][0];
    double squares = (double) support(0) * support(1) * predicted(0) * predicted(1);
    return squares == 0 ? 0 : product / Math.sqrt(squares);
  }

  private void requireBinary() {
    if (!isBinary()) {
      throw new IllegalStateException("a score of two classes was asked of " + labels);
    }
  }

  private static double ratio(long numerator, long denominator) {
    return denominator == 0 ? 0 : (double) numerator / denominator;
  }

  /**
   * The scores by name: {@code examples}, {@code accuracy}, {@code macroF1}, {@code logLoss},
   * {@code labels} (for each its {@code precision}, {@code recall}, {@code f1} and {@code
   * support}), {@code confusion} (rows are true, columns answered) and {@code majority}; of two
   * classes also {@code auroc}, {@code auprc} and {@code mcc}.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> perLabel = new LinkedHashMap<>();
    for (int c = 0; c < labels.size(); c++) {
      Map<String, Object> scores = new LinkedHashMap<>();
      scores.put("precision", precision(c));
      scores.put("recall", recall(c));
      scores.put("f1", f1(c));
      scores.put("support", support(c));
      perLabel.put(labels.get(c), scores);
    }
    Map<String, Object> majority = new LinkedHashMap<>();
    majority.put("label", labels.get(majority()));
    majority.put("accuracy", majorityAccuracy());
    majority.put("macroF1", majorityMacroF1());
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("examples", examples);
    map.put("accuracy", accuracy());
    map.put("macroF1", macroF1());
    map.put("logLoss", logLoss());
    if (isBinary()) {
      map.put("auroc", auroc());
      map.put("auprc", auprc());
      map.put("mcc", mcc());
    }
    map.put("labels", perLabel);
    map.put("confusion", copyOfCounts());
    map.put("majority", majority);
    return map;
  }

  private long[][] copyOfCounts() {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  /** The table: scores, baseline, classes, and the confusion matrix. */
  @Override
  public String toString() {
    return ConfusionTables.of(this);
  }
}
