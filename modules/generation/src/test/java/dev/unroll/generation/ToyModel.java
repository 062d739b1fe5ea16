package dev.unroll.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A model whose next symbol depends on the last two and on how many there were, by a table of
 * random numbers.
 */
final class ToyModel implements NextSymbol {
  private final int symbols;
  private final long seed;
  private List<List<Integer>> texts = new ArrayList<>();
  private int reads;

  ToyModel(int symbols, long seed) {
    this.symbols = symbols;
    this.seed = seed;
  }

  /** How often a symbol of all texts was read. */
  int reads() {
    return reads;
  }

  @Override
  public int symbols() {
    return symbols;
  }

  @Override
  public void begin(int count) {
    texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(new ArrayList<>());
    }
  }

  @Override
  public float[][] read(int[] next) {
    reads++;
    float[][] answers = new float[next.length][];
    for (int i = 0; i < next.length; i++) {
      texts.get(i).add(next[i]);
      answers[i] = logProbabilities(texts.get(i));
    }
    return answers;
  }

  @Override
  public void branch(int[] parents) {
    List<List<Integer>> branched = new ArrayList<>();
    for (int parent : parents) {
      branched.add(new ArrayList<>(texts.get(parent)));
    }
    texts = branched;
  }

  float[] logProbabilities(List<Integer> text) {
    int size = text.size();
    long key = seed * 31 + size;
    for (int i = Math.max(0, size - 2); i < size; i++) {
      key = key * 1_000_003 + text.get(i);
    }
    Random random = new Random(key);
    double[] weights = random.doubles(symbols, 0.05, 1).toArray();
    double sum = Arrays.stream(weights).sum();
    float[] logs = new float[symbols];
    for (int i = 0; i < symbols; i++) {
      logs[i] = (float) Math.log(weights[i] / sum);
    }
    return logs;
  }
}
