package dev.unroll.training;

import java.util.List;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Turns examples into arrays. The same object serves training and prediction, so that the two
 * cannot drift apart; shapes and masks are decided here and nowhere else.
 *
 * @param <E> the example
 */
public interface Encoder<E> {
  /**
   * The features, labels and masks of one batch. Arrays of sequences are {@code [batch, features,
   * time]} and padded at the end; masks are {@code [batch, time]}, 1 where there is a step and 0
   * where there is padding.
   *
   * @param examples at least one
   */
  MultiDataSet encode(List<E> examples);

  /** The number of time steps that {@code example} takes in a batch, at least 1. */
  int length(E example);
}
