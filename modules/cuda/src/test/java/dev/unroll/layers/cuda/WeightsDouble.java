package dev.unroll.layers.cuda;

import java.util.function.IntUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The weight space, which is opaque, as cuDNN's is: biases first, from the last gate of the last
 * pseudo-layer to the first, and gaps between the blocks.
 */
final class WeightsDouble {
  private static final int GAP = 24;

  private final FakeMemory memory;
  private final RnnShape shape;
  private final DataType type;
  private final IntUnaryOperator named;
  private final int gates;

  /**
   * A space.
   *
   * @param named the gate whose bias is named in place of a gate's
   */
  WeightsDouble(FakeMemory memory, RnnShape shape, DataType type, IntUnaryOperator named) {
    this.memory = memory;
    this.shape = shape;
    this.type = type;
    this.named = named;
    gates = 2 * shape.first().cell().gates();
  }

  private long biasBytes() {
    return (long) shape.hidden() * type.width() + GAP;
  }

  private int columns(int pseudoLayer, int gate) {
    return 2 * gate < gates ? shape.cell(pseudoLayer).inputs() : shape.hidden();
  }

  /** What is said to be the bias of a gate. */
  Cudnn.Block named(int pseudoLayer, int gate) {
    return bias(pseudoLayer, named.applyAsInt(gate));
  }

  private Cudnn.Block bias(int pseudoLayer, int gate) {
    int behind = shape.pseudoLayers() * gates - 1 - (pseudoLayer * gates + gate);
    return new Cudnn.Block(GAP + behind * biasBytes(), shape.hidden());
  }

  Cudnn.Block matrix(int pseudoLayer, int gate) {
    long offset = GAP + shape.pseudoLayers() * gates * biasBytes();
    for (int before = 0; before < pseudoLayer * gates + gate; before++) {
      int width = columns(before / gates, before % gates);
      offset += (long) shape.hidden() * width * type.width() + GAP;
    }
    return new Cudnn.Block(offset, (long) shape.hidden() * columns(pseudoLayer, gate));
  }

  long bytes() {
    Cudnn.Block last = matrix(shape.pseudoLayers() - 1, gates - 1);
    return last.offset() + last.values() * type.width() + GAP;
  }

  /** Has a cell compute with the weights at an address. */
  void load(CellDouble cell, long weights, int pseudoLayer) {
    cell.weights(matrices(weights, pseudoLayer), biases(weights, pseudoLayer));
  }

  private double[][] matrices(long weights, int pseudoLayer) {
    double[][] matrices = new double[gates][];
    for (int gate = 0; gate < gates; gate++) {
      matrices[gate] = numbers(weights, matrix(pseudoLayer, gate));
    }
    return matrices;
  }

  private double[][] biases(long weights, int pseudoLayer) {
    double[][] biases = new double[gates][];
    for (int gate = 0; gate < gates; gate++) {
      biases[gate] = numbers(weights, bias(pseudoLayer, gate));
    }
    return biases;
  }

  private double[] numbers(long weights, Cudnn.Block block) {
    return memory.numbers(weights + block.offset(), (int) block.values(), type);
  }

  /** The derivatives of a pseudo-layer's weights, to which steps are added. */
  Sums sums(CellDouble cell, long gradient, int pseudoLayer) {
    return new Sums(cell, gradient, pseudoLayer);
  }

  /** Derivatives of weights. */
  final class Sums {
    private final CellDouble cell;
    private final long gradient;
    private final int pseudoLayer;
    private final double[][] matrices;
    private final double[][] biases;

    private Sums(CellDouble cell, long gradient, int pseudoLayer) {
      this.cell = cell;
      this.gradient = gradient;
      this.pseudoLayer = pseudoLayer;
      matrices = matrices(gradient, pseudoLayer);
      biases = biases(gradient, pseudoLayer);
    }

    /**
     * Adds those of a step.
     *
     * @param d what reached the gates
     * @param x the input
     * @param h the state before
     */
    void add(double[] d, double[] x, double[] h) {
      for (int gate = 0; gate < gates; gate++) {
        double[] read = 2 * gate < gates ? x : h;
        for (int j = 0; j < shape.hidden(); j++) {
          double delta = d[gate * shape.hidden() + j];
          biases[gate][j] += delta;
          for (int k = 0; k < read.length; k++) {
            matrices[gate][j * read.length + k] += cell.factor(delta) * cell.factor(read[k]);
          }
        }
      }
    }

    void write() {
      for (int gate = 0; gate < gates; gate++) {
        memory.set(gradient + matrix(pseudoLayer, gate).offset(), matrices[gate], type);
        memory.set(gradient + bias(pseudoLayer, gate).offset(), biases[gate], type);
      }
    }
  }
}
