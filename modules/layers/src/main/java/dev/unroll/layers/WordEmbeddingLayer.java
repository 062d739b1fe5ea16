package dev.unroll.layers;

import dev.unroll.layers.memory.Masks;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.TimeMajor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Computes {@link WordEmbedding}. */
public final class WordEmbeddingLayer extends BaseLayer<WordEmbedding> implements RowSparse {
  private static final long serialVersionUID = 1L;
  private static final int PADDING = -1;

  /** The id at step {@code t} of example {@code b} is element {@code t * batch + b}. */
  private int[] ids = new int[0];

  private int[] touched = new int[0];

  /** Whether every row of the gradient but the touched ones is known to be zero. */
  private boolean clearElsewhere;

  /** Whether another layer has written its part of the gradient, of every row, before this one. */
  private boolean shared;

  WordEmbeddingLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  /**
   * Sets the vector of a word, for example to a pretrained one.
   *
   * @param id the word's row, from 0
   * @param vector {@code nOut} numbers
   */
  public void setVector(int id, float[] vector) {
    INDArray table = getParam(table());
    if (id < 0 || id >= table.rows() || vector.length != table.columns()) {
      throw new IllegalArgumentException(
          "row "
              + id
              + " of "
              + vector.length
              + " numbers does not fit a table "
              + Arrays.toString(table.shape()));
    }
    if (dataType == DataType.FLOAT) {
      rowOf(NativeMemory.floats(table), id, vector.length).put(vector);
    } else {
      table.getRow(id).assign(Nd4j.createFromArray(vector));
    }
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    long batch = input.size(0);
    long time = input.size(input.rank() - 1);
    ids = readIds(batch, time);
    INDArray table = getParam(table());
    INDArray output =
        TimeMajor.create(
            workspaces, ArrayType.ACTIVATIONS, table.dataType(), batch, table.columns(), time);
    long bytes = table.columns() * (long) table.dataType().width();
    try (BytePointer rows = new BytePointer(table.data().addressPointer());
        BytePointer vectors = new BytePointer(output.data().addressPointer())) {
      for (int position = 0; position < ids.length; position++) {
        vectors.position(position * bytes);
        if (ids[position] == PADDING) {
          Pointer.memset(vectors, 0, bytes);
        } else {
          Pointer.memcpy(vectors, rows.position(ids[position] * bytes), bytes);
        }
      }
    }
    return output;
  }

  /** Returns no gradient for the input: ids have none. */
  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray gradient = gradientViews.get(table());
    if (!shared) {
      if (clearElsewhere) {
        clearTouchedRows();
      } else {
        NativeMemory.zero(gradient);
      }
    }
    clearElsewhere = false;
    touched = new int[0];
    if (!layerConf().isFrozen()) {
      INDArray epsilons = TimeMajor.of(epsilon, workspaces, ArrayType.BP_WORKING_MEM);
      Occurrences occurrences = Occurrences.of(ids);
      if (gradient.dataType() == DataType.FLOAT) {
        gather(occurrences, epsilons, gradient);
      } else {
        gatherSlowly(occurrences, epsilons, gradient);
      }
      touched = shared ? IntStream.range(0, gradient.rows()).toArray() : occurrences.rows();
    }
    Gradient result = new DefaultGradient();
    result.setGradientFor(table(), gradient, 'c');
    return new Pair<>(result, null);
  }

  /** Adds to the gradient. */
  private static void gather(Occurrences occurrences, INDArray epsilons, INDArray gradient) {
    int width = gradient.columns();
    float[] epsilon = new float[width];
    float[] sum = new float[width];
    FloatPointer from = NativeMemory.floats(epsilons);
    FloatPointer to = NativeMemory.floats(gradient);
    for (int row = 0; row < occurrences.rows().length; row++) {
      rowOf(to, occurrences.rows()[row], width).get(sum);
      for (int k = occurrences.start(row); k < occurrences.start(row + 1); k++) {
        rowOf(from, occurrences.position(k), width).get(epsilon);
        for (int i = 0; i < width; i++) {
          sum[i] += epsilon[i];
        }
      }
      rowOf(to, occurrences.rows()[row], width).put(sum);
    }
  }

  /** For networks of other types than float, which are there to be checked, not to be fast. */
  private static void gatherSlowly(Occurrences occurrences, INDArray epsilons, INDArray gradient) {
    INDArray all = epsilons.permute(2, 0, 1).reshape('c', -1, gradient.columns());
    for (int row = 0; row < occurrences.rows().length; row++) {
      for (int k = occurrences.start(row); k < occurrences.start(row + 1); k++) {
        gradient.getRow(occurrences.rows()[row]).addi(all.getRow(occurrences.position(k)));
      }
    }
  }

  /** See {@link TiedWeights}. */
  void shareTable() {
    if (layerConf().isFrozen()) {
      throw new IllegalArgumentException("a frozen table cannot be tied " + layerId());
    }
    shared = true;
  }

  @Override
  public String table() {
    return DefaultParamInitializer.WEIGHT_KEY;
  }

  @Override
  public int[] touchedRows() {
    return touched;
  }

  @Override
  public void clearTouchedRows() {
    INDArray gradient = gradientViews.get(table());
    long bytes = gradient.columns() * (long) gradient.dataType().width();
    try (BytePointer rows = new BytePointer(gradient.data().addressPointer())) {
      for (int row : touched) {
        Pointer.memset(rows.position(row * bytes), 0, bytes);
      }
    }
    touched = new int[0];
    clearElsewhere = true;
  }

  /** The layer as {@link Stepper} uses it. */
  EmbeddingSteps steps() {
    return new EmbeddingSteps(getParam(table()));
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray gradients) {
    super.setBackpropGradientsViewArray(gradients);
    touched = new int[0];
    clearElsewhere = false;
  }

  /** As the flat array lies, which is by rows here and not by columns as elsewhere. */
  @Override
  protected void setParams(INDArray parameters, char order) {
    super.setParams(parameters, 'c');
  }

  @Override
  public boolean hasBias() {
    return false;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public Type type() {
    return Type.RECURRENT;
  }

  /** The gradient of the table, {@code [nIn, nOut]}, 'c'. */
  INDArray gradientViewOfTable() {
    return gradientViews.get(table());
  }

  private int[] readIds(long batch, long time) {
    boolean shaped = input.rank() == 2 || (input.rank() == 3 && input.size(1) == 1);
    if (!shaped) {
      throw new IllegalArgumentException(
          "word ids are [batch, 1, time] or [batch, time], got " + Arrays.toString(input.shape()));
    }
    float[] values = Masks.timeMajor(input.reshape(batch, time), batch, time);
    float[] mask = Masks.timeMajor(maskArray, batch, time);
    long words = layerConf().getNIn();
    int[] read = new int[values.length];
    for (int i = 0; i < read.length; i++) {
      if (mask != null && mask[i] == 0) {
        read[i] = PADDING;
        continue;
      }
      read[i] = (int) values[i];
      if (!(values[i] >= 0 && values[i] < words && read[i] == values[i])) {
        throw new IllegalArgumentException(
            "word id "
                + values[i]
                + " at step "
                + i / batch
                + " of example "
                + i % batch
                + " of the batch: ids are whole numbers from 0 to "
                + (words - 1));
      }
    }
    return read;
  }

  private static FloatPointer rowOf(FloatPointer table, long row, int width) {
    return table.position(row * width);
  }
}
