package dev.unroll.training.adversarial;

import dev.unroll.layers.RowSparse;
import dev.unroll.layers.memory.Copier;
import dev.unroll.layers.memory.NativeMemory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds up the gradients of several backward passes, each of which overwrites the one before it in
 * the network. Of the table of a {@link RowSparse} layer only rows that a pass touched are looked
 * at.
 */
final class GradientSum {
  private final List<Dense> dense = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();

  /**
   * A sum of nothing.
   *
   * @param network of type float, with room for gradients, as an optimizer makes it
   */
  GradientSum(ComputationGraph network) {
    for (Layer layer : network.getLayers()) {
      if (layer.numParams() == 0 || layer instanceof FrozenLayer) {
        continue;
      }
      INDArray gradient = layer.getGradientsViewArray();
      if (layer instanceof RowSparse sparse) {
        tables.add(new Table(sparse, gradient, layer.getParam(sparse.table()).columns()));
      } else {
        dense.add(new Dense(gradient));
      }
    }
  }

  /** Adds so many times what the network holds. */
  void add(double weight) {
    dense.forEach(part -> part.add((float) weight));
    tables.forEach(part -> part.add((float) weight));
  }

  /** Lets the network hold the sum, and begins a new one. */
  void moveToNetwork() {
    dense.forEach(Dense::move);
    tables.forEach(Table::move);
  }

  private static final class Dense {
    private final INDArray gradient;
    private final float[] sum;
    private final float[] part;

    Dense(INDArray gradient) {
      this.gradient = gradient;
      this.sum = new float[Math.toIntExact(gradient.length())];
      this.part = new float[sum.length];
    }

    void add(float weight) {
      NativeMemory.read(gradient, part, part.length);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight * part[i];
      }
    }

    void move() {
      NativeMemory.write(sum, gradient, sum.length);
      Arrays.fill(sum, 0);
    }
  }

  private static final class Table {
    private final RowSparse layer;
    private final INDArray gradient;
    private final int width;
    private final Map<Integer, float[]> rows = new TreeMap<>();

    Table(RowSparse layer, INDArray gradient, int width) {
      this.layer = layer;
      this.gradient = gradient;
      this.width = width;
    }

    void add(float weight) {
      float[] part = new float[width];
      Copier copier = new Copier();
      for (int row : layer.touchedRows()) {
        copier.read(address(row), part, width);
        float[] sum = rows.computeIfAbsent(row, none -> new float[width]);
        for (int i = 0; i < width; i++) {
          sum[i] += weight * part[i];
        }
      }
      Reference.reachabilityFence(gradient);
    }

    void move() {
      Copier copier = new Copier();
      rows.forEach((row, sum) -> copier.write(sum, address(row), width));
      Reference.reachabilityFence(gradient);
      layer.touchRows(rows.keySet().stream().mapToInt(row -> row).toArray());
      rows.clear();
    }

    private long address(int row) {
      return NativeMemory.address(gradient) + (long) row * width * Float.BYTES;
    }
  }
}
