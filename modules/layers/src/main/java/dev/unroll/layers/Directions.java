package dev.unroll.layers;

import dev.unroll.layers.kernel.Run;
import dev.unroll.layers.kernel.Sequences;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.TimeMajor;
import java.util.List;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays of a layer's one or two directions. */
final class Directions {

  private Directions() {}

  /** Room for {@code width} features of each step of {@code x}; zero where nothing is valid. */
  static INDArray create(
      INDArray x, long width, List<Run> runs, LayerWorkspaceMgr workspaces, ArrayType type) {
    INDArray array = TimeMajor.create(workspaces, type, x.dataType(), x.size(0), width, x.size(2));
    long valid = runs.stream().mapToLong(Run::length).sum();
    if (valid < x.size(0) * x.size(2)) {
      NativeMemory.zero(array);
    }
    return array;
  }

  /** One entry a direction, of an array that has their features side by side. */
  static List<Sequences> split(INDArray array, int directions) {
    Sequences all = Sequences.of(array);
    int half = all.width() / 2;
    return directions == 1
        ? List.of(all)
        : List.of(all.features(0, half), all.features(half, half));
  }
}
