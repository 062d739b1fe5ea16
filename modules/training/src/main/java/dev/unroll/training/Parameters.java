package dev.unroll.training;

import dev.unroll.data.UserError;
import dev.unroll.layers.forward.ParameterTable;
import dev.unroll.layers.memory.FlatParameters;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a network as plain numbers: the name and shape of each, then all values as
 * little-endian floats, in the order of the network's flat parameter vector.
 */
public final class Parameters {
  private static final int CHUNK = 1 << 14;

  private Parameters() {}

  /** Writes all parameters, in the order in which they lie. */
  public static void write(ParameterTable table, OutputStream out) throws IOException {
    writeHeader(table.shapes(), table.length(), out);
    FloatPointer from = table.values();
    float[] chunk = new float[CHUNK];
    for (long first = 0; first < table.length(); first += CHUNK) {
      int length = (int) Math.min(CHUNK, table.length() - first);
      from.position(first).get(chunk, 0, length);
      writeFloats(FloatBuffer.wrap(chunk, 0, length), out);
    }
  }

  private static void writeHeader(Map<String, long[]> shapes, long values, OutputStream out)
      throws IOException {
    DataOutputStream header = new DataOutputStream(out);
    header.writeInt(shapes.size());
    for (var parameter : shapes.entrySet()) {
      header.writeUTF(parameter.getKey());
      header.writeUTF(Arrays.toString(parameter.getValue()));
    }
    header.writeLong(values);
    header.flush();
  }

  /**
   * Reads parameters to where those of a network lie.
   *
   * @param source the file, for messages
   * @throws UserError if the parameters are those of another network
   */
  public static void read(ParameterTable table, InputStream in, Object source) throws IOException {
    readHeader(table.shapes(), in, source);
    FloatPointer to = table.values();
    float[] chunk = new float[CHUNK];
    for (long first = 0; first < table.length(); first += CHUNK) {
      int length = (int) Math.min(CHUNK, table.length() - first);
      readFloats(FloatBuffer.wrap(chunk, 0, length), in);
      to.position(first).put(chunk, 0, length);
    }
  }

  /** The order of the names says nothing: that of the values is the flat vector's. */
  private static void readHeader(Map<String, long[]> expected, InputStream in, Object source)
      throws IOException {
    DataInputStream header = new DataInputStream(in);
    int count = header.readInt();
    if (count != expected.size()) {
      throw UserError.data(
          source, "has " + count + " parameter arrays, the network " + expected.size());
    }
    Set<String> found = new HashSet<>();
    for (var parameter : expected.entrySet()) {
      String name = header.readUTF();
      String shape = header.readUTF();
      long[] known = expected.get(name);
      if (known == null || !shape.equals(Arrays.toString(known)) || !found.add(name)) {
        throw UserError.data(
            source,
            "parameter %s %s does not fit the network, which has %s %s"
                .formatted(name, shape, parameter.getKey(), Arrays.toString(parameter.getValue())));
      }
    }
    long values = expected.values().stream().mapToLong(FlatParameters::length).sum();
    if (header.readLong() != values) {
      throw UserError.data(source, "does not hold " + values + " parameters");
    }
  }

  /** The largest magnitude of a value; NaN if one is NaN. */
  static float largest(ParameterTable table) {
    FloatPointer from = table.values();
    float[] chunk = new float[CHUNK];
    float largest = 0;
    for (long first = 0; first < table.length(); first += CHUNK) {
      int length = (int) Math.min(CHUNK, table.length() - first);
      from.position(first).get(chunk, 0, length);
      for (int i = 0; i < length; i++) {
        largest = Math.max(largest, Math.abs(chunk[i]));
      }
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
