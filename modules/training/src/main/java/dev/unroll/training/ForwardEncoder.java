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
  /** What each input of the network reads of a batch; the features of {@link #encode} are these. */
  List<SequenceBatch> inputs(List<P> examples);

  /** The same for answers. */
  default List<Steps> steps(List<P> examples) {
    return inputs(examples).stream().map(SequenceBatch::steps).toList();
  }
}
