package dev.unroll.layers;

import dev.unroll.layers.kernel.Run;
import dev.unroll.layers.kernel.Sequences;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.TimeMajor;
import java.util.List;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The outputs of a layer's directions, or derivatives of them, one array a direction or one for
 * both side by side.
 */
final class Directions {
  private final Bidirectional.Mode mode;
  private final List<INDArray> arrays;

  /** Kept for the derivative of a product. */
  private List<INDArray> factors = List.of();

  private Directions(Bidirectional.Mode mode, List<INDArray> arrays) {
    this.mode = mode;
    this.arrays = arrays;
  }

  /** Room for the outputs over {@code x}, zero where nothing is valid. */
  static Directions create(
      Recurrent layer, INDArray x, List<Run> runs, LayerWorkspaceMgr workspaces) {
    Bidirectional.Mode mode = layer.directions();
    long width = layer.getNOut() * (mode == Bidirectional.Mode.CONCAT ? 2 : 1);
    INDArray first = like(x, width, runs, workspaces, ArrayType.ACTIVATIONS);
    return mode == null || mode == Bidirectional.Mode.CONCAT
        ? new Directions(mode, List.of(first))
        : new Directions(
            mode, List.of(first, like(x, width, runs, workspaces, ArrayType.FF_WORKING_MEM)));
  }

  /** Room for the derivatives with respect to {@code x}, zero where nothing is valid. */
  static Directions ofInputs(
      Recurrent layer, INDArray x, List<Run> runs, LayerWorkspaceMgr workspaces) {
    INDArray first = like(x, x.size(1), runs, workspaces, ArrayType.ACTIVATION_GRAD);
    return layer.directions() == null
        ? new Directions(null, List.of(first))
        : new Directions(
            Bidirectional.Mode.ADD,
            List.of(first, like(x, x.size(1), runs, workspaces, ArrayType.BP_WORKING_MEM)));
  }

  private static INDArray like(
      INDArray x, long width, List<Run> runs, LayerWorkspaceMgr workspaces, ArrayType type) {
    INDArray array = TimeMajor.create(workspaces, type, x.dataType(), x.size(0), width, x.size(2));
    long valid = runs.stream().mapToLong(Run::length).sum();
    if (valid < x.size(0) * x.size(2)) {
      NativeMemory.zero(array);
    }
    return array;
  }

  /** One entry a direction. */
  List<Sequences> sequences() {
    if (mode == Bidirectional.Mode.CONCAT) {
      Sequences both = Sequences.of(arrays.get(0));
      int half = both.width() / 2;
      return List.of(both.features(0, half), both.features(half, half));
    }
    return arrays.stream().map(Sequences::of).toList();
  }

  /** One entry a direction, of the steps {@code from} to {@code to - 1}. */
  List<Sequences> window(int from, int to) {
    return sequences().stream().map(sequences -> sequences.window(from, to)).toList();
  }

  /** One entry a direction, of the steps from {@code from} on. */
  List<Sequences> from(int from) {
    return window(from, (int) arrays.get(0).size(2));
  }

  /** The layer's output. */
  INDArray combine() {
    INDArray first = arrays.get(0);
    if (mode == Bidirectional.Mode.MUL) {
      factors = arrays.stream().map(array -> array.dup().detach()).toList();
      return first.muli(arrays.get(1));
    }
    return mode == Bidirectional.Mode.AVERAGE ? sum().muli(0.5) : sum();
  }

  /** The sum of the directions' arrays. */
  INDArray sum() {
    return arrays.size() == 1 ? arrays.get(0) : arrays.get(0).addi(arrays.get(1));
  }

  /**
   * The derivatives with respect to each direction's outputs.
   *
   * @param dOut derivative with respect to {@link #combine}
   */
  Directions split(INDArray dOut, LayerWorkspaceMgr workspaces) {
    if (mode == null || mode == Bidirectional.Mode.CONCAT) {
      return new Directions(mode, List.of(dOut));
    }
    return switch (mode) {
      case AVERAGE -> {
        INDArray half = copy(dOut, workspaces).muli(0.5);
        yield new Directions(mode, List.of(half, half));
      }
      case MUL ->
          new Directions(
              mode,
              List.of(
                  copy(dOut, workspaces).muli(factors.get(1)),
                  copy(dOut, workspaces).muli(factors.get(0))));
      default -> new Directions(mode, List.of(dOut, dOut));
    };
  }

  private static INDArray copy(INDArray array, LayerWorkspaceMgr workspaces) {
    return TimeMajor.create(
            workspaces,
            ArrayType.BP_WORKING_MEM,
            array.dataType(),
            array.size(0),
            array.size(1),
            array.size(2))
        .assign(array);
  }
}
