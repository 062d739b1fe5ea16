package dev.unroll.embeddings;

import dev.unroll.embeddings.EmbeddingConfig.Architecture;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What one thread does with a block of text: drops frequent words, draws the width of each window,
 * and steps. All that is random follows from the seed, the epoch and the block, so with one thread
 * the same text gives the same bytes.
 */
final class Worker {
  private final EmbeddingConfig config;
  private final Kernel kernel;
  private final Weights weights;
  private final InputRows inputs;
  private final Subsampler subsampler;
  private final Objective objective;
  private final float[] hidden;
  private final float[] error;
  private final int[] around; // where the vectors of a window begin
  private int[] kept = new int[1024];

  Worker(
      EmbeddingConfig config,
      Kernel kernel,
      Weights weights,
      InputRows inputs,
      Subsampler subsampler,
      Objective objective) {
    this.config = config;
    this.kernel = kernel;
    this.weights = weights;
    this.inputs = inputs;
    this.subsampler = subsampler;
    this.objective = objective;
    this.hidden = new float[weights.stride];
    this.around = new int[2 * config.window()];
    this.error = new float[weights.stride];
  }

  /** Trains on the sentences of one block at one learning rate. */
  void train(EncodedCorpus.Block block, float rate, SplittableRandom random) {
    for (int i = 0; i < block.sentences(); i++) {
      int n = subsample(block, i, random);
      train(kept, n, rate, random);
    }
  }

  private int subsample(EncodedCorpus.Block block, int sentence, SplittableRandom random) {
    int begin = block.begin(sentence);
    int end = block.end(sentence);
    if (kept.length < end - begin) {
      kept = new int[2 * (end - begin)];
    }
    int n = 0;
    for (int i = begin; i < end; i++) {
      int word = block.words()[i];
      if (subsampler.keeps(word, random)) {
        kept[n++] = word;
      }
    }
    return n;
  }

  /** Trains on the first {@code n} of some words. */
  void train(int[] words, int n, float rate, SplittableRandom random) {
    for (int i = 0; i < n; i++) {
      int reach = 1 + random.nextInt(config.window());
      int begin = Math.max(0, i - reach);
      int end = Math.min(n, i + reach + 1);
      objective.begin(words[i], random);
      if (config.architecture() == Architecture.CBOW) {
        cbow(words, begin, i, end, rate, random);
      } else if (inputs.single() && objective.stepsByWindow()) {
        windowSkipGram(words, begin, i, end, rate);
      } else if (inputs.single()) {
        skipGram(words, begin, i, end, rate, random);
      } else {
        subwordSkipGram(words, begin, i, end, rate, random);
      }
    }
  }

  private void skipGram(
      int[] words, int begin, int middle, int end, float rate, SplittableRandom random) {
    int stride = weights.stride;
    for (int c = begin; c < end; c++) {
      if (c != middle) {
        int row = words[c] * stride;
        Arrays.fill(error, 0);
        objective.step(weights.input, row, words[middle], rate, random, error);
        kernel.add(1, error, 0, weights.input, row, stride);
      }
    }
  }

  private void windowSkipGram(int[] words, int begin, int middle, int end, float rate) {
    int n = 0;
    for (int c = begin; c < end; c++) {
      if (c != middle) {
        around[n++] = words[c] * weights.stride;
      }
    }
    objective.window(weights.input, around, n, rate);
  }

  private void subwordSkipGram(
      int[] words, int begin, int middle, int end, float rate, SplittableRandom random) {
    for (int c = begin; c < end; c++) {
      if (c != middle) {
        Arrays.fill(hidden, 0);
        addRows(words[c], 1f / inputs.size(words[c]));
        Arrays.fill(error, 0);
        objective.step(hidden, 0, words[middle], rate, random, error);
        learn(words[c]);
      }
    }
  }

  private void cbow(
      int[] words, int begin, int middle, int end, float rate, SplittableRandom random) {
    int rows = 0;
    for (int c = begin; c < end; c++) {
      rows += c == middle ? 0 : inputs.size(words[c]);
    }
    if (rows == 0) {
      return;
    }
    Arrays.fill(hidden, 0);
    for (int c = begin; c < end; c++) {
      if (c != middle) {
        addRows(words[c], 1f / rows);
      }
    }
    Arrays.fill(error, 0);
    objective.step(hidden, 0, words[middle], rate, random, error);
    for (int c = begin; c < end; c++) {
      if (c != middle) {
        learn(words[c]);
      }
    }
  }

  private void addRows(int word, float scale) {
    int stride = weights.stride;
    for (int i = 0; i < inputs.size(word); i++) {
      kernel.add(scale, weights.input, inputs.row(word, i) * stride, hidden, 0, stride);
    }
  }

  private void learn(int word) {
    int stride = weights.stride;
    for (int i = 0; i < inputs.size(word); i++) {
      kernel.add(1, error, 0, weights.input, inputs.row(word, i) * stride, stride);
    }
  }
}
