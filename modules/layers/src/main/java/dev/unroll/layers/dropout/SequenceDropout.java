package dev.unroll.layers.dropout;

import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.memory.TimeMajor;
import java.util.Arrays;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Dropout (Srivastava et al. 2014) of the input of a layer, {@code [batch, features, time]} or
 * {@code [batch, features]}: what is dropped becomes 0, what is kept is divided by the probability
 * of being kept, so that nothing changes outside training.
 *
 * <p>What is dropped is a pure function of the seed, the network's iteration count and the
 * element's place: nothing is kept between the passes, and a training that is resumed draws the
 * same masks as one that was never stopped. Layers that shall not drop alike need seeds of their
 * own.
 *
 * <pre>{@code
 * new Lstm.Builder().nOut(256).dropOut(new SequenceDropout(0.5, seed)).build()
 * }</pre>
 */
public final class SequenceDropout implements IDropout {
  private static final long serialVersionUID = 1L;

  /** One thread's share: fixed, and whole chunks. */
  private static final int PART = 1 << 16;

  private static final int CHUNK = 1 << 12;

  @JsonProperty private final double rate;
  @JsonProperty private final long seed;

  /**
   * A dropout.
   *
   * @param rate probability of being dropped (not, as in Deeplearning4j, of being kept), in [0, 1)
   */
  public SequenceDropout(@JsonProperty("rate") double rate, @JsonProperty("seed") long seed) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1), got " + rate);
    }
    this.rate = rate;
    this.seed = seed;
  }

  /** Returns a new array, time-major if it has time; {@code unused} is left alone. */
  @Override
  public INDArray applyDropout(
      INDArray input, INDArray unused, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
    INDArray result;
    INDArray ordered;
    if (input.rank() == 3) {
      ordered = TimeMajor.of(input, workspaces, ArrayType.FF_WORKING_MEM);
      result =
          TimeMajor.create(
              workspaces,
              ArrayType.INPUT,
              input.dataType(),
              input.size(0),
              input.size(1),
              input.size(2));
    } else {
      ordered = laidOut(input) ? input : input.dup('c');
      result =
          workspaces.createUninitialized(ArrayType.INPUT, input.dataType(), input.shape(), 'c');
    }
    multiply(ordered, result, iteration);
    return result;
  }

  @Override
  public INDArray backprop(INDArray gradAtOutput, INDArray gradAtInput, int iteration, int epoch) {
    multiply(gradAtOutput, gradAtInput, iteration);
    return gradAtInput;
  }

  private void multiply(INDArray from, INDArray to, int iteration) {
    int length = Math.toIntExact(from.length());
    if (from.dataType() == DataType.FLOAT && laidOut(from) && laidOut(to)) {
      Parallel.forEach(
          (length + PART - 1) / PART,
          part -> {
            DropoutMask mask = mask(iteration, CHUNK);
            multiply(from, to, mask, part * PART, Math.min(length, (part + 1) * PART));
          });
    } else {
      float[] factors = new float[length];
      mask(iteration, length).fill(factors, 0, length);
      INDArray array = Nd4j.createFromArray(factors).castTo(from.dataType());
      array =
          from.rank() == 3
              ? array.reshape(from.size(2), from.size(0), from.size(1)).permute(1, 2, 0)
              : array.reshape(from.shape());
      from.mul(array, to);
    }
  }

  /** What decides on the factors of an iteration, for whoever computes them elsewhere. */
  public DropoutKey key(int iteration) {
    return DropoutKey.of(rate, seed, iteration);
  }

  private DropoutMask mask(int iteration, int capacity) {
    return new DropoutMask(key(iteration), capacity);
  }

  private static void multiply(INDArray from, INDArray to, DropoutMask mask, int start, int end) {
    float[] values = new float[CHUNK];
    float[] factors = new float[CHUNK];
    FloatPointer source = NativeMemory.floats(from);
    FloatPointer target = NativeMemory.floats(to);
    for (int at = start; at < end; at += CHUNK) {
      int length = Math.min(CHUNK, end - at);
      mask.fill(factors, at, length);
      source.position(at).get(values, 0, length);
      for (int i = 0; i < length; i++) {
        values[i] *= factors[i];
      }
      target.position(at).put(values, 0, length);
    }
  }

  /** Whether the array lies as {@link DropoutMask} numbers its elements. */
  private static boolean laidOut(INDArray array) {
    if (array.rank() == 3) {
      return TimeMajor.is(array);
    }
    if (array.rank() != 2) {
      throw new IllegalArgumentException(
          "dropout is for [batch, features, time] or [batch, features], got "
              + Arrays.toString(array.shape()));
    }
    return array.stride(1) == 1 && array.stride(0) == array.size(1);
  }

  /** Nothing is kept, so there is nothing to clear. */
  @Override
  public void clear() {}

  @Override
  public SequenceDropout clone() {
    return new SequenceDropout(rate, seed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SequenceDropout that && rate == that.rate && seed == that.seed;
  }

  @Override
  public int hashCode() {
    return Objects.hash(rate, seed);
  }

  @Override
  public String toString() {
    return "SequenceDropout(rate=" + rate + ", seed=" + seed + ")";
  }
}
