package dev.unroll.layers.kernel;

import dev.unroll.layers.kernel.RecurrentKernel.Purpose;
import dev.unroll.layers.memory.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/** One direction of a recurrent layer: its parameters, and the parts in which it reads a batch. */
final class Direction {
  private final RecurrentKernel kernel;
  private final CellShape shape;
  private final DataType type;
  private final boolean backwards;
  private final boolean constant;
  private final Map<RecurrentKernel.Method, Use> uses = new HashMap<>();

  /** The one of them that the last forward pass was. */
  private Use current;

  private List<Part> parts = List.of();
  private StateIo state = StateIo.NONE;
  private Sequences x;

  /** Kernels may use these where they lie, until the way back is done. */
  private Parameters parameters;

  /**
   * A direction.
   *
   * @param constant whether the parameters of the first pass are those of all
   */
  Direction(
      RecurrentKernel kernel, CellShape shape, DataType type, boolean backwards, boolean constant) {
    this.kernel = kernel;
    this.shape = shape;
    this.type = type;
    this.backwards = backwards;
    this.constant = constant;
  }

  /** A method of the kernel at work. */
  private static final class Use {
    private final RecurrentKernel.Method method;
    private final RecurrentKernel.Weights weights;
    private final List<Pass> passes = new ArrayList<>();
    private boolean loaded;

    Use(RecurrentKernel.Method method) {
      this.method = method;
      weights = method.weights();
    }

    Pass slot(int i) {
      while (passes.size() <= i) {
        passes.add(method.pass());
      }
      return passes.get(i);
    }
  }

  void reload() {
    uses.values().forEach(use -> use.loaded = false);
  }

  /** Splits the runs and returns the work of each part, to be done on any thread. */
  List<Work> forward(
      Parameters newParameters,
      List<Run> runs,
      Sequences newX,
      Sequences out,
      Recurrence.Mode mode,
      States states) {
    x = newX;
    parameters = newParameters;
    state = StateIo.of(states, backwards ? 1 : 0, runs, x, shape);
    state.beginForward();
    boolean memories = state.keeps() && shape.cell().hasMemory() && Run.differInLength(runs);
    Purpose purpose = new Purpose(mode.training(), runs.size() == 1, memories, false, constant);
    current = uses.computeIfAbsent(kernel.method(shape, type, purpose), Use::new);
    RecurrentKernel.Weights weights = current.weights;
    if (!current.loaded || !constant) {
      weights.load(parameters.input(), parameters.recurrent(), parameters.bias());
      current.loaded = true;
    }
    int fewest = current.method.takesWholeBatch() ? Part.WHOLE_BATCH : mode.fewestParts();
    parts = Part.split(runs, backwards, fewest);
    List<Work> work = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      Pass pass = current.slot(i);
      work.add(
          new Work(
              part.work(),
              () -> {
                int steps = state.keeps() ? part.steps() : paddedSteps(part.steps());
                pass.reset(part.lengths(), steps, mode.training());
                part.gather(x, pass.x, steps);
                state.enter(part, pass);
                pass.forward(weights);
                part.scatter(pass.out, out);
                state.leave(part, pass);
              }));
    }
    return work;
  }

  /**
   * The work of going back through the last forward pass.
   *
   * @param dAfter derivatives with respect to the states at the end, or null
   * @param dBefore receives those with respect to the states at the beginning, or null
   */
  List<Work> backward(Sequences dOut, Sequences dX, State dAfter, State dBefore) {
    state.beginBackward(dAfter, dBefore, x, shape);
    RecurrentKernel.Weights weights = current.weights;
    List<Work> work = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      Pass pass = current.slot(i);
      work.add(
          new Work(
              part.work(),
              () -> {
                pass.beginBackward(dAfter != null, dBefore != null);
                part.gather(dOut, pass.dOut, pass.steps());
                state.enterBackward(part, pass, dAfter);
                pass.backward(weights);
                part.scatter(pass.dX, dX);
                state.leaveBackward(part, pass, dBefore);
              }));
    }
    return work;
  }

  /** The work of adding up the parts' derivatives, always in the same order. */
  List<Work> gradients(Parameters sums) {
    List<Pass> used = current.passes.subList(0, parts.size());
    List<Work> work = new ArrayList<>();
    for (int g = 0; g < shape.cell().gates(); g++) {
      int gate = g;
      Pointer input = block(sums.input(), gate, shape.inputs());
      Pointer recurrent = block(sums.recurrent(), gate, shape.hidden());
      work.add(
          new Work(
              shape.inputs(),
              () -> add(used, (pass, more) -> pass.inputGradient(gate, input, more))));
      work.add(
          new Work(
              shape.hidden(),
              () -> add(used, (pass, more) -> pass.recurrentGradient(gate, recurrent, more))));
    }
    work.add(new Work(1, () -> add(used, (pass, more) -> pass.biasGradient(sums.bias(), more))));
    return work;
  }

  private Pointer block(Pointer matrix, int gate, int features) {
    long bytes = (long) features * shape.hidden() * type.width();
    return new Address().at(matrix.address() + gate * bytes);
  }

  private static void add(List<Pass> passes, BiConsumer<Pass, Boolean> gradient) {
    for (int i = 0; i < passes.size(); i++) {
      gradient.accept(passes.get(i), i > 0);
    }
  }

  /**
   * Rounds up by at most a sixteenth, so that batches of many different lengths share the kernels'
   * plans.
   */
  static int paddedSteps(int steps) {
    int multiple = Math.max(1, Integer.highestOneBit(steps) / 16);
    return (steps + multiple - 1) / multiple * multiple;
  }

  /** Something to be done, and how much of it there is. */
  record Work(long size, Runnable task) {}
}
