package dev.unroll.layers.kernel;

import java.util.List;

/**
 * The states in which the sequences of a batch begin, and those in which they end. Lists have one
 * entry a direction; the second direction begins where the sequences end.
 *
 * @param ends where a state enters and leaves
 * @param before null for zeros
 * @param after overwritten; null if nobody asks
 */
public record States(Ends ends, List<State> before, List<State> after) {
  /** Begins with zeros and forgets the end. */
  public static final States NONE = new States(Ends.OF_SEQUENCES, null, null);

  /**
   * Where a state enters and leaves; 1 is a valid step, 0 a masked one.
   *
   * <pre>
   *                    mask           OF_SEQUENCES                    OF_WINDOW
   *   whole            1 1 1 1 1      enters at 0, leaves at 4        the same
   *   trailing         1 1 1 0 0      enters at 0, leaves at 2        enters at 0, leaves as zero
   *   leading          0 0 1 1 1      enters at 2, leaves at 4        is forgotten, leaves at 4
   *   a hole           1 1 0 1 1      enters at 0, is forgotten at 2, leaves at 4, both
   *   none             0 0 0 0 0      is handed on as it is           is forgotten, leaves as zero
   * </pre>
   */
  public enum Ends {
    /** The batch holds whole sequences, padded: what matters are their own first and last steps. */
    OF_SEQUENCES,
    /** The batch is cut out of longer sequences: what matters are its first and its last step. */
    OF_WINDOW
  }
}
