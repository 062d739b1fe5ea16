package dev.unroll.embeddings;

import java.util.SplittableRandom;

/**
 * Hierarchical softmax (Morin and Bengio 2005) over a {@link HuffmanTree}: the probability of a
 * word is the product of its turns, σ(x·w) to the left and σ(−x·w) to the right. As in word2vec a
 * fork whose score lies beyond ±6 is left alone.
 */
final class HierarchicalSoftmax implements Objective {
  private final Kernel kernel;
  private final Weights weights;
  private final HuffmanTree tree;
  private final int[] forks;
  private final boolean[] codes;
  private final float[] scores;

  HierarchicalSoftmax(Kernel kernel, Weights weights, HuffmanTree tree) {
    this.kernel = kernel;
    this.weights = weights;
    this.tree = tree;
    int deepest = tree.deepest();
    this.forks = new int[deepest];
    this.codes = new boolean[deepest];
    this.scores = new float[deepest];
  }

  @Override
  public void begin(int word, SplittableRandom random) {}

  @Override
  public void step(
      float[] x, int xOffset, int word, float rate, SplittableRandom random, float[] error) {
    int stride = weights.stride;
    int n = tree.path(word, forks, codes);
    for (int i = 0; i < n; i++) {
      forks[i] *= stride;
    }
    kernel.dots(x, xOffset, stride, weights.output, forks, n, scores);
    for (int i = 0; i < n; i++) {
      scores[i] =
          Math.abs(scores[i]) >= Sigmoid.LIMIT
              ? 0
              : ((codes[i] ? 0 : 1) - Sigmoid.of(scores[i])) * rate;
    }
    kernel.update(x, xOffset, stride, weights.output, forks, n, scores, error);
  }
}
