package dev.unroll.music;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.Splitter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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
    Corpus<Piece> train = only(whole, piece -> piece.part() != Piece.Part.DEV);
    return new Split<>(train, Optional.of(dev), Optional.empty());
  }

  @Override
  public List<Split<Piece>> folds(Corpus<Piece> whole, int count, double devFraction) {
    return random.folds(whole, count, devFraction);
  }

  /** The pieces of one part; maybe none. */
  static Corpus<Piece> part(Corpus<Piece> whole, Piece.Part part) {
    return only(whole, piece -> piece.part() == part);
  }

  /** The pieces that are wanted; maybe none. */
  static Corpus<Piece> only(Corpus<Piece> whole, Predicate<Piece> wanted) {
    return new Corpus<>(
        whole.examples().stream().filter(wanted).toList(),
        whole.source(),
        whole.digest(),
        whole.format());
  }
}
