package dev.unroll.layers.attention;

import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.forward.ParameterTable;
import dev.unroll.layers.forward.Steps;
import dev.unroll.layers.kernel.CellSteps;
import dev.unroll.layers.kernel.State;
import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Slab;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * {@link InputFeeding} for programs that decode step by step: as many hypotheses of each sentence
 * as the program likes, without arrays, masks or threads of Deeplearning4j.
 *
 * <p>The parameters are used where they lie: they must last as long, and must not be trained
 * between {@link #begin} and the last step. Serves one thread at a time.
 */
public final class InputFeedingStep {
  private final FeedingShape shape;
  private final CellSteps cell;
  private final AttentionStep attention;
  private final Slab given = new Slab(DataType.FLOAT);
  private final Slab joined = new Slab(DataType.FLOAT);

  /** The attentional vectors of the last step, {@code [rows, nOut]}. */
  private final Slab fed = new Slab(DataType.FLOAT);

  private final Slab spare = new Slab(DataType.FLOAT);

  /** Of each row. */
  private int[] sentences = {};

  private InputFeedingStep(FeedingShape shape, CellSteps cell, AttentionStep attention) {
    this.shape = shape;
    this.cell = cell;
    this.attention = attention;
  }

  /**
   * A way to decode with a layer of a network, of which it shares the parameters and nothing else.
   *
   * @throws IllegalArgumentException if the layer is no {@link InputFeeding}
   */
  public static InputFeedingStep of(
      ComputationGraphConfiguration configuration, ParameterTable parameters, String name) {
    Layer layer = AttentionStep.layer(configuration, name);
    if (layer instanceof InputFeeding decoder) {
      return new InputFeedingStep(
          decoder.shape(),
          decoder.cellSteps(new LayerParameters(parameters, name)),
          AttentionStep.of(configuration, parameters, name));
    }
    throw new IllegalArgumentException("\"%s\" is no InputFeeding but %s".formatted(name, layer));
  }

  /** The width of an attentional vector. */
  public int width() {
    return attention.width();
  }

  /**
   * Takes the parameters as they are now, and begins one hypothesis of each sentence.
   *
   * @param encoded {@code [sentences, nSource, S]}; copied
   * @param state {@code [sentences, width]}, h and then the memory, if any; null for zeros; copied
   */
  public void begin(Steps encoded, Steps state) {
    int count = encoded.batch();
    attention.begin(encoded);
    if (state == null) {
      cell.begin(count);
    } else {
      cell.begin(State.split(state.sequences(), shape.cell(), 1).get(0));
    }
    sentences = IntStream.range(0, count).toArray();
    fed.reserveZeros((long) count * width());
  }

  /**
   * The same as below with plain arrays, for whoever has no memory of its own to compute in.
   *
   * @param x {@code [rows, nIn]}, row by row
   * @return {@code [rows, nOut]}, the caller's to keep
   */
  public float[] step(float[] x) {
    float[] vectors = new float[sentences.length * width()];
    if (x.length != sentences.length * shape.inputs()) {
      throw new IllegalArgumentException(
          "expected %d values for each of %d rows, got %d"
              .formatted(shape.inputs(), sentences.length, x.length));
    }
    given.reserve(x.length).floats().put(x);
    step(given).floats().get(vectors);
    return vectors;
  }

  /**
   * Reads one step of every hypothesis.
   *
   * @param x {@code [rows, nIn]}
   * @return the attentional vectors, {@code [rows, nOut]}, until the next call
   */
  public Slab step(Slab x) {
    int rows = sentences.length;
    joined.reserve((long) rows * shape.cell().inputs());
    for (int row = 0; row < rows; row++) {
      long to = joined.address() + 4L * row * shape.cell().inputs();
      copy(x.address() + 4L * row * shape.inputs(), to, shape.inputs());
      copy(fed.address() + 4L * row * width(), to + 4L * shape.inputs(), width());
    }
    Slab seen = attention.step(cell.step(joined), sentences);
    copy(seen.address(), fed.address(), (long) rows * width());
    return seen;
  }

  /**
   * Replaces the hypotheses: number {@code i} goes on from what {@code parents[i]} was. Their
   * number may change.
   */
  public void select(int[] parents) {
    cell.select(parents);
    copy(
        fed.address(),
        spare.reserve((long) sentences.length * width()).address(),
        (long) sentences.length * width());
    fed.reserve((long) parents.length * width());
    int[] selected = new int[parents.length];
    for (int row = 0; row < parents.length; row++) {
      selected[row] = sentences[parents[row]];
      copy(
          spare.address() + 4L * parents[row] * width(),
          fed.address() + 4L * row * width(),
          width());
    }
    sentences = selected;
  }

  /** How much a hypothesis looked at each step of its sentence; {@link AttentionStep#alignment}. */
  public float[] alignment(int row) {
    return attention.alignment(row);
  }

  private static void copy(long from, long to, long values) {
    Pointer.memcpy(new Address().at(to), new Address().at(from), 4 * values);
  }
}
