package dev.unroll.layers.kernel;

import dev.unroll.layers.memory.Parallel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The computation of a recurrent layer, in one direction or in both: splits a batch into parts,
 * gives them to a kernel on several threads, and puts the results together.
 *
 * <p>Keeps what the last training pass left behind until {@link #backward} has used it. One
 * instance serves one thread at a time; many instances run at once.
 */
public final class Recurrence {
  private final List<Direction> directions = new ArrayList<>();

  /**
   * A layer's computation.
   *
   * @param bidirectional whether a second direction reads the sequences from the end
   */
  public Recurrence(RecurrentKernel kernel, CellShape shape, DataType type, boolean bidirectional) {
    directions.add(new Direction(kernel, shape, type, false));
    if (bidirectional) {
      directions.add(new Direction(kernel, shape, type, true));
    }
  }

  /**
   * Reads a batch. Lists have one entry a direction.
   *
   * @param x the inputs
   * @param runs which steps are valid
   * @param outs receive the hidden states at valid steps; other steps are not touched
   * @param before the state at the start, for the first direction; null for zeros
   * @param after receives the state at the end, of the first direction; must be zero; may be null
   */
  public void forward(
      List<Parameters> parameters,
      Sequences x,
      List<Run> runs,
      List<Sequences> outs,
      boolean training,
      State before,
      State after) {
    Mode mode = new Mode(training, directions.size() == 1 ? 2 : 1);
    List<Direction.Work> work = new ArrayList<>();
    for (int d = 0; d < directions.size(); d++) {
      StateIo state = d == 0 ? new StateIo(before, after, x.steps()) : StateIo.NONE;
      work.addAll(directions.get(d).forward(parameters.get(d), runs, x, outs.get(d), mode, state));
    }
    run(work);
  }

  /**
   * Goes back through the last {@link #forward} with {@code training}. Lists have one entry a
   * direction.
   *
   * @param dOuts derivatives of the loss with respect to the outputs
   * @param dXs receive the derivatives with respect to the inputs at valid steps; other steps are
   *     not touched
   * @param gradients receive the derivatives with respect to the parameters; overwritten, unless
   *     the batch had no valid step
   */
  public void backward(List<Sequences> dOuts, List<Sequences> dXs, List<Parameters> gradients) {
    List<Direction.Work> work = new ArrayList<>();
    for (int d = 0; d < directions.size(); d++) {
      work.addAll(directions.get(d).backward(dOuts.get(d), dXs.get(d)));
    }
    run(work);
    work.clear();
    for (int d = 0; d < directions.size(); d++) {
      work.addAll(directions.get(d).gradients(gradients.get(d)));
    }
    run(work);
  }

  private static void run(List<Direction.Work> work) {
    work.sort(Comparator.comparingLong(Direction.Work::size).reversed());
    Parallel.run(work.stream().map(Direction.Work::task).toList());
  }

  /**
   * How a batch is read.
   *
   * @param fewestParts of one direction, so that two threads have something to do
   */
  record Mode(boolean training, int fewestParts) {}
}
