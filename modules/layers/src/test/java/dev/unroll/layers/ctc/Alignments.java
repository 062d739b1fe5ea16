package dev.unroll.layers.ctc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All alignments of a short sequence, one by one: the definition of CTC without its algorithm. */
final class Alignments {
  private final float[][] logs;
  private final Map<String, Double> probabilities = new TreeMap<>();
  private final Map<String, Double> best = new TreeMap<>();
  private final List<int[]> paths = new ArrayList<>();

  Alignments(float[][] logs) {
    this.logs = logs;
    extend(new int[logs.length], 0, 0);
  }

  private void extend(int[] path, int t, double log) {
    if (t == path.length) {
      paths.add(path.clone());
      String spelled = text(spell(path));
      probabilities.merge(spelled, Math.exp(log), Double::sum);
      best.merge(spelled, log, Math::max);
      return;
    }
    for (int k = 0; k < logs[t].length; k++) {
      path[t] = k;
      extend(path, t + 1, log + logs[t][k]);
    }
  }

  /** The probability of labels. */
  double probability(int... labels) {
    return probabilities.getOrDefault(text(labels), 0.0);
  }

  /** The logarithm of the probability of the best alignment of labels. */
  double bestAlignment(int... labels) {
    return best.get(text(labels));
  }

  /** The probability of labels with one of their alignments having a class at a step. */
  double probability(int[] labels, int step, int k) {
    return paths.stream()
        .filter(path -> path[step] == k && text(spell(path)).equals(text(labels)))
        .mapToDouble(
            path ->
                Math.exp(IntStream.range(0, path.length).mapToDouble(t -> logs[t][path[t]]).sum()))
        .sum();
  }

  /** The probability of each spelling, by its text. */
  Map<String, Double> all() {
    return probabilities;
  }

  static int[] spell(int[] path) {
    return IntStream.range(0, path.length)
        .filter(t -> path[t] != Ctc.BLANK && (t == 0 || path[t] != path[t - 1]))
        .map(t -> path[t])
        .toArray();
  }

  static String text(int... labels) {
    return IntStream.of(labels).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  /** Logarithms of random probabilities. */
  static float[][] random(Random random, int steps, int classes, double spread) {
    float[][] logs = new float[steps][classes];
    for (float[] step : logs) {
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        step[k] = (float) (spread * random.nextGaussian());
        sum += Math.exp(step[k]);
      }
      for (int k = 0; k < classes; k++) {
        step[k] -= (float) Math.log(sum);
      }
    }
    return logs;
  }
}
