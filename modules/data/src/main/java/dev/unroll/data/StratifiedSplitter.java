package dev.unroll.data;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** See {@link Splitter#stratified}. */
record StratifiedSplitter<E>(long seed, Function<? super E, ?> label) implements Splitter<E> {
  @Override
  public Split<E> split(Corpus<E> whole, double devFraction) {
    return whole.split(devFraction, seed, label);
  }

  /**
   * Label after label is shuffled and dealt out, so every fold has as many of each, or one less.
   */
  @Override
  public List<Split<E>> folds(Corpus<E> whole, int count, double devFraction) {
    Folds.check(whole, count, whole.size(), "examples");
    List<BitSet> folds = Folds.empty(count);
    Random random = new Random(seed);
    int next = 0;
    for (List<Integer> members : whole.groups(label).values()) {
      for (int place : Corpus.shuffled(members, random)) {
        folds.get(next++ % count).set(place);
      }
    }
    return Folds.of(whole, folds, this, devFraction);
  }
}
