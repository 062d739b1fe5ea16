package dev.unroll.embeddings;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import java.util.SplittableRandom;

/**
 * What is trained: one input row a word (and an n-gram, if there are any), one output row a word or
 * fork of the tree, each {@code stride} floats long of which the first {@code dimensions} count.
 * Offsets are indices of floats: {@code row · stride}.
 */
final class Weights {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  final int dimensions;
  final int stride;
  final float[] input;
  final float[] output;

  private Weights(int dimensions, int stride, float[] input, float[] output) {
    this.dimensions = dimensions;
    this.stride = stride;
    this.input = input;
    this.output = output;
  }

  /** Input uniform in ±1/(2·dimensions), output zero, as in word2vec. */
  static Weights random(int inputRows, int outputRows, int dimensions, int stride, long seed) {
    Weights weights =
        new Weights(dimensions, stride, allocate(inputRows, stride), allocate(outputRows, stride));
    SplittableRandom random = new SplittableRandom(seed);
    for (int row = 0; row < inputRows; row++) {
      for (int d = 0; d < dimensions; d++) {
        weights.input[row * stride + d] = (float) ((random.nextDouble() - 0.5) / dimensions);
      }
    }
    return weights;
  }

  /** Zeros. */
  static float[] allocate(int rows, int stride) {
    long floats = (long) rows * stride;
    if (floats > LARGEST_ARRAY) {
      throw UserError.usage(
          "%d rows of %d numbers are more than an array holds; raise %s or lower %s or %s"
              .formatted(
                  rows, stride, setting("min-count"), setting("dimensions"), setting("buckets")));
    }
    return new float[(int) floats];
  }
}
