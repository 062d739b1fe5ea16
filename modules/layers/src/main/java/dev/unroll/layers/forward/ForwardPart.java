package dev.unroll.layers.forward;

/**
 * A layer of a {@link ForwardNetwork}. It keeps memory to work in, so that it serves one thread at
 * a time.
 */
@FunctionalInterface
public interface ForwardPart {

  /** What the layer makes of a batch. */
  Steps read(Steps below);

  /** A layer's configuration that can be computed so. */
  @FunctionalInterface
  interface Source {
    /** The layer with these parameters, which it uses where they lie. */
    ForwardPart forward(LayerParameters parameters);
  }
}
