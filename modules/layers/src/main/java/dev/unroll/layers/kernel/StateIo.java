package dev.unroll.layers.kernel;

import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Sums;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Carries the states of one direction into the rows of a part and out of them, and the derivatives
 * the other way; see {@link States.Ends} for which rows.
 */
final class StateIo {
  /** Neither enters nor leaves. */
  static final StateIo NONE = new StateIo();

  private static final int NOWHERE = -1;

  private final States.Ends ends;
  private final State before;
  private final State after;
  private final boolean backwards;

  /**
   * By example: the first step at which a state could enter or leave, and the one after the last.
   */
  private final int[] first;

  private final int[] end;

  private StateIo() {
    ends = States.Ends.OF_SEQUENCES;
    before = null;
    after = null;
    backwards = false;
    first = new int[0];
    end = new int[0];
  }

  private StateIo(States states, int direction, List<Run> runs, int batch, int steps) {
    ends = states.ends();
    before = states.before() == null ? null : states.before().get(direction);
    after = states.after() == null ? null : states.after().get(direction);
    backwards = direction == 1;
    first = new int[batch];
    end = new int[batch];
    if (ends == States.Ends.OF_WINDOW) {
      Arrays.fill(end, steps);
    } else {
      Arrays.fill(first, NOWHERE);
      for (Run run : runs) {
        int example = run.example();
        first[example] =
            first[example] == NOWHERE ? run.start() : Math.min(first[example], run.start());
        end[example] = Math.max(end[example], run.end());
      }
    }
  }

  /** What to carry for a direction: 0 for the first, 1 for the one that reads from the end. */
  static StateIo of(States states, int direction, List<Run> runs, Sequences x, CellShape shape) {
    if (states.before() == null && states.after() == null) {
      return NONE;
    }
    StateIo io = new StateIo(states, direction, runs, x.batch(), x.steps());
    io.check(io.before, x, shape);
    io.check(io.after, x, shape);
    return io;
  }

  private void check(State state, Sequences x, CellShape shape) {
    if (state != null) {
      check(state.hidden(), x, shape);
      if ((state.memory() != null) != shape.cell().hasMemory()) {
        throw new IllegalArgumentException(
            "the state of %s is %s"
                .formatted(
                    shape.cell(),
                    shape.cell().hasMemory()
                        ? "a hidden state and a memory, got none"
                        : "a hidden state alone, got a memory too"));
      }
      if (state.memory() != null) {
        check(state.memory(), x, shape);
      }
    }
  }

  private static void check(Sequences vectors, Sequences x, CellShape shape) {
    if (vectors.batch() != x.batch()
        || vectors.width() != shape.hidden()
        || vectors.bytes() != x.bytes()) {
      throw new IllegalArgumentException(
          "expected a state [%d, %d] of %d bytes a number, got [%d, %d] of %d"
              .formatted(
                  x.batch(),
                  shape.hidden(),
                  x.bytes(),
                  vectors.batch(),
                  vectors.width(),
                  vectors.bytes()));
    }
  }

  /** Whether the states at the end are wanted. */
  boolean keeps() {
    return after != null;
  }

  private boolean enters(Run run) {
    return backwards ? run.end() == end[run.example()] : run.start() == first[run.example()];
  }

  private boolean leaves(Run run) {
    return backwards ? run.start() == first[run.example()] : run.end() == end[run.example()];
  }

  /** Before any part: the states of examples that no part will write. */
  void beginForward() {
    if (after != null) {
      handOn(before, after);
    }
  }

  /** The same for the derivatives, which go from the end to the beginning. */
  void beginBackward(State dAfter, State dBefore, Sequences x, CellShape shape) {
    if (this == NONE && (dAfter != null || dBefore != null)) {
      throw new IllegalStateException("the forward pass neither began with a state nor kept one");
    }
    if (dAfter != null && after == null) {
      throw new IllegalStateException("the forward pass did not keep the states at its end");
    }
    check(dAfter, x, shape);
    check(dBefore, x, shape);
    if (dBefore != null) {
      handOn(dAfter, dBefore);
    }
  }

  private void handOn(State from, State to) {
    for (int example = 0; example < first.length; example++) {
      boolean copies = from != null && first[example] == NOWHERE;
      handOn(example, copies ? from.hidden() : null, to.hidden());
      if (to.memory() != null) {
        handOn(example, copies ? from.memory() : null, to.memory());
      }
    }
  }

  private static void handOn(int example, Sequences from, Sequences to) {
    Address there = new Address().at(to.address(example, 0));
    long bytes = (long) to.width() * to.bytes();
    if (from == null) {
      Pointer.memset(there, 0, bytes);
    } else {
      Pointer.memcpy(there, new Address().at(from.address(example, 0)), bytes);
    }
  }

  /** Takes the states to where the part begins. */
  void enter(Part part, Pass pass) {
    for (int row = 0; before != null && row < part.rows(); row++) {
      Run run = part.runs().get(row);
      if (enters(run)) {
        copyIn(before.hidden(), run, pass.h0.address(), row);
        if (before.memory() != null) {
          copyIn(before.memory(), run, pass.c0.address(), row);
        }
      }
    }
  }

  /** Takes the states from where the part ends. */
  void leave(Part part, Pass pass) {
    for (int row = 0; after != null && row < part.rows(); row++) {
      Run run = part.runs().get(row);
      if (leaves(run)) {
        copyOut(pass.out.address(), lastStep(part, row), after.hidden(), run);
        if (after.memory() != null) {
          copyOut(pass.cN.address(), row, after.memory(), run);
        }
      }
    }
  }

  /** Adds the derivatives with respect to the states at the end to those of the part. */
  void enterBackward(Part part, Pass pass, State dAfter) {
    for (int row = 0; dAfter != null && row < part.rows(); row++) {
      Run run = part.runs().get(row);
      if (leaves(run)) {
        Sequences d = dAfter.hidden();
        DataType type = pass.type;
        long width = (long) d.width() * d.bytes();
        Sums.add(
            new Address().at(d.address(run.example(), 0)),
            new Address().at(pass.dOut.address() + lastStep(part, row) * width),
            type,
            d.width());
        if (dAfter.memory() != null) {
          copyIn(dAfter.memory(), run, pass.dCn.address(), row);
        }
      }
    }
  }

  /** Takes the derivatives with respect to the states at the beginning from the part. */
  void leaveBackward(Part part, Pass pass, State dBefore) {
    for (int row = 0; dBefore != null && row < part.rows(); row++) {
      Run run = part.runs().get(row);
      if (enters(run)) {
        copyOut(pass.dH0.address(), row, dBefore.hidden(), run);
        if (dBefore.memory() != null) {
          copyOut(pass.dC0.address(), row, dBefore.memory(), run);
        }
      }
    }
  }

  /** Which of the rows of all steps of a part is the last of a run. */
  private static long lastStep(Part part, int row) {
    return (part.runs().get(row).length() - 1L) * part.rows() + row;
  }

  private static void copyIn(Sequences from, Run run, long rows, long row) {
    long width = (long) from.width() * from.bytes();
    copy(from.address(run.example(), 0), rows + row * width, width);
  }

  private static void copyOut(long rows, long row, Sequences to, Run run) {
    long width = (long) to.width() * to.bytes();
    copy(rows + row * width, to.address(run.example(), 0), width);
  }

  private static void copy(long from, long to, long bytes) {
    Pointer.memcpy(new Address().at(to), new Address().at(from), bytes);
  }
}
