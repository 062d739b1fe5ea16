package dev.unroll.layers.kernel;

import dev.unroll.layers.memory.Parallel;
import java.lang.ref.Reference;
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
    this(kernel, shape, type, bidirectional, false);
  }

  private Recurrence(
      RecurrentKernel kernel,
      CellShape shape,
      DataType type,
      boolean bidirectional,
      boolean constant) {
    directions.add(new Direction(kernel, shape, type, false, constant));
    if (bidirectional) {
      directions.add(new Direction(kernel, shape, type, true, constant));
    }
  }

  /**
   * That of a layer that is not trained any more: the kernel takes the parameters over in the first
   * pass, and does not look again whether they have changed.
   */
  public static Recurrence ofConstantParameters(
      RecurrentKernel kernel, CellShape shape, DataType type, boolean bidirectional) {
    return new Recurrence(kernel, shape, type, bidirectional, true);
  }

  /** Has the next pass take over the parameters anew. */
  public void reload() {
    directions.forEach(Direction::reload);
  }

  /**
   * Reads a batch. Lists have one entry a direction.
   *
   * @param x the inputs
   * @param runs which steps are valid
   * @param outs receive the hidden states at valid steps; other steps are not touched
   * @param training whether {@link #backward} will follow
   * @param states in which the sequences begin and end
   */
  public void forward(
      List<Parameters> parameters,
      Sequences x,
      List<Run> runs,
      List<Sequences> outs,
      boolean training,
      States states) {
    Mode mode = new Mode(training, directions.size() == 1 ? 2 : 1);
    List<Direction.Work> work = new ArrayList<>();
    for (int d = 0; d < directions.size(); d++) {
      work.addAll(directions.get(d).forward(parameters.get(d), runs, x, outs.get(d), mode, states));
    }
    run(work);
    keep(outs, states);
  }

  /** Goes back with no regard to states: {@link #backward(List, List, List, List, List)}. */
  public void backward(List<Sequences> dOuts, List<Sequences> dXs, List<Parameters> gradients) {
    backward(dOuts, dXs, gradients, null, null);
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
   * @param dAfter derivatives with respect to the states at the end, which the forward pass must
   *     have kept; null for zeros
   * @param dBefore receive those with respect to the states at the beginning, whether these were
   *     given or kept at the end; null if nobody asks
   */
  public void backward(
      List<Sequences> dOuts,
      List<Sequences> dXs,
      List<Parameters> gradients,
      List<State> dAfter,
      List<State> dBefore) {
    List<Direction.Work> work = new ArrayList<>();
    for (int d = 0; d < directions.size(); d++) {
      State from = dAfter == null ? null : dAfter.get(d);
      State to = dBefore == null ? null : dBefore.get(d);
      work.addAll(directions.get(d).backward(dOuts.get(d), dXs.get(d), from, to));
    }
    run(work);
    work.clear();
    for (int d = 0; d < directions.size(); d++) {
      work.addAll(directions.get(d).gradients(gradients.get(d)));
    }
    run(work);
    keep(dOuts, dXs, gradients, dAfter, dBefore);
  }

  /** Of all of these, the work knew addresses; of this, what memory its parts compute in. */
  private void keep(Object... owners) {
    Reference.reachabilityFence(owners);
    Reference.reachabilityFence(this);
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
