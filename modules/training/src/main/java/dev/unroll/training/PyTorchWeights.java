package dev.unroll.training;

import dev.unroll.data.UserError;
import dev.unroll.data.tensors.Tensor;
import dev.unroll.data.tensors.TensorFile;
import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Recurrent;
import dev.unroll.layers.kernel.Cell;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Puts what PyTorch has learnt into the layers of a network, from a {@code state_dict} that was
 * saved as safetensors or by {@code numpy.savez}. Afterwards they compute what PyTorch's compute.
 *
 * <pre>
 *   nn.LSTM, nn.RNN        Lstm, SimpleRnn, in Bidirectional if it reads both ways
 *   nn.GRU                 Gru with resetAfter: the paper's resets before the product, and no
 *                          weights make one of the other
 *   nn.Embedding           WordEmbedding
 *   nn.Linear              SequenceProjection, SequenceSoftmax, and Deeplearning4j's layers of W and b
 * </pre>
 *
 * <p>Ours have the blocks of gates in another order, and one bias where PyTorch adds two:
 *
 * <pre>
 *   LSTM   ours  g f o i   PyTorch  i f g o
 *   GRU    ours  r u g     PyTorch  r z n      our u is its z
 * </pre>
 */
public final class PyTorchWeights {
  private final TensorFile file;

  /** Weights of a file, which has to be open as long as this is used. */
  public PyTorchWeights(TensorFile file) {
    this.file = file;
  }

  /**
   * Fills a recurrent layer.
   *
   * @param layer of a network
   * @param module the name that PyTorch's layer has in its model; empty for a model that is nothing
   *     else
   * @param level which of its {@code num_layers}, from 0
   * @throws UserError if there are no such weights, they are of other sizes, or of another cell
   */
  public void recurrent(Layer layer, String module, int level) {
    if (!(layer.conf().getLayer() instanceof Recurrent ours)) {
      throw new IllegalArgumentException(layer.conf().getLayer() + " is not recurrent");
    }
    if (ours.cell() == Cell.GRU) {
      throw UserError.usage(
          "nn.GRU resets after the product, and the layer before it, which no weights can mend;"
              + " make it with resetAfter(true), or cell = gru-reset-after");
    }
    String suffix = "_l" + level;
    String projected = name(module, "weight_hr" + suffix);
    if (file.names().contains(projected)) {
      throw UserError.data(
          file.path(), "'%s' projects the hidden state, which ours do not".formatted(projected));
    }
    if (ours instanceof Bidirectional) {
      fill(layer, "f", ours.cell(), module, suffix);
      fill(layer, "b", ours.cell(), module, suffix + "_reverse");
      return;
    }
    if (file.names().contains(name(module, "weight_ih" + suffix + "_reverse"))) {
      throw UserError.data(
          file.path(),
          "'%s' reads both ways, and the layer one; make it Bidirectional".formatted(module));
    }
    fill(layer, "", ours.cell(), module, suffix);
  }

  private void fill(Layer layer, String prefix, Cell cell, String module, String suffix) {
    for (String[] pair : new String[][] {{"W", "weight_ih"}, {"RW", "weight_hh"}}) {
      INDArray matrix = layer.getParam(prefix + pair[0]);
      int hidden = Math.toIntExact(matrix.size(1)) / cell.gates();
      String name = name(module, pair[1] + suffix);
      float[] rows = read(name, matrix.size(1), matrix.size(0));
      int block = hidden * Math.toIntExact(matrix.size(0));
      matrix.assign(matrix(reordered(rows, block, cell), matrix.size(1)).transpose());
    }
    INDArray bias = layer.getParam(prefix + "b");
    int hidden = Math.toIntExact(bias.length()) / cell.biases();
    float[] input = bias(module, "bias_ih" + suffix, hidden, cell);
    float[] recurrent = bias(module, "bias_hh" + suffix, hidden, cell);
    float[] sum = Arrays.copyOf(input, hidden * cell.biases());
    // The candidate's recurrent bias, if it is apart, stands behind the blocks of all gates.
    int together = hidden * (2 * cell.gates() - cell.biases());
    for (int i = 0; i < together; i++) {
      sum[i] += recurrent[i];
    }
    System.arraycopy(recurrent, together, sum, input.length, sum.length - input.length);
    bias.assign(Nd4j.createFromArray(sum).reshape(bias.shape()));
  }

  /** A bias by our blocks; zeros if PyTorch's layer has none. */
  private float[] bias(String module, String key, int hidden, Cell cell) {
    String name = name(module, key);
    return file.names().contains(name)
        ? reordered(read(name, (long) hidden * cell.gates()), hidden, cell)
        : new float[hidden * cell.gates()];
  }

  private static float[] reordered(float[] theirs, int block, Cell cell) {
    List<Integer> order =
        switch (cell) {
          case LSTM -> List.of(2, 1, 3, 0);
          case GRU, GRU_RESET_AFTER -> List.of(0, 1, 2);
          case TANH -> List.of(0);
        };
    float[] ours = new float[theirs.length];
    for (int i = 0; i < order.size(); i++) {
      System.arraycopy(theirs, order.get(i) * block, ours, i * block, block);
    }
    return ours;
  }

  /**
   * Fills an embedding: row {@code i} is the vector of symbol {@code i} on both sides.
   *
   * @throws UserError if there are no such weights, or they are of other sizes
   */
  public void embedding(Layer layer, String module) {
    INDArray table = layer.getParam("W");
    table.assign(matrix(read(name(module, "weight"), table.size(0), table.size(1)), table.size(0)));
  }

  /**
   * Fills a layer of {@code W [in, out]} and {@code b}.
   *
   * @throws UserError if there are no such weights, or they are of other sizes
   */
  public void linear(Layer layer, String module) {
    INDArray weights = layer.getParam("W");
    float[] rows = read(name(module, "weight"), weights.size(1), weights.size(0));
    weights.assign(matrix(rows, weights.size(1)).transpose());
    INDArray bias = layer.getParam("b");
    String name = name(module, "bias");
    if (file.names().contains(name)) {
      bias.assign(Nd4j.createFromArray(read(name, bias.length())).reshape(bias.shape()));
    } else {
      bias.assign(0);
    }
  }

  private static INDArray matrix(float[] rows, long count) {
    return Nd4j.createFromArray(rows).reshape('c', count, rows.length / count);
  }

  private static String name(String module, String key) {
    return module.isEmpty() ? key : module + "." + key;
  }

  private float[] read(String name, long... shape) {
    Tensor tensor = file.read(name);
    long[] found = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
    if (!Arrays.equals(found, shape)) {
      throw UserError.data(
          file.path(),
          "array '%s' is %s, and the layer takes %s; make the layer as PyTorch's is"
              .formatted(name, tensor.shape(), Arrays.toString(shape)));
    }
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        throw UserError.data(file.path(), "array '" + name + "' has a value that is not finite");
      }
    }
    return tensor.values();
  }
}
