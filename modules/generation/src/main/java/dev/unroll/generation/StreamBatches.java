package dev.unroll.generation;

import dev.unroll.training.Encoder;
import dev.unroll.training.EpochBatches;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The windows of {@link Streams}, one after the other. The length of the first is drawn anew for
 * every epoch, so that errors are cut off at other places each time.
 */
public final class StreamBatches implements EpochBatches {
  private final Streams streams;
  private final Encoder<?, Stretch> encoder;
  private final int window;
  private final long seed;
  private int first;
  private int next;

  /**
   * Cuts {@code symbols} into streams.
   *
   * @param encoder makes the arrays of a window, a row a stream
   * @param batch the number of streams, at least 1
   * @param window the length of a window in steps, at least 1
   * @param seed of the lengths of the first windows
   */
  public StreamBatches(
      Symbols symbols, Encoder<?, Stretch> encoder, int batch, int window, long seed) {
    this.window = window;
    this.streams = new Streams(symbols, batch, window);
    this.encoder = encoder;
    this.seed = seed;
    startEpoch(1);
  }

  @Override
  public void startEpoch(int epoch) {
    first = 1 + new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch).nextInt(window);
    next = 0;
  }

  @Override
  public void skip(int count) {
    next += count;
  }

  @Override
  public int count() {
    return streams.windows(first);
  }

  @Override
  public boolean hasNext() {
    return next < count();
  }

  /** The number of symbols that are predicted. */
  @Override
  public int nextSize() {
    return streams.steps(next, first);
  }

  @Override
  public MultiDataSet next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all " + count() + " windows have been read");
    }
    return encoder.encode(streams.window(next++, first));
  }

  @Override
  public long examples() {
    return streams.steps();
  }
}
