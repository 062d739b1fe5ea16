package dev.unroll.layers.forward;

import dev.unroll.layers.memory.Slab;
import org.nd4j.linalg.api.buffer.DataType;

/** The softmax of a linear map of each step: probabilities of classes. */
public final class Softmax implements ForwardPart.Layer {
  private final Linear logits;
  private final Slab out = new Slab(DataType.FLOAT);

  /** The softmax of what {@code logits} gives. */
  public Softmax(Linear logits) {
    this.logits = logits;
  }

  @Override
  public Steps read(Steps below) {
    float[] z = logits.values(below);
    for (int row = 0; row < below.rows(); row++) {
      softmax(z, row * logits.outputs(), logits.outputs());
    }
    out.reserve(z.length).floats().put(z);
    return below.with(out, logits.outputs());
  }

  @Override
  public void refresh() {
    logits.refresh();
  }

  /** Subtracts the largest first, so that nothing overflows. */
  private static void softmax(float[] z, int from, int classes) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int k = from; k < from + classes; k++) {
      largest = Math.max(largest, z[k]);
    }
    double sum = 0;
    for (int k = from; k < from + classes; k++) {
      sum += Math.exp(z[k] - largest);
    }
    for (int k = from; k < from + classes; k++) {
      z[k] = (float) (Math.exp(z[k] - largest) / sum);
    }
  }
}
