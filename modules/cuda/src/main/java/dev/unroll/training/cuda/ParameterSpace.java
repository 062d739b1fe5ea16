package dev.unroll.training.cuda;

import dev.unroll.layers.cuda.Cudnn;
import dev.unroll.layers.cuda.DeviceMemory;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.training.AdamMoments;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters on the device, all in one piece, and beside each its gradient and the moments of
 * Adam. How a block lies is its layer's affair, such as cuDNN's weight space, which has gaps and
 * biases that we have not; what of it is a parameter of the network, pieces say.
 *
 * <pre>
 *   network     W candidate | forget | output | input,   RW …,   b …
 *   weight space       input, forget, candidate, output  W, RW, b, and gaps
 * </pre>
 */
final class ParameterSpace {
  /** Where blocks begin, in floats: what cuDNN is content with. */
  private static final int ALIGNMENT = 64;

  private final Cudnn cudnn;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<DeviceMemory> memories = new ArrayList<>();
  private long length;
  private DeviceMemory values;
  private DeviceMemory gradient;
  private DeviceMemory mean;
  private DeviceMemory square;
  private DeviceMemory chunks;
  private int chunkCount;

  /**
   * A stretch that is the same here and there.
   *
   * @param array of the network
   * @param there where it begins in that array
   * @param here where it begins on the device
   * @param number of the parameter in the optimizer
   * @param moments null if it is not trained
   */
  private record Piece(
      INDArray array, long there, long here, int length, int number, AdamMoments moments) {}

  /** A part of the space; it has addresses once the space is allocated. */
  final class Block {
    private final long offset;

    private Block(long offset) {
      this.offset = offset;
    }

    /**
     * Says what a stretch of the block is.
     *
     * @param array of the network, whose memory is one piece
     * @param there where the stretch begins in the array, in floats
     * @param here where it begins in the block
     */
    void holds(Trained parameter, long there, long here, long floats) {
      pieces.add(
          new Piece(
              parameter.array(),
              there,
              offset + here,
              Math.toIntExact(floats),
              parameter.number(),
              parameter.moments()));
    }

    long values() {
      return values.address() + offset * Float.BYTES;
    }

    long gradient() {
      return gradient.address() + offset * Float.BYTES;
    }
  }

  /**
   * A parameter of the network.
   *
   * @param array its values, in one piece
   * @param number in the optimizer; -1 if it is not trained
   * @param moments null if it is not trained
   */
  record Trained(INDArray array, int number, AdamMoments moments) {}

  ParameterSpace(Cudnn cudnn) {
    this.cudnn = cudnn;
  }

  /** A block of so many floats, before the space is allocated. */
  Block block(long floats) {
    Block block = new Block(length);
    length += (floats + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return block;
  }

  /** Takes the room, and fills it from the network and the optimizer. */
  void allocate() {
    values = memory(length);
    gradient = memory(length);
    mean = memory(length);
    square = memory(length);
    int[] table = chunkTable();
    chunkCount = table.length / 3;
    chunks = new DeviceMemory(cudnn).reserve(Math.max(1, table.length) * (long) Integer.BYTES);
    memories.add(chunks);
    if (chunkCount > 0) {
      try (IntPointer numbers = new IntPointer(table)) {
        cudnn.upload(numbers, chunks.address(), table.length * (long) Integer.BYTES);
      }
    }
    read();
  }

  private DeviceMemory memory(long floats) {
    DeviceMemory memory = new DeviceMemory(cudnn).reserve(Math.max(1, floats) * Float.BYTES);
    memories.add(memory);
    cudnn.clear(memory.address(), Math.max(1, floats) * Float.BYTES);
    return memory;
  }

  private int[] chunkTable() {
    List<Integer> table = new ArrayList<>();
    for (Piece piece : pieces) {
      for (int from = 0; piece.moments != null && from < piece.length; from += Operations.CHUNK) {
        table.add(Math.toIntExact(piece.here + from));
        table.add(Math.min(Operations.CHUNK, piece.length - from));
        table.add(piece.number);
      }
    }
    return table.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Sends values and moments to the device. */
  void read() {
    for (Piece piece : pieces) {
      cudnn.upload(there(piece), at(values, piece), bytes(piece));
      if (piece.moments != null) {
        send(piece.moments.mean(0), piece, mean);
        send(piece.moments.square(0), piece, square);
      }
    }
  }

  private void send(float[] moments, Piece piece, DeviceMemory to) {
    try (FloatPointer staging = new FloatPointer(piece.length)) {
      staging.put(moments, (int) piece.there, piece.length);
      cudnn.upload(staging, at(to, piece), bytes(piece));
    }
  }

  /** Brings the values of the network up to date. */
  void writeValues() {
    for (Piece piece : pieces) {
      if (piece.moments != null) {
        cudnn.download(at(values, piece), there(piece), bytes(piece));
      }
    }
  }

  /** Brings the moments of the optimizer up to date. */
  void writeMoments() {
    for (Piece piece : pieces) {
      if (piece.moments != null) {
        fetch(piece, mean, piece.moments.mean(0));
        fetch(piece, square, piece.moments.square(0));
      }
    }
  }

  /**
   * Fetches the gradient of the last step.
   *
   * @param room where that of a parameter goes, in the order of its values
   */
  void gradient(Function<AdamMoments, float[]> room) {
    for (Piece piece : pieces) {
      if (piece.moments != null) {
        fetch(piece, gradient, room.apply(piece.moments));
      }
    }
  }

  private void fetch(Piece piece, DeviceMemory from, float[] to) {
    try (FloatPointer staging = new FloatPointer(piece.length)) {
      cudnn.download(at(from, piece), staging, bytes(piece));
      staging.get(to, (int) piece.there, piece.length);
    }
  }

  private static Pointer there(Piece piece) {
    return NativeMemory.floats(piece.array).getPointer(piece.there);
  }

  private static long at(DeviceMemory memory, Piece piece) {
    return memory.address() + piece.here * Float.BYTES;
  }

  private static long bytes(Piece piece) {
    return (long) piece.length * Float.BYTES;
  }

  /** Makes the whole gradient 0. */
  void clearGradient() {
    cudnn.clear(gradient.address(), Math.max(1, length) * Float.BYTES);
  }

  /** What {@link Operations#squares} and {@link Operations#adam} go through. */
  int chunkCount() {
    return chunkCount;
  }

  /** Sums the squares of the gradient, one a chunk. */
  void squares(Operations operations, long included, long partials) {
    operations.squares(gradient.address(), chunks.address(), chunkCount, included, partials);
  }

  /** Updates all that is trained. */
  void update(Operations operations, long rules, long sum, AdamScalars scalars) {
    operations.adam(
        values.address(),
        gradient.address(),
        mean.address(),
        square.address(),
        chunks.address(),
        chunkCount,
        rules,
        sum,
        scalars);
  }

  void close() {
    memories.forEach(DeviceMemory::free);
  }
}
