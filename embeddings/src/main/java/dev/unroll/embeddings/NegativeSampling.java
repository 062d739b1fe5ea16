package dev.unroll.embeddings;

import java.util.SplittableRandom;

/**
 * Negative sampling (Mikolov et al. 2013, "Distributed Representations of Words and Phrases",
 * equation 4): −log σ(x·w) − Σ log σ(−x·n) over negatives n drawn by {@link NegativeSampler}. As in
 * word2vec a negative that happens to be the word itself is skipped.
 *
 * <p>word2vec takes the rows of one step one by one. The rows differ, so scores and updates do not
 * depend on each other and can be computed side by side; only where a negative is drawn twice does
 * its second score miss the first update.
 *
 * <p>Where the negatives are those of a whole window (Ji et al. 2016, "Parallelizing Word2Vec in
 * Shared and Distributed Memory"), its pairs are a product of two small matrices, and one step:
 * each row is fetched from memory and written once a window instead of once a pair.
 */
final class NegativeSampling implements Objective {
  private final Kernel kernel;
  private final Weights weights;
  private final NegativeSampler sampler;
  private final boolean shared;
  private final int[] rows; // where the rows begin, the word's own first
  private final float[] scores;
  private int n;

  /** Of all pairs of a window, {@code [words around, rows]}. */
  private float[] windowScores = {};

  private float[] windowErrors = {};

  /**
   * @param negative number of draws
   * @param shared draw once a position instead of once a step
   */
  NegativeSampling(
      Kernel kernel, Weights weights, NegativeSampler sampler, int negative, boolean shared) {
    this.kernel = kernel;
    this.weights = weights;
    this.sampler = sampler;
    this.shared = shared;
    this.rows = new int[negative + 1];
    this.scores = new float[negative + 1];
  }

  @Override
  public void begin(int word, SplittableRandom random) {
    if (shared) {
      draw(word, random);
    }
  }

  private void draw(int word, SplittableRandom random) {
    int stride = weights.stride;
    rows[0] = word * stride;
    n = 1;
    for (int i = 1; i < rows.length; i++) {
      int drawn = sampler.draw(random);
      if (drawn != word) {
        rows[n++] = drawn * stride;
      }
    }
  }

  @Override
  public void step(
      float[] x, int xOffset, int word, float rate, SplittableRandom random, float[] error) {
    if (!shared) {
      draw(word, random);
    }
    kernel.dots(x, xOffset, weights.stride, weights.output, rows, n, scores);
    scores[0] = (1 - Sigmoid.of(scores[0])) * rate;
    for (int i = 1; i < n; i++) {
      scores[i] = -Sigmoid.of(scores[i]) * rate;
    }
    kernel.update(x, xOffset, weights.stride, weights.output, rows, n, scores, error);
  }

  @Override
  public boolean stepsByWindow() {
    return shared;
  }

  @Override
  public void window(float[] x, int[] xRows, int m, float rate) {
    int stride = weights.stride;
    if (windowErrors.length < m * stride) {
      windowScores = new float[m * rows.length];
      windowErrors = new float[m * stride];
    }
    float[] g = windowScores;
    kernel.windowDots(x, xRows, m, stride, weights.output, rows, n, g);
    for (int i = 0; i < m * n; i++) {
      g[i] = ((i % n == 0 ? 1 : 0) - Sigmoid.of(g[i])) * rate;
    }
    kernel.windowUpdate(x, xRows, m, stride, weights.output, rows, n, g, windowErrors);
  }
}
