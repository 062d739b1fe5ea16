package dev.unroll.embeddings;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/**
 * What is trained: one input row a word (and an n-gram, if there are any), one output row a word or
 * fork of the tree, each {@code stride} floats long of which the first {@code dimensions} count.
 * Offsets are indices of floats: {@code row · stride}.
 */
final class Weights {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Bytes read or written at once. */
  private static final int CHUNK = 1 << 16;

  final int dimensions;
  final int stride;
  final float[] input;
  final float[] output;

  private Weights(int dimensions, int stride, float[] input, float[] output) {
    this.dimensions = dimensions;
    this.stride = stride;
    this.input = input;
    this.output = output;
  }

  /** Input uniform in ±1/(2·dimensions), output zero, as in word2vec. */
  static Weights random(int inputRows, int outputRows, int dimensions, int stride, long seed) {
    Weights weights =
        new Weights(dimensions, stride, allocate(inputRows, stride), allocate(outputRows, stride));
    SplittableRandom random = new SplittableRandom(seed);
    for (int row = 0; row < inputRows; row++) {
      for (int d = 0; d < dimensions; d++) {
        weights.input[row * stride + d] = (float) ((random.nextDouble() - 0.5) / dimensions);
      }
    }
    return weights;
  }

  /** Writes a matrix as little-endian floats, {@code [rows, dimensions]}. */
  void write(float[] matrix, OutputStream out) throws IOException {
    ByteBuffer chunk = chunk();
    FloatBuffer floats = chunk.asFloatBuffer();
    for (int row = 0; row < matrix.length; ) {
      floats.clear();
      for (; row < matrix.length && floats.remaining() >= dimensions; row += stride) {
        floats.put(matrix, row, dimensions);
      }
      out.write(chunk.array(), 0, floats.position() * Float.BYTES);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is shorter or longer, or holds a value that is not finite
   */
  void read(float[] matrix, InputStream in) throws IOException {
    ByteBuffer chunk = chunk();
    int rowBytes = dimensions * Float.BYTES;
    for (int row = 0; row < matrix.length; ) {
      long left = (long) ((matrix.length - row) / stride) * rowBytes;
      int length = (int) Math.min(left, chunk.capacity() / rowBytes * rowBytes);
      if (in.readNBytes(chunk.array(), 0, length) < length) {
        throw new IOException("the weights are fewer than " + matrix.length / stride + " rows");
      }
      FloatBuffer floats = chunk.asFloatBuffer().limit(length / Float.BYTES);
      for (; floats.hasRemaining(); row += stride) {
        floats.get(matrix, row, dimensions);
        checkFinite(matrix, row);
      }
    }
    if (in.read() >= 0) {
      throw new IOException("the weights are more than " + matrix.length / stride + " rows");
    }
  }

  private ByteBuffer chunk() {
    int bytes = Math.max(CHUNK, dimensions * Float.BYTES);
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void checkFinite(float[] matrix, int row) throws IOException {
    float zero = 0;
    for (int d = row; d < row + dimensions; d++) {
      zero += matrix[d] * 0; // not zero for what is not finite
    }
    if (zero != 0) {
      throw new IOException("row " + row / stride + " of the weights is not finite");
    }
  }

  /** The bytes of a checkpoint of these weights. */
  long bytes() {
    return ((long) input.length + output.length) / stride * dimensions * Float.BYTES;
  }

  /** Zeros. */
  static float[] allocate(int rows, int stride) {
    long floats = (long) rows * stride;
    if (floats > LARGEST_ARRAY) {
      throw UserError.usage(
          "%d rows of %d numbers are more than an array holds; raise %s or lower %s or %s"
              .formatted(
                  rows, stride, setting("min-count"), setting("dimensions"), setting("buckets")));
    }
    return new float[(int) floats];
  }
}
