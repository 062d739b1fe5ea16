package dev.unroll.music;

import dev.unroll.data.TrainingConfig;
import dev.unroll.generation.StreamBatches;
import dev.unroll.generation.Symbols;
import dev.unroll.training.EpochBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The training part as streams that are read side by side, in every epoch in another order and
 * every piece in another key. Order and keys follow from the seed and the epoch alone.
 */
final class PieceStreams implements EpochBatches {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final List<Piece> pieces;
  private final MusicEncoder encoder;
  private final TrainingConfig training;
  private final int window;
  private final int transpose;
  private StreamBatches batches;

  /**
   * @param transpose semitones by which a piece is moved at most; 0 leaves all as they are
   */
  PieceStreams(List<Piece> pieces, MusicEncoder encoder, MusicConfig config) {
    this.pieces = pieces;
    this.encoder = encoder;
    this.training = config.training();
    this.window = config.window();
    this.transpose = config.transpose();
    startEpoch(1);
  }

  /** Pieces one after the other, as they are. */
  static Symbols joined(List<Piece> pieces, Codec codec) {
    IntStream.Builder symbols = IntStream.builder().add(Codec.END);
    for (Piece piece : pieces) {
      IntStream.of(codec.encode(piece)).skip(1).forEach(symbols::add);
    }
    return Symbols.of(symbols.build().toArray());
  }

  @Override
  public void startEpoch(int epoch) {
    SplittableRandom random = new SplittableRandom(training.seed() * GOLDEN + epoch);
    List<Piece> shuffled = new ArrayList<>(pieces);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Piece swapped = shuffled.get(i);
      shuffled.set(i, shuffled.get(j));
      shuffled.set(j, swapped);
    }
    if (transpose > 0) {
      shuffled.replaceAll(piece -> piece.transposed(random.nextInt(-transpose, transpose + 1)));
    }
    batches =
        new StreamBatches(
            joined(shuffled, encoder.codec()), encoder, training.batch(), window, training.seed());
    batches.startEpoch(epoch);
  }

  @Override
  public void skip(int count) {
    batches.skip(count);
  }

  @Override
  public int count() {
    return batches.count();
  }

  @Override
  public boolean hasNext() {
    return batches.hasNext();
  }

  @Override
  public int nextSize() {
    return batches.nextSize();
  }

  @Override
  public MultiDataSet next() {
    return batches.next();
  }

  @Override
  public long examples() {
    return batches.examples();
  }
}
