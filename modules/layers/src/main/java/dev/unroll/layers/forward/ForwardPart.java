package dev.unroll.layers.forward;

import java.util.List;

/**
 * A layer or another vertex of a {@link ForwardNetwork}. It keeps memory to work in, so that it
 * serves one thread at a time.
 */
@FunctionalInterface
public interface ForwardPart {

  /** What a vertex makes of a batch of each that it reads. */
  Steps read(List<Steps> below);

  /** Takes the parameters as they are now, if they may have changed since they were read. */
  default void refresh() {
    // Most parts use them where they lie.
  }

  /** See {@link ForwardNetwork#carry}. */
  default void carry() {
    // Most parts remember nothing.
  }

  /** See {@link ForwardNetwork#forget}. */
  default void forget() {
    // Most parts remember nothing.
  }

  /** A part that reads one thing. */
  @FunctionalInterface
  interface Layer extends ForwardPart {
    /** What the layer makes of a batch. */
    Steps read(Steps below);

    @Override
    default Steps read(List<Steps> below) {
      return read(below.get(0));
    }
  }

  /** A configuration of a vertex that asks the part below it for more than what it hands on. */
  @FunctionalInterface
  interface Above {
    /** The part above another one. */
    ForwardPart above(ForwardPart below);
  }

  /** A configuration of a layer or another vertex that can be computed so. */
  @FunctionalInterface
  interface Source {
    /** The part with these parameters, which it uses where they lie. */
    ForwardPart forward(LayerParameters parameters);
  }
}
