package dev.unroll.layers.ctc;

/**
 * Which labels a {@link PrefixBeamSearch} may find, told by an automaton that reads them one after
 * the other.
 */
public interface LabelRules {
  /** No state: what was read can become nothing that is allowed. */
  int NONE = -1;

  /** The state before the first label, 0 or more. */
  int start();

  /** The state after one more label; {@link #NONE} if it may not come. */
  int after(int state, int label);

  /** Whether the labels may end here. */
  boolean mayEnd(int state);
}
