package dev.unroll.data;

import static dev.unroll.data.UserError.setting;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Examples, and where they came from.
 *
 * @param examples the examples in the order in which they were read
 * @param source the file or folder, or {@code standard input}, as messages and the model file name
 *     it
 * @param digest SHA-256 of the bytes that were read, in hexadecimal; a part of a corpus keeps the
 *     digest of the whole, which with the seed tells which part it is
 * @param format how it is written down, such as {@code tsv}; empty where its reader knows one way
 * @param <E> the example
 */
public record Corpus<E>(List<E> examples, String source, String digest, String format) {
  /** Copies the list of examples. */
  public Corpus {
    examples = List.copyOf(examples);
  }

  /** Examples whose reader knows one format. */
  public Corpus(List<E> examples, String source, String digest) {
    this(examples, source, digest, "");
  }

  /** Examples in the format that was recognised or named. */
  public Corpus(List<E> examples, String source, String digest, Enum<?> format) {
    this(examples, source, digest, Settings.text(format));
  }

  /**
   * Several corpora one after the other. The digest is that of the list of their digests and
   * sources, as {@code sha256sum} would print it; one corpus stays as it is.
   *
   * @param parts at least one
   */
  public static <E> Corpus<E> concat(List<Corpus<E>> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    MessageDigest digest = Sha256.create();
    List<E> all = new ArrayList<>();
    for (Corpus<E> part : parts) {
      all.addAll(part.examples);
      digest.update((part.digest + "  " + part.source + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return new Corpus<>(
        all,
        parts.stream().map(Corpus::source).collect(Collectors.joining(", ")),
        HexFormat.of().formatHex(digest.digest()),
        parts.stream().map(Corpus::format).distinct().collect(Collectors.joining(", ")));
  }

  /** The number of examples. */
  public int size() {
    return examples.size();
  }

  /**
   * Splits off a dev part at random. The same corpus, fraction and seed always give the same parts;
   * each keeps the order of the whole.
   *
   * @param devFraction the share of the dev part, below 1; with 0 there is none
   * @throws UserError if a part would be empty
   */
  public Split<E> split(double devFraction, long seed) {
    return split(devFraction, seed, example -> "");
  }

  /**
   * Splits off a dev part at random in which every label has its share, to within one example.
   *
   * @param label what each part shall hold an equal share of; compared by its string
   * @throws UserError if a part would be empty
   */
  public Split<E> split(double devFraction, long seed, Function<? super E, ?> label) {
    NetworkConfig.share(setting("dev-fraction"), devFraction);
    if (devFraction == 0) {
      return new Split<>(this, Optional.empty(), Optional.empty());
    }
    int devSize = Math.toIntExact(Math.round(size() * devFraction));
    if (devSize == 0 || devSize == size()) {
      throw UserError.data(
          source,
          "%d examples are too few to split off %s of them; give %s, or %s 0"
              .formatted(size(), devFraction, setting("dev"), setting("dev-fraction")));
    }
    BitSet dev = choose(devSize, devFraction, new Random(seed), groups(label));
    return new Split<>(part(dev, false, "training part"), part(dev, true, "dev part"));
  }

  /** The places of the examples of every label, labels in alphabetical order. */
  Map<String, List<Integer>> groups(Function<? super E, ?> label) {
    Map<String, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < size(); i++) {
      String key = String.valueOf(label.apply(examples.get(i)));
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
    }
    return groups;
  }

  /**
   * Every group gives the whole part of its share; what is missing comes from those with the
   * largest remainders (Hamilton's method). The last example of a label stays in training, where it
   * can be learnt.
   */
  private static BitSet choose(
      int devSize, double fraction, Random random, Map<String, List<Integer>> groups) {
    List<List<Integer>> members = List.copyOf(groups.values());
    int[] quota = members.stream().mapToInt(group -> (int) (group.size() * fraction)).toArray();
    Comparator<Integer> byRemainder =
        Comparator.comparingDouble(g -> quota[g] - members.get(g).size() * fraction);
    List<Integer> order = new ArrayList<>();
    for (int g = 0; g < quota.length; g++) {
      order.add(g);
    }
    order.sort(byRemainder);
    int missing = devSize - Arrays.stream(quota).sum();
    order.stream()
        .filter(g -> quota[g] + 1 < members.get(g).size())
        .limit(missing)
        .forEach(g -> quota[g]++);
    BitSet chosen = new BitSet();
    for (int g = 0; g < quota.length; g++) {
      shuffled(members.get(g), random).subList(0, quota[g]).forEach(chosen::set);
    }
    return chosen;
  }

  /** Fisher and Yates, written out so that no library decides what a seed means. */
  static <T> List<T> shuffled(List<T> members, Random random) {
    List<T> shuffled = new ArrayList<>(members);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      shuffled.set(j, shuffled.set(i, shuffled.get(j)));
    }
    return shuffled;
  }

  /** The examples that are chosen, or those that are not. */
  Corpus<E> part(BitSet chosen, boolean in, String name) {
    List<E> part = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (chosen.get(i) == in) {
        part.add(examples.get(i));
      }
    }
    return part(part, name);
  }

  /** Some of the examples, under a name for messages. */
  Corpus<E> part(List<E> some, String name) {
    return new Corpus<>(some, source + " (" + name + ")", digest, format);
  }

  @Override
  public String toString() {
    return size() + " examples of " + source;
  }
}
