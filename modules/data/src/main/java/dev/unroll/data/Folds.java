package dev.unroll.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Makes the splits of a cross-validation from the places of the examples of each fold. */
final class Folds {
  private Folds() {}

  /**
   * One split for every fold.
   *
   * @param members the places of the test examples, {@code [folds]}
   * @param inner splits dev off the training part
   */
  static <E> List<Split<E>> of(
      Corpus<E> whole, List<BitSet> members, Splitter<E> inner, double devFraction) {
    List<Split<E>> splits = new ArrayList<>();
    for (int f = 0; f < members.size(); f++) {
      String fold = "of fold " + (f + 1);
      Corpus<E> test = whole.part(members.get(f), true, "test part " + fold);
      Corpus<E> rest = whole.part(members.get(f), false, "training part " + fold);
      Split<E> parts = inner.split(rest, devFraction);
      splits.add(new Split<>(parts.train(), parts.dev(), Optional.of(test)));
    }
    return splits;
  }

  static List<BitSet> empty(int count) {
    List<BitSet> folds = new ArrayList<>();
    for (int f = 0; f < count; f++) {
      folds.add(new BitSet());
    }
    return folds;
  }

  /** Refuses folds of which some would be empty. */
  static void check(Corpus<?> whole, int count, long things, String name) {
    if (count < 2) {
      throw UserError.usage(UserError.setting("folds") + " must be at least 2, got " + count);
    }
    if (things < count) {
      throw UserError.data(
          whole.source(),
          "%d %s are too few for %d folds; make fewer".formatted(things, name, count));
    }
  }
}
