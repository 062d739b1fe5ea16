package dev.unroll.layers.attention;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.State;

/**
 * The sizes of a decoder with input feeding.
 *
 * @param inputs features of its input
 * @param cell whose inputs are those and the attentional vector
 * @param attention of the cell's hidden states
 */
record FeedingShape(int inputs, CellShape cell, AttentionShape attention) {

  /** How many numbers the state of an example has. */
  int state() {
    return State.width(cell, 1);
  }
}
