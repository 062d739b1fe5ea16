package dev.unroll.training.cuda;

import dev.unroll.layers.Occurrences;
import dev.unroll.layers.WordIds;
import dev.unroll.layers.cuda.Cudnn;
import dev.unroll.layers.cuda.DeviceMemory;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.training.AdamMoments;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A table of vectors, of which a step touches some rows: their gradient is all that there is of
 * one, and the moments of the other rows rest.
 */
final class EmbeddingPart implements Part.OfInput {
  private final Context context;
  private final String input;
  private final INDArray table;
  private final int number;
  private final AdamMoments moments;
  private final int width;
  private final DeviceMemory values;
  private final DeviceMemory mean;
  private final DeviceMemory square;

  /** The rows that have moments. */
  private final BitSet touched = new BitSet();

  private Lengths lengths;
  private int steps;
  private int batch;
  private Parcel.Item ids;
  private int rowCount;
  private Parcel.Item rows;
  private Parcel.Item starts;
  private Parcel.Item positions;
  private int[] rowNumbers;
  private long gradient;

  /**
   * A layer.
   *
   * @param input the name of the input of the network that it reads
   * @param table its vectors; not trained if it has no moments
   */
  EmbeddingPart(Context context, String input, ParameterSpace.Trained table) {
    this.context = context;
    this.input = input;
    this.table = table.array();
    number = table.number();
    moments = table.moments();
    width = Math.toIntExact(this.table.size(1));
    values = room();
    mean = moments == null ? null : room();
    square = moments == null ? null : room();
  }

  private DeviceMemory room() {
    return new DeviceMemory(context.gpu.cudnn()).reserve(bytes());
  }

  private long bytes() {
    return table.length() * Float.BYTES;
  }

  /** Sends values and moments to the device. */
  void read() {
    Cudnn cudnn = context.gpu.cudnn();
    cudnn.upload(NativeMemory.floats(table), values.address(), bytes());
    if (moments != null) {
      touched.clear();
      for (int row = 0; row < moments.rows(); row++) {
        touched.set(row, moments.mean(row) != null);
      }
      send(moments::mean, mean);
      send(moments::square, square);
    }
  }

  private void send(IntFunction<float[]> rowsOf, DeviceMemory to) {
    Cudnn cudnn = context.gpu.cudnn();
    if (touched.isEmpty()) {
      cudnn.clear(to.address(), bytes());
      return;
    }
    float[] rest = new float[width];
    try (FloatPointer staging = new FloatPointer(table.length())) {
      for (int row = 0; row < table.size(0); row++) {
        float[] some = touched.get(row) ? rowsOf.apply(row) : rest;
        staging.position((long) row * width).put(some, 0, width);
      }
      cudnn.upload(staging.position(0), to.address(), bytes());
    }
  }

  void writeValues() {
    if (moments != null) {
      context.gpu.cudnn().download(values.address(), NativeMemory.floats(table), bytes());
    }
  }

  void writeMoments() {
    if (moments == null || touched.isEmpty()) {
      return;
    }
    Cudnn cudnn = context.gpu.cudnn();
    float[] m = new float[width];
    float[] v = new float[width];
    try (FloatPointer means = new FloatPointer(table.length());
        FloatPointer squares = new FloatPointer(table.length())) {
      cudnn.download(mean.address(), means, bytes());
      cudnn.download(square.address(), squares, bytes());
      for (int row = touched.nextSetBit(0); row >= 0; row = touched.nextSetBit(row + 1)) {
        means.position((long) row * width).get(m, 0, width);
        squares.position((long) row * width).get(v, 0, width);
        moments.set(row, m, v);
      }
      means.position(0);
      squares.position(0);
    }
  }

  @Override
  public boolean prepare(DeviceBatch data, List<Lengths> below) {
    lengths = data.lengths(input).orElse(null);
    if (lengths == null) {
      return false;
    }
    steps = data.steps(input);
    batch = lengths.batch();
    int[] read = WordIds.read(data.features(input), data.featureMask(input), table.size(0));
    ids = context.parcel.add(read);
    if (moments != null) {
      Occurrences occurrences = Occurrences.of(read);
      rowNumbers = occurrences.rows();
      rowCount = rowNumbers.length;
      rows = context.parcel.add(rowNumbers);
      starts = context.parcel.add(occurrences.starts());
      positions = context.parcel.add(occurrences.positions());
    }
    return true;
  }

  @Override
  public Lengths lengths(List<Lengths> below) {
    return lengths;
  }

  @Override
  public Tensor forward(List<Tensor> below) {
    Tensor out = context.arena.take(new Tensor(0, steps, batch, width, lengths), width);
    context.operations.gather(values.address(), ids.address(), out.address(), out.rows(), width);
    return out;
  }

  @Override
  public List<Tensor> backward(Tensor outer) {
    if (moments != null) {
      gradient = context.arena.take((long) rowCount * width * Float.BYTES);
      context.operations.sumRows(
          outer.address(), starts.address(), positions.address(), gradient, rowCount, width);
    }
    return Collections.singletonList(null);
  }

  /** How many partial sums {@link #squares} writes. */
  int partials() {
    return moments == null ? 0 : Operations.blocks(rowCount * width);
  }

  void squares(long partials) {
    context.operations.squaresOf(gradient, rowCount * width, partials);
  }

  int number() {
    return number;
  }

  boolean trained() {
    return moments != null;
  }

  void update(long rules, long sum, AdamScalars scalars) {
    context.operations.adamRows(
        values.address(),
        gradient,
        mean.address(),
        square.address(),
        rows.address(),
        rowCount,
        width,
        rules,
        number,
        sum,
        scalars);
  }

  /** The rows of the last step have moments now. */
  void updated() {
    for (int row : rowNumbers) {
      touched.set(row);
    }
  }

  /** Fetches the gradient of the last step; see {@link ParameterSpace#gradient}. */
  void gradient(Function<AdamMoments, float[]> room) {
    float[] all = room.apply(moments);
    try (FloatPointer staging = new FloatPointer((long) rowCount * width)) {
      context.gpu.cudnn().download(gradient, staging, (long) rowCount * width * Float.BYTES);
      for (int k = 0; k < rowCount; k++) {
        staging.position((long) k * width).get(all, rowNumbers[k] * width, width);
      }
      staging.position(0);
    }
  }

  @Override
  public void close() {
    values.free();
    if (moments != null) {
      mean.free();
      square.free();
    }
  }
}
