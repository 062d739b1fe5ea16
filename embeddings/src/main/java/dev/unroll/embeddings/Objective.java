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

  /** Whether {@link #window} takes all pairs of a window at once. */
  default boolean stepsByWindow() {
    return false;
  }

  /**
   * One step on all pairs of a window at once, from the weights before it; changes the input too.
   *
   * @param x holds the input vectors of the words around that in the middle
   * @param xRows where each begins
   * @param m how many there are
   */
  default void window(float[] x, int[] xRows, int m, float rate) {
    throw new UnsupportedOperationException("pairs are taken one by one");
  }
}
