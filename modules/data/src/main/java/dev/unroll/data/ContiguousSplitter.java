package dev.unroll.data;

import static dev.unroll.data.UserError.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Cuts what is read in its order, such as running text, into its beginning to train on, what
 * follows for dev, and its end for test: a model that carries its state along must not have read
 * the neighbours of all that it is judged on.
 *
 * <pre>
 *   |---------------- train ----------------|-- dev --|-- test --|
 *   0            n (1 - dev - test)          n (1 - test)         n   units
 * </pre>
 *
 * A fold is one stretch; what comes before and after it is trained on.
 *
 * @param unit what lengths are counted in, in the plural, for messages
 * @param length of an example, in units
 * @param cutter cuts an example in two; without one, an example belongs where its first unit does
 * @param testFraction share of the test part of {@link #split}; 0 makes none
 */
public record ContiguousSplitter<E>(
    String unit, ToLongFunction<E> length, Optional<Cutter<E>> cutter, double testFraction)
    implements Splitter<E> {

  /** Cuts an example. */
  @FunctionalInterface
  public interface Cutter<E> {
    /**
     * The units from {@code from}, inclusive, to {@code to}, exclusive. What can be cut between
     * some units only is cut behind the place that is asked for; a part that has no unit then is
     * left out.
     */
    E cut(E example, long from, long to);
  }

  @Override
  public Split<E> split(Corpus<E> corpus, double devFraction) {
    long units = units(corpus);
    long train = (long) (units * (1 - devFraction - testFraction));
    long trainAndDev = (long) (units * (1 - testFraction));
    boolean noDev = devFraction > 0 && trainAndDev == train;
    boolean noTest = testFraction > 0 && trainAndDev == units;
    if (train == 0 || noDev || noTest) {
      throw UserError.data(
          corpus.source(),
          "too few %s (%d) to split off %s of them for dev and %s for test; give %s, or %s 0"
              .formatted(
                  unit, units, devFraction, testFraction, setting("dev"), setting("dev-fraction")));
    }
    List<E> head = take(corpus.examples(), 0, train);
    List<E> middle = take(corpus.examples(), train, trainAndDev);
    List<E> tail = take(corpus.examples(), trainAndDev, units);
    if ((devFraction > 0 && middle.isEmpty()) || (testFraction > 0 && tail.isEmpty())) {
      throw UserError.data(
          corpus.source(),
          "its lines are too long to split some of them off; give %s (and %s), or %s 0"
              .formatted(setting("dev"), setting("test"), setting("dev-fraction")));
    }
    return new Split<>(
        corpus.part(head, "training part"),
        devFraction > 0 ? Optional.of(corpus.part(middle, "dev part")) : Optional.empty(),
        testFraction > 0 ? Optional.of(corpus.part(tail, "test part")) : Optional.empty());
  }

  @Override
  public List<Split<E>> folds(Corpus<E> corpus, int count, double devFraction) {
    long units = units(corpus);
    Folds.check(corpus, count, units, unit);
    Splitter<E> inner = new ContiguousSplitter<>(unit, length, cutter, 0);
    List<Split<E>> folds = new ArrayList<>();
    for (int f = 0; f < count; f++) {
      long from = units * f / count;
      long to = units * (f + 1) / count;
      List<E> rest = new ArrayList<>(take(corpus.examples(), 0, from));
      rest.addAll(take(corpus.examples(), to, units));
      String fold = " of fold " + (f + 1);
      Split<E> parts = inner.split(corpus.part(rest, "training part" + fold), devFraction);
      Corpus<E> test = corpus.part(take(corpus.examples(), from, to), "test part" + fold);
      folds.add(new Split<>(parts.train(), parts.dev(), Optional.of(test)));
    }
    return folds;
  }

  private long units(Corpus<E> corpus) {
    return corpus.examples().stream().mapToLong(length).sum();
  }

  private List<E> take(List<E> all, long from, long to) {
    List<E> taken = new ArrayList<>();
    long start = 0;
    for (E example : all) {
      long units = length.applyAsLong(example);
      long end = start + units;
      if (cutter.isEmpty()) {
        if (start >= from && start < to) {
          taken.add(example);
        }
      } else if (end > from && start < to) {
        E part = cutter.get().cut(example, Math.max(from - start, 0), Math.min(to, end) - start);
        if (units == 0 || length.applyAsLong(part) > 0) {
          taken.add(part);
        }
      }
      start = end;
    }
    return taken;
  }
}
