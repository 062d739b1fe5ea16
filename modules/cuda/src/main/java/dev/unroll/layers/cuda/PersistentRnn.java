package dev.unroll.layers.cuda;

import java.util.Optional;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network by {@link RnnAlgorithm#PERSISTENT} where that is for the batch and cuDNN supports it,
 * and else by the standard algorithm; what a pass began with, its backward pass goes on with. Both
 * read the same weight space.
 */
final class PersistentRnn implements Cudnn.Rnn {
  private static final Logger LOG = LoggerFactory.getLogger(PersistentRnn.class);

  private final RnnShape shape;
  private final DataType type;
  private final Cudnn.Rnn standard;

  /** Null if there is none; kept where it is not taken any more, as a pass may have to go back. */
  private final Cudnn.Rnn persistent;

  private boolean taken;

  /**
   * A network.
   *
   * @param networks describes it for an algorithm
   */
  PersistentRnn(RnnShape shape, DataType type, Function<RnnAlgorithm, Cudnn.Rnn> networks) {
    this.shape = shape;
    this.type = type;
    standard = networks.apply(RnnAlgorithm.STANDARD);
    try {
      persistent =
          RnnAlgorithm.isSmall(shape, type, false) ? describe(networks).orElse(null) : null;
    } catch (RuntimeException | Error e) {
      standard.close();
      throw e;
    }
    taken = persistent != null;
    if (taken && !liesAsStandard()) {
      leave("its parameters lie elsewhere");
    }
  }

  private Optional<Cudnn.Rnn> describe(Function<RnnAlgorithm, Cudnn.Rnn> networks) {
    try {
      return Optional.of(networks.apply(RnnAlgorithm.PERSISTENT));
    } catch (NotSupported e) {
      leave(e.getMessage());
      return Optional.empty();
    }
  }

  private void leave(String reason) {
    taken = false;
    LOG.warn(
        "{} is {}, but cuDNN computes {} units by the standard algorithm: {}",
        RnnAlgorithm.PROPERTY,
        RnnAlgorithm.PERSISTENT,
        shape.hidden(),
        reason);
  }

  private boolean liesAsStandard() {
    boolean same = persistent.weightBytes() == standard.weightBytes();
    for (int layer = 0; layer < shape.pseudoLayers(); layer++) {
      for (int gate = 0; gate < 2 * shape.first().cell().gates(); gate++) {
        same &= persistent.matrix(layer, gate).equals(standard.matrix(layer, gate));
        same &= persistent.bias(layer, gate).equals(standard.bias(layer, gate));
      }
    }
    return same;
  }

  @Override
  public long weightBytes() {
    return standard.weightBytes();
  }

  @Override
  public Cudnn.Block matrix(int pseudoLayer, int gate) {
    return standard.matrix(pseudoLayer, gate);
  }

  @Override
  public Cudnn.Block bias(int pseudoLayer, int gate) {
    return standard.bias(pseudoLayer, gate);
  }

  @Override
  public Cudnn.Space space(boolean training, Cudnn.Rows rows) {
    if (taken && RnnAlgorithm.isSmall(shape, type, training) && RnnAlgorithm.isFull(rows)) {
      try {
        return persistent.space(training, rows);
      } catch (NotSupported e) {
        leave(e.getMessage());
      }
    }
    return standard.space(training, rows);
  }

  private Cudnn.Rnn network(Cudnn.Arrays arrays) {
    return arrays.space().algorithm() == RnnAlgorithm.PERSISTENT ? persistent : standard;
  }

  @Override
  public void forward(boolean training, Cudnn.Rows rows, Cudnn.Arrays arrays) {
    network(arrays).forward(training, rows, arrays);
  }

  @Override
  public void backwardData(
      Cudnn.Rows rows, Cudnn.Arrays arrays, long dY, long dX, Cudnn.StateGradients states) {
    network(arrays).backwardData(rows, arrays, dY, dX, states);
  }

  @Override
  public void backwardWeights(Cudnn.Rows rows, Cudnn.Arrays arrays, long gradient) {
    network(arrays).backwardWeights(rows, arrays, gradient);
  }

  @Override
  public void close() {
    standard.close();
    if (persistent != null) {
      persistent.close();
    }
  }
}
