package dev.unroll.training;

import dev.unroll.data.TrainingConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Minibatches of examples of about the same length.
 *
 * <p>A recurrent network computes padding as it computes words, so examples of one length belong
 * together; but a batch of the shortest only is no fair sample. Each epoch therefore shuffles the
 * examples, sorts them by length within stretches of {@value #STRETCH} batches, cuts the batches,
 * and shuffles those. Which examples meet in which batch follows from the seed and the epoch alone,
 * so that a resumed training meets what the stopped one would have met.
 *
 * @param <P> what the encoder prepared
 */
public final class Batches<P> implements EpochBatches {
  private static final int STRETCH = 50;

  /** The golden ratio in 64 bits, which spreads seeds that are close to each other. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final List<P> examples;
  private final Encoder<?, P> encoder;
  private final int[] lengths;
  private final int batchSize;
  private final int tokenBudget;
  private final long seed;
  private final Variation<P> variation;
  private List<List<Integer>> batches;
  private int epoch;
  private int next;

  /**
   * Batches of {@code examples}, at the beginning of the first epoch.
   *
   * @param batchSize most examples in a batch
   * @param tokenBudget most time steps in a batch, padding included; an example longer than that is
   *     a batch of its own
   */
  public Batches(
      List<P> examples, Encoder<?, P> encoder, int batchSize, int tokenBudget, long seed) {
    this(examples, encoder, batchSize, tokenBudget, seed, Variation.none());
  }

  private Batches(
      List<P> examples,
      Encoder<?, P> encoder,
      int batchSize,
      int tokenBudget,
      long seed,
      Variation<P> variation) {
    if (batchSize < 1 || tokenBudget < 1) {
      throw new IllegalArgumentException(
          "batch size and token budget must be at least 1, got " + batchSize + ", " + tokenBudget);
    }
    this.examples = List.copyOf(examples);
    this.encoder = encoder;
    this.lengths = examples.stream().mapToInt(encoder::length).toArray();
    this.batchSize = batchSize;
    this.tokenBudget = tokenBudget;
    this.seed = seed;
    this.variation = variation;
    startEpoch(1);
  }

  /** Batches of the sizes, and in the order, that a configuration asks for. */
  public Batches(List<P> examples, Encoder<?, P> encoder, TrainingConfig config) {
    this(examples, encoder, config, Variation.none());
  }

  /**
   * The same, of examples that are a little different in every epoch. Batches are cut by how long
   * the examples were before.
   */
  public Batches(
      List<P> examples, Encoder<?, P> encoder, TrainingConfig config, Variation<P> variation) {
    this(examples, encoder, config.batch(), config.tokens(), config.seed(), variation);
  }

  /**
   * Positions of {@code lengths}, cut into batches of like length, the longest first: the order in
   * which examples are predicted.
   */
  public static List<List<Integer>> byLength(int[] lengths, int batchSize, int tokenBudget) {
    List<Integer> order = new ArrayList<>(lengths.length);
    for (int i = 0; i < lengths.length; i++) {
      order.add(i);
    }
    return cut(order, lengths, batchSize, tokenBudget);
  }

  private static List<List<Integer>> cut(
      List<Integer> positions, int[] lengths, int batchSize, int tokenBudget) {
    List<Integer> sorted = new ArrayList<>(positions);
    sorted.sort(Comparator.comparingInt((Integer i) -> lengths[i]).reversed());
    List<List<Integer>> batches = new ArrayList<>();
    for (int from = 0; from < sorted.size(); ) {
      long fit = Math.max(1, tokenBudget / Math.max(1, lengths[sorted.get(from)]));
      int to = (int) Math.min(sorted.size(), from + Math.min(batchSize, fit));
      batches.add(sorted.subList(from, to));
      from = to;
    }
    return batches;
  }

  /** Goes to the beginning of an epoch, counted from 1. */
  @Override
  public void startEpoch(int number) {
    epoch = number;
    next = 0;
    SplittableRandom random = new SplittableRandom(seed * GOLDEN + epoch);
    List<Integer> order = new ArrayList<>(lengths.length);
    for (int i = 0; i < lengths.length; i++) {
      order.add(i);
    }
    shuffle(order, random);
    batches = new ArrayList<>();
    int stretch = STRETCH * batchSize;
    for (int from = 0; from < order.size(); from += stretch) {
      List<Integer> positions = order.subList(from, Math.min(order.size(), from + stretch));
      batches.addAll(cut(positions, lengths, batchSize, tokenBudget));
    }
    shuffle(batches, random);
  }

  private static <T> void shuffle(List<T> list, SplittableRandom random) {
    for (int i = list.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      T swapped = list.get(i);
      list.set(i, list.get(j));
      list.set(j, swapped);
    }
  }

  /** Leaves out the next {@code count} batches, as if they had been read. */
  @Override
  public void skip(int count) {
    next += count;
  }

  /** The number of batches in this epoch. */
  @Override
  public int count() {
    return batches.size();
  }

  /** The number of examples of the batch that {@link #next()} will give. */
  @Override
  public int nextSize() {
    return batches.get(next).size();
  }

  /** The number of examples in an epoch. */
  @Override
  public long examples() {
    return lengths.length;
  }

  @Override
  public boolean hasNext() {
    return next < batches.size();
  }

  @Override
  public MultiDataSet next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all " + batches.size() + " batches have been read");
    }
    return encoder.encode(batches.get(next++).stream().map(this::varied).toList());
  }

  private P varied(int position) {
    SplittableRandom random =
        new SplittableRandom((seed * GOLDEN + epoch) * GOLDEN + Integer.toUnsignedLong(position));
    return variation.vary(examples.get(position), random);
  }
}
