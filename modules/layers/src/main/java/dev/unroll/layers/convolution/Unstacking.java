package dev.unroll.layers.convolution;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.forward.Steps;
import dev.unroll.layers.memory.Slab;
import dev.unroll.layers.sequences.ParameterlessVertex;
import dev.unroll.layers.sequences.VertexConfiguration;
import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Parts what was said of several steps at once, the way back from a {@link SequenceConvolution}
 * with a stride: of the values of a step, the first share belongs to the first of the finer steps
 * that it stands for, the next to the second, and so on.
 *
 * <pre>
 *   coarse  [batch, stride x features, ⌈time / stride⌉]
 *   like    [batch, any, time]        tells the number of steps, and brings the mask
 *   out     [batch, features, time]   step t is part t mod stride of step ⌊t / stride⌋
 * </pre>
 */
public final class Unstacking extends VertexConfiguration implements ForwardPart.Source {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int stride;

  /** For deserialisation. */
  @SuppressWarnings("unused")
  private Unstacking() {}

  /**
   * The way back from so many steps that were read as one.
   *
   * @param stride at least 1
   */
  public Unstacking(int stride) {
    if (stride < 1) {
      throw new IllegalArgumentException("the stride must be at least 1, got " + stride);
    }
    this.stride = stride;
  }

  @Override
  public GraphVertex clone() {
    return new Unstacking(stride);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Unstacking that && stride == that.stride;
  }

  @Override
  public int hashCode() {
    return Objects.hash(stride);
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  protected ParameterlessVertex vertex(
      ComputationGraph graph, String name, int index, DataType dataType) {
    return new UnstackingVertex(graph, name, index, stride, dataType);
  }

  @Override
  public ForwardPart forward(LayerParameters parameters) {
    Slab out = new Slab(DataType.FLOAT);
    return below -> {
      Steps coarse = below.get(0);
      Steps like = below.get(1);
      int features = coarse.width() / stride;
      float[] from = coarse.toArray();
      float[] fine = new float[like.rows() * features];
      for (int step = 0; step < like.time(); step++) {
        for (int example = 0; example < like.batch(); example++) {
          int parts = step / stride * like.batch() + example;
          System.arraycopy(
              from,
              (parts * stride + step % stride) * features,
              fine,
              (step * like.batch() + example) * features,
              features);
        }
      }
      out.reserve(fine.length).floats().put(fine);
      return like.with(out, features);
    };
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    if (inputs.length == 2
        && inputs[0] instanceof InputType.InputTypeRecurrent coarse
        && inputs[1] instanceof InputType.InputTypeRecurrent like
        && coarse.getSize() % stride == 0) {
      return InputType.recurrent(coarse.getSize() / stride, like.getTimeSeriesLength());
    }
    throw new IllegalStateException(
        "expected sequences of a multiple of %d values, and those that they came from, got %s"
            .formatted(stride, Arrays.toString(inputs)));
  }
}
