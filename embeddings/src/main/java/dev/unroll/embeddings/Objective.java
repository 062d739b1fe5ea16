package dev.unroll.embeddings;

import java.util.SplittableRandom;

/**
 * What a prediction of a word is worth and how the weights learn from it. One object a thread: it
 * holds buffers.
 */
interface Objective {
  /** Called once a position, before its steps; {@code word} stands in the middle of the window. */
  void begin(int word, SplittableRandom random);

  /**
   * One step of stochastic gradient descent on the loss of predicting {@code word}: changes the
   * output rows, and adds to {@code error} what is to be added to the input.
   *
   * @param x holds the input vector at {@code xOffset}
   * @param rate learning rate
   */
  void step(float[] x, int xOffset, int word, float rate, SplittableRandom random, float[] error);
}
