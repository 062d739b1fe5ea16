package dev.unroll.onnx;

import dev.unroll.data.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import onnx.Onnx.GraphProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.UnsafeByteOperations;

/**
 * A graph of ONNX operators that is being built. Values are known by their names; whatever adds one
 * returns its name, and throws an {@link IllegalArgumentException} if there is another of that
 * name.
 */
public final class OnnxGraph {
  /** The version of the operators. */
  public static final int OPSET = 17;

  /** A protobuf message has less than 2 GiB; this leaves some room for what is no number. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (64L << 20);

  /** What the elements of an input or an output are. */
  public enum Type {
    /** 32 bits. */
    FLOAT(TensorProto.DataType.FLOAT),
    /** Whole numbers of 64 bits, as ONNX wants them for indices. */
    INT64(TensorProto.DataType.INT64),
    /** Whole numbers of 32 bits. */
    INT32(TensorProto.DataType.INT32);

    private final TensorProto.DataType code;

    Type(TensorProto.DataType code) {
      this.code = code;
    }

    int code() {
      return code.getNumber();
    }
  }

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Set<String> names = new HashSet<>();
  private final long mostBytes;
  private long bytes;
  private int nodes;

  /** An empty graph of that name. */
  public OnnxGraph(String name) {
    this(name, MOST_BYTES);
  }

  /** One whose parameters have at most so many bytes. */
  OnnxGraph(String name, long mostBytes) {
    this.mostBytes = mostBytes;
    graph.setName(name);
  }

  /**
   * Adds an input.
   *
   * @param shape a number for a size that is fixed, a name for one that is not, such as {@code
   *     batch}
   */
  String input(String name, Type type, Object... shape) {
    graph.addInput(info(unique(name), type, shape));
    return name;
  }

  /**
   * Adds an input with a whole number for each step, {@code [batch, time]}.
   *
   * @return the same time-major, {@code [time, batch]}
   */
  public String steps(String name) {
    String numbers = input(name, Type.INT64, "batch", "time");
    return node("Transpose", numbers).withAll("perm", 1, 0).output();
  }

  /**
   * Makes a value an output of that name.
   *
   * @param shape as for {@link #input}
   */
  public void output(String name, String value, Type type, Object... shape) {
    new OnnxNode(graph, "Identity", unique(name), value).output();
    graph.addOutput(info(name, type, shape));
  }

  /** Adds an output that is always the same: numbers that belong to the answer, row-major. */
  public void constantOutput(String name, float[] values, long... shape) {
    Object[] sizes = LongStream.of(shape).boxed().toArray();
    output(name, parameter(name + ".values", values, shape), Type.FLOAT, sizes);
  }

  /**
   * Adds parameters, which keep their name, as 32-bit floats of the same shape.
   *
   * @throws UserError if the graph has more than an ONNX file holds
   */
  String parameter(String name, INDArray values) {
    return parameter(name, values.dup('c').data().asFloat(), values.shape());
  }

  /** Whether there is a value of that name. */
  boolean has(String name) {
    return names.contains(name);
  }

  /**
   * Adds parameters, which keep their name.
   *
   * @param values in row-major order
   * @throws IllegalArgumentException if they are not as many as the shape has
   * @throws UserError if the graph has more than an ONNX file holds
   */
  String parameter(String name, float[] values, long... shape) {
    if (LongStream.of(shape).reduce(1, (a, b) -> a * b) != values.length) {
      throw new IllegalArgumentException("no shape for %d values".formatted(values.length));
    }
    ByteBuffer raw = littleEndian((long) values.length * Float.BYTES);
    raw.asFloatBuffer().put(values);
    return tensor(name, Type.FLOAT, raw, shape);
  }

  /** Adds a long vector of whole numbers, which keeps its name. */
  String indices(String name, int... values) {
    ByteBuffer raw = littleEndian((long) values.length * Long.BYTES);
    for (int value : values) {
      raw.putLong(value);
    }
    return tensor(name, Type.INT64, raw, values.length);
  }

  /** Adds a vector of whole numbers. */
  String constant(long... values) {
    return constant(values, values.length);
  }

  /** Adds a single whole number, without dimensions. */
  String scalar(long value) {
    return constant(new long[] {value});
  }

  /** Adds a single number, without dimensions. */
  String scalar(float value) {
    String name = "constant_" + value;
    return names.contains(name) ? name : parameter(name, new float[] {value});
  }

  /** The same constant is added once. */
  private String constant(long[] values, long... shape) {
    String name = "constant" + (shape.length == 0 ? "_" : "s_") + join(values);
    if (names.contains(name)) {
      return name;
    }
    ByteBuffer raw = littleEndian((long) values.length * Long.BYTES);
    raw.asLongBuffer().put(values);
    return tensor(name, Type.INT64, raw, shape);
  }

  private static String join(long[] values) {
    StringBuilder text = new StringBuilder();
    LongStream.of(values).forEach(v -> text.append(text.isEmpty() ? "" : "_").append(v));
    return text.toString();
  }

  private ByteBuffer littleEndian(long size) {
    bytes += size;
    if (bytes > mostBytes) {
      throw UserError.usage(
          "an ONNX file holds less than 2 GiB, and this network has more; train a smaller one, or"
              + " one with fewer words");
    }
    return ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String tensor(String name, Type type, ByteBuffer raw, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(unique(name)).setDataType(type.code());
    LongStream.of(shape).forEach(tensor::addDims);
    graph.addInitializer(tensor.setRawData(UnsafeByteOperations.unsafeWrap(raw.array())));
    return name;
  }

  /** Begins an operator; it is added when its outputs are asked for. */
  OnnxNode node(String operator, String... inputs) {
    return new OnnxNode(graph, operator, unique(operator + "_" + ++nodes), inputs);
  }

  private String unique(String name) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("two values are called " + name);
    }
    return name;
  }

  private static ValueInfoProto info(String name, Type type, Object... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (Object size : shape) {
      var dimension = TensorShapeProto.Dimension.newBuilder();
      dimensions.addDim(
          size instanceof Number number
              ? dimension.setDimValue(number.longValue())
              : dimension.setDimParam((String) size));
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.code()).setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /**
   * The finished model.
   *
   * @param metadata what a program must know to ask it, such as the words and their numbers, in the
   *     order of the file; texts as they are, all else as JSON
   */
  public OnnxModel model(Map<String, ?> metadata) {
    return new OnnxModel(graph, metadata);
  }
}
