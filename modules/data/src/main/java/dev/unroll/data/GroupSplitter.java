package dev.unroll.data;

import static dev.unroll.data.UserError.setting;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** See {@link Splitter#byGroup}. */
record GroupSplitter<E>(long seed, Function<List<E>, ? extends List<?>> groups)
    implements Splitter<E> {

  /** Takes groups in random order for dev, as long as they fit into its share. */
  @Override
  public Split<E> split(Corpus<E> whole, double devFraction) {
    NetworkConfig.share(setting("dev-fraction"), devFraction);
    if (devFraction == 0) {
      return new Split<>(whole, Optional.empty(), Optional.empty());
    }
    List<List<Integer>> shuffled = shuffled(whole);
    long wanted = Math.round(whole.size() * devFraction);
    BitSet dev = new BitSet();
    for (List<Integer> group : shuffled) {
      if (dev.cardinality() + group.size() <= wanted) {
        group.forEach(dev::set);
      }
    }
    if (dev.isEmpty() && shuffled.size() > 1) { // every group is larger than the share
      shuffled.stream().min(Comparator.comparingInt(List::size)).orElseThrow().forEach(dev::set);
    }
    if (dev.isEmpty() || dev.cardinality() == whole.size()) {
      throw UserError.data(
          whole.source(),
          "%d groups are too few to split off %s of the examples; give %s, or %s 0"
              .formatted(shuffled.size(), devFraction, setting("dev"), setting("dev-fraction")));
    }
    return new Split<>(whole.part(dev, false, "training part"), whole.part(dev, true, "dev part"));
  }

  /** The largest group first, each to the fold that has the fewest examples by then. */
  @Override
  public List<Split<E>> folds(Corpus<E> whole, int count, double devFraction) {
    List<List<Integer>> largestFirst = new ArrayList<>(shuffled(whole));
    Folds.check(whole, count, largestFirst.size(), "groups");
    largestFirst.sort(Comparator.comparingInt((List<Integer> group) -> group.size()).reversed());
    List<BitSet> folds = Folds.empty(count);
    for (List<Integer> group : largestFirst) {
      BitSet smallest =
          folds.stream().min(Comparator.comparingInt(BitSet::cardinality)).orElseThrow();
      group.forEach(smallest::set);
    }
    return Folds.of(whole, folds, this, devFraction);
  }

  private List<List<Integer>> shuffled(Corpus<E> whole) {
    List<?> names = groups.apply(whole.examples());
    if (names.size() != whole.size()) {
      throw new IllegalArgumentException(names.size() + " groups of " + whole.size() + " examples");
    }
    Map<Object, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      members.computeIfAbsent(names.get(i), name -> new ArrayList<>()).add(i);
    }
    Collection<List<Integer>> all = members.values();
    return Corpus.shuffled(List.copyOf(all), new Random(seed));
  }
}
