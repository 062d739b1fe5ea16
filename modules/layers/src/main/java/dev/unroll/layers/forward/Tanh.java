package dev.unroll.layers.forward;

import dev.unroll.layers.memory.Activations;
import dev.unroll.layers.memory.Slab;
import org.nd4j.linalg.api.buffer.DataType;

/** {@code tanh(x W + b)} of each step. */
final class Tanh implements ForwardPart.Layer {
  private final Linear map;
  private final Slab out = new Slab(DataType.FLOAT);

  Tanh(Linear map) {
    this.map = map;
  }

  @Override
  public void refresh() {
    map.refresh();
  }

  @Override
  public Steps read(Steps below) {
    float[] z = map.values(below);
    Activations.tanh(z, z, z.length);
    out.reserve(z.length).floats().put(z);
    return below.with(out, map.outputs());
  }
}
