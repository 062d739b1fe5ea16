package dev.unroll.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Arrays of floats: their squared sums, and their bytes. */
final class Floats {
  private static final int LANES = 256;
  private static final int CHUNK = 1 << 13;

  private Floats() {}

  /**
   * The sum of squares of the first {@code length} elements. Many partial sums stand side by side
   * because the compiler may not reorder, and so not vectorise, a single one.
   */
  static double sumOfSquares(float[] values, int length) {
    float[] sums = new float[LANES];
    int whole = length - length % LANES;
    for (int from = 0; from < whole; from += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        sums[lane] += values[from + lane] * values[from + lane];
      }
    }
    double sum = 0;
    for (float part : sums) {
      sum += part;
    }
    for (int i = whole; i < length; i++) {
      sum += (double) values[i] * values[i];
    }
    return sum;
  }

  /** Writes the values bit for bit, 4 bytes each. */
  static void write(float[] values, DataOutput out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (int from = 0; from < values.length; from += CHUNK) {
      int length = Math.min(CHUNK, values.length - from);
      bytes.asFloatBuffer().put(values, from, length);
      out.write(bytes.array(), 0, length * Float.BYTES);
    }
  }

  /** Reads what {@link #write} wrote into an array of the same length. */
  static void read(float[] values, DataInput in) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (int from = 0; from < values.length; from += CHUNK) {
      int length = Math.min(CHUNK, values.length - from);
      in.readFully(bytes.array(), 0, length * Float.BYTES);
      bytes.asFloatBuffer().get(values, from, length);
    }
  }
}
