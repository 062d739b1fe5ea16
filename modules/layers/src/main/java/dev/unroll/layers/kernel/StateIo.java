package dev.unroll.layers.kernel;

import dev.unroll.layers.memory.Address;
import org.bytedeco.javacpp.Pointer;

/**
 * Carries the state into the rows of a part and out of them.
 *
 * <p>A run takes the carried state over if it begins with the window, and leaves its own behind if
 * it ends with the window; a run that begins or ends within it touches masked steps, where the
 * state is zero.
 */
final class StateIo {
  /** Neither enters nor leaves. */
  static final StateIo NONE = new StateIo(null, null, 0);

  private final State before;
  private final State after;
  private final int steps;

  /**
   * What to carry.
   *
   * @param before the state before the first step, or null for zeros
   * @param after receives the state after the last step and must be zero now, or null
   * @param steps length of the window
   */
  StateIo(State before, State after, int steps) {
    this.before = before;
    this.after = after;
    this.steps = steps;
  }

  boolean keeps() {
    return after != null;
  }

  void enter(Part part, Pass pass) {
    if (before == null) {
      return;
    }
    for (int row = 0; row < part.rows(); row++) {
      Run run = part.runs().get(row);
      if (run.start() == 0) {
        long h = State.sequences(before.hidden()).address(run.example(), 0);
        copyRow(h, pass.h0.address(), row, pass);
        if (before.memory() != null) {
          long c = State.sequences(before.memory()).address(run.example(), 0);
          copyRow(c, pass.c0.address(), row, pass);
        }
      }
    }
  }

  void leave(Part part, Pass pass) {
    if (after == null) {
      return;
    }
    int width = pass.shape.hidden() * pass.type.width();
    long last = pass.out.address() + (long) (pass.steps() - 1) * part.rows() * width;
    for (int row = 0; row < part.rows(); row++) {
      Run run = part.runs().get(row);
      if (run.end() == steps) {
        Sequences h = State.sequences(after.hidden());
        copy(last + (long) row * width, h.address(run.example(), 0), width);
        if (after.memory() != null) {
          Sequences c = State.sequences(after.memory());
          copy(pass.cN.address() + (long) row * width, c.address(run.example(), 0), width);
        }
      }
    }
  }

  private static void copyRow(long from, long rows, int row, Pass pass) {
    int width = pass.shape.hidden() * pass.type.width();
    copy(from, rows + (long) row * width, width);
  }

  private static void copy(long from, long to, int bytes) {
    Pointer.memcpy(new Address().at(to), new Address().at(from), bytes);
  }
}
