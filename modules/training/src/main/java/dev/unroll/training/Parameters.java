package dev.unroll.training;

import dev.unroll.data.UserError;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a network as plain numbers: the name and shape of each, then all values as
 * little-endian floats, in the order of the network's flat parameter vector.
 */
public final class Parameters {
  private static final int CHUNK = 1 << 14;

  private Parameters() {}

  /** Writes all parameters of {@code network}. */
  public static void write(ComputationGraph network, OutputStream out) throws IOException {
    DataOutputStream header = new DataOutputStream(out);
    Map<String, INDArray> table = network.paramTable();
    header.writeInt(table.size());
    for (var parameter : table.entrySet()) {
      header.writeUTF(parameter.getKey());
      header.writeUTF(Arrays.toString(parameter.getValue().shape()));
    }
    header.writeLong(network.numParams());
    header.flush();
    writeFloats(values(network), out);
  }

  /**
   * Reads parameters into a network of the same shape.
   *
   * @param source the file, for messages
   * @throws UserError if the parameters are those of another network
   */
  public static void read(ComputationGraph network, InputStream in, Object source)
      throws IOException {
    DataInputStream header = new DataInputStream(in);
    Map<String, INDArray> table = network.paramTable();
    int count = header.readInt();
    if (count != table.size()) {
      throw UserError.data(
          source, "has " + count + " parameter arrays, the network " + table.size());
    }
    for (var parameter : table.entrySet()) {
      String name = header.readUTF();
      String shape = header.readUTF();
      String expected = Arrays.toString(parameter.getValue().shape());
      if (!name.equals(parameter.getKey()) || !shape.equals(expected)) {
        throw UserError.data(
            source,
            "parameter %s %s does not fit the network, which has %s %s"
                .formatted(name, shape, parameter.getKey(), expected));
      }
    }
    if (header.readLong() != network.numParams()) {
      throw UserError.data(source, "does not hold " + network.numParams() + " parameters");
    }
    readFloats(values(network), in);
  }

  /** The largest magnitude of a value; NaN if one is NaN. */
  static float largest(ComputationGraph network) {
    FloatBuffer values = values(network);
    float largest = 0;
    while (values.hasRemaining()) {
      largest = Math.max(largest, Math.abs(values.get()));
    }
    return largest;
  }

  /** A copy of all values, in the order of the flat vector. */
  static float[] copy(ComputationGraph network) {
    float[] copy = new float[(int) network.numParams()];
    if (copy.length > 0) {
      values(network).get(copy);
    }
    return copy;
  }

  /** Puts back what {@link #copy} took. */
  static void restore(ComputationGraph network, float[] copy) {
    values(network).put(copy);
  }

  /** Moves {@code target} the given share of the way to the network's parameters. */
  static void blend(ComputationGraph network, float[] target, float share) {
    FloatBuffer values = values(network);
    float[] chunk = new float[CHUNK];
    for (int from = 0; from < target.length; from += CHUNK) {
      int length = Math.min(CHUNK, target.length - from);
      values.get(from, chunk, 0, length);
      for (int i = 0; i < length; i++) {
        target[from + i] += share * (chunk[i] - target[from + i]);
      }
    }
  }

  static FloatBuffer values(ComputationGraph network) {
    INDArray flat = network.params();
    long first = flat.offset();
    FloatBuffer all = flat.data().asNioFloat();
    return all.slice((int) first, (int) flat.length());
  }

  static void writeFloats(FloatBuffer values, OutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      int length = Math.min(CHUNK, values.remaining());
      bytes.asFloatBuffer().put(values.slice(values.position(), length));
      values.position(values.position() + length);
      out.write(bytes.array(), 0, 4 * length);
    }
  }

  static void readFloats(FloatBuffer values, InputStream in) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      int length = Math.min(CHUNK, values.remaining());
      if (in.readNBytes(bytes.array(), 0, 4 * length) < 4 * length) {
        throw new IOException("ends " + values.remaining() + " values early");
      }
      values.put(bytes.asFloatBuffer().slice(0, length));
    }
  }
}
