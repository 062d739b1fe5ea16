package dev.unroll.layers;

import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Copier;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.TimeMajor;
import java.lang.ref.Reference;
import java.util.Arrays;
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

  /** The id at step {@code t} of example {@code b} is element {@code t * batch + b}. */
  private int[] ids = new int[0];

  /** Whose table this reads; itself unless it is tied. */
  private transient WordEmbeddingLayer owner;

  /** Of the table, if it is its own. */
  private transient TableGradient sum;

  /** Null as long as nobody asked for it. */
  private transient VectorProbe probe;

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
    INDArray table = vectors();
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

  /** What moves the vectors in training and sees their derivatives; always the same. */
  public VectorProbe probe() {
    if (probe == null) {
      probe = new VectorProbe(Math.toIntExact(layerConf().getNOut()));
    }
    return probe;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    long batch = input.size(0);
    long time = input.size(input.rank() - 1);
    ids = WordIds.read(input, maskArray, layerConf().getNIn());
    owner().sum().begin();
    INDArray table = vectors();
    INDArray output =
        TimeMajor.create(
            workspaces, ArrayType.ACTIVATIONS, table.dataType(), batch, table.columns(), time);
    long bytes = table.columns() * (long) table.dataType().width();
    long from = NativeMemory.address(table);
    long to = NativeMemory.address(output);
    Copier copier = new Copier();
    Address nothing = new Address();
    for (int position = 0; position < ids.length; position++) {
      if (ids[position] == WordIds.PADDING) {
        Pointer.memset(nothing.at(to + position * bytes), 0, bytes);
      } else {
        copier.copy(from + ids[position] * bytes, to + position * bytes, Math.toIntExact(bytes));
      }
    }
    Reference.reachabilityFence(output);
    if (training && probe != null) {
      probe.forward(output, ids);
    }
    return output;
  }

  /** Returns no gradient for the input: ids have none. */
  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray epsilons = TimeMajor.of(epsilon, workspaces, ArrayType.BP_WORKING_MEM);
    owner().sum().add(this, ids, epsilons, layerConf().isFrozen());
    if (probe != null) {
      probe.backward(epsilons);
    }
    Gradient result = new DefaultGradient();
    if (layerConf().getTiedTo() == null) {
      result.setGradientFor(table(), gradientViewOfTable(), 'c');
    }
    return new Pair<>(result, null);
  }

  /** The name of the layer whose table this reads, or null. */
  String tiedTo() {
    return layerConf().getTiedTo();
  }

  /** Reads the table of another; see {@link TiedWeights}. */
  void tie(WordEmbeddingLayer other) {
    other.requireUse();
    WordEmbedding own = layerConf();
    WordEmbedding its = other.layerConf();
    if (own.getNIn() != its.getNIn() || own.getNOut() != its.getNOut()) {
      throw new IllegalArgumentException(
          "a table [%d, %d] cannot be that of \"%s\", which is [%d, %d] %s"
              .formatted(
                  own.getNIn(), own.getNOut(), tiedTo(), its.getNIn(), its.getNOut(), layerId()));
    }
    owner = other;
  }

  /** A softmax has the table for its weights; see {@link TiedWeights}. */
  void shareTable() {
    requireUse();
    sum().isWritten();
  }

  private void requireUse() {
    if (layerConf().isFrozen()) {
      throw new IllegalArgumentException("a frozen table cannot be tied " + layerId());
    }
  }

  private WordEmbeddingLayer owner() {
    if (tiedTo() == null) {
      return this;
    }
    if (owner == null) {
      throw new IllegalStateException(
          "the table is that of layer \"%s\": call TiedWeights.connect(network) first %s"
              .formatted(tiedTo(), layerId()));
    }
    return owner;
  }

  private TableGradient sum() {
    if (sum == null) { // a layer that was read from a stream
      sum = new TableGradient();
    }
    return sum;
  }

  /** The table that is read, {@code [nIn, nOut]} and 'c', whoever it belongs to. */
  INDArray vectors() {
    return owner().getParam(table());
  }

  @Override
  public String table() {
    return DefaultParamInitializer.WEIGHT_KEY;
  }

  @Override
  public int[] touchedRows() {
    return owner().sum().touchedRows();
  }

  @Override
  public void touchRows(int[] rows) {
    owner().sum().touch(rows);
  }

  @Override
  public void clearTouchedRows() {
    owner().sum().clearTouchedRows();
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray gradients) {
    super.setBackpropGradientsViewArray(gradients);
    sum().lie(gradientViewOfTable());
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

  private static FloatPointer rowOf(FloatPointer table, long row, int width) {
    return table.position(row * width);
  }
}
