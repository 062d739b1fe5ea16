package dev.unroll.training;

import dev.unroll.layers.forward.Steps;
import java.util.List;

/**
 * An encoder whose examples a {@link dev.unroll.layers.forward.ForwardNetwork} can read, too.
 *
 * @param <E> the example
 * @param <P> what was made of an example
 */
public interface ForwardEncoder<E, P> extends Encoder<E, P> {
  /** The batch that {@link #encode} makes, without labels: one a network's input. */
  List<Steps> steps(List<P> examples);
}
