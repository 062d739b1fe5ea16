package dev.unroll.training;

import java.util.List;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Turns examples into arrays, in two stages: once for each example what is costly (tokens, ids,
 * spectrograms), and for each batch, in every epoch anew, what lays the results side by side. The
 * same object serves training and prediction, so that the two cannot drift apart; shapes and masks
 * are decided here and nowhere else.
 *
 * <pre>
 *   example   "Not bad"  ──prepare──▶  P  12 7   ──encode──▶  [batch, 1, time]  12 7 0
 *             "Well"     ──prepare──▶  P  31     ──────┘                        31 0 0
 * </pre>
 *
 * @param <E> the example
 * @param <P> what was made of an example; kept for as long as a training runs, so it is small
 */
public interface Encoder<E, P> {
  /**
   * What depends on one example alone.
   *
   * @throws dev.unroll.data.UserError if the example has what the encoder cannot know, such as a
   *     label that the training data lacked
   */
  P prepare(E example);

  /** The same for each example, in their order. */
  default List<P> prepareAll(List<E> examples) {
    return examples.stream().map(this::prepare).toList();
  }

  /**
   * The number of time steps that an example takes in a batch, at least 1; where there are several
   * sequences (source and target), those of the longest.
   */
  int length(P prepared);

  /**
   * The features, labels and masks of one batch. Arrays of sequences are {@code [batch, features,
   * time]} and padded at the end; masks are {@code [batch, time]}, 1 where there is a step and 0
   * where there is padding; see {@link SequenceBatch}.
   *
   * @param prepared at least one
   */
  MultiDataSet encode(List<P> prepared);
}
