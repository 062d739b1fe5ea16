package dev.unroll.training;

import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;

/** How the vectors of all steps become the one that a classifier sees: a setting of tasks. */
public enum Pooling {
  /** The largest value of each unit. */
  MAX(Summary.MAX),
  /** The mean. */
  MEAN(Summary.MEAN),
  /** The state after the last step. */
  LAST(Summary.LAST),
  /** The largest values, and the means beside them. */
  MAX_MEAN(Summary.MAX, Summary.MEAN),
  /** The state after the last step, the largest values and the means (Howard and Ruder 2018). */
  LAST_MAX_MEAN(Summary.LAST, Summary.MAX, Summary.MEAN),
  /** The state at the step in the middle, for what is cut so that something stands there. */
  MIDDLE(Summary.MIDDLE),
  /** The state at the step in the middle, the largest values and the means. */
  MIDDLE_MAX_MEAN(Summary.MIDDLE, Summary.MAX, Summary.MEAN);

  private final Summary[] summaries;

  Pooling(Summary... summaries) {
    this.summaries = summaries;
  }

  /** The layer: {@code [batch, features, time]} in, a vector an example out. */
  public SequencePooling layer() {
    return new SequencePooling.Builder(summaries).build();
  }

  /**
   * The same with another step than that in the middle.
   *
   * @param middle share of the steps, from 0 to 1
   */
  public SequencePooling layer(double middle) {
    return new SequencePooling.Builder(summaries).middle(middle).build();
  }
}
