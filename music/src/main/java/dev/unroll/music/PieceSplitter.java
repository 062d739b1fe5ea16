package dev.unroll.music;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.Splitter;
import java.util.List;
import java.util.Optional;

/**
 * Splits pieces as their file says, or at random where it does not.
 *
 * @param random divides what no file has divided
 */
record PieceSplitter(Splitter<Piece> random) implements Splitter<Piece> {
  PieceSplitter(long seed) {
    this(Splitter.random(seed));
  }

  @Override
  public Split<Piece> split(Corpus<Piece> whole, double devFraction) {
    Corpus<Piece> dev = part(whole, Piece.Part.DEV);
    if (dev.size() == 0) {
      return random.split(whole, devFraction);
    }
    List<Piece> train =
        whole.examples().stream().filter(piece -> piece.part() != Piece.Part.DEV).toList();
    return new Split<>(same(whole, train), Optional.of(dev), Optional.empty());
  }

  @Override
  public List<Split<Piece>> folds(Corpus<Piece> whole, int count, double devFraction) {
    return random.folds(whole, count, devFraction);
  }

  /** The pieces of one part; maybe none. */
  static Corpus<Piece> part(Corpus<Piece> whole, Piece.Part part) {
    return same(whole, whole.examples().stream().filter(piece -> piece.part() == part).toList());
  }

  private static Corpus<Piece> same(Corpus<Piece> whole, List<Piece> pieces) {
    return new Corpus<>(pieces, whole.source(), whole.digest(), whole.format());
  }
}
