package dev.unroll.layers.output;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where the tails of an {@link AdaptiveSoftmax} should begin for it to take little work a step,
 * given how often each class occurs (Grave et al. 2017, section 4.3; without the model of a
 * graphics card).
 *
 * <pre>
 *   head     (width + e) (c₁ + tails)
 *   tail i   share (width dᵢ + (dᵢ + e) classes)      share of the steps whose label is in it
 * </pre>
 *
 * <p>These count multiplications; what a softmax does to a logit counts as e of them. Of the
 * boundaries near the powers of {@code 2^(1/4)} the best are found by dynamic programming.
 *
 * <p>The least work of all would leave a hundred words in the head of a language, and tell most
 * others apart by a quarter of the state. So the head must have four fifths of what occurs, which
 * costs little: most classes are rare whatever the head has.
 */
public final class AdaptiveCutoffs {
  /** More are hardly ever faster, and each tail has fewer values to tell its classes apart by. */
  private static final int MOST_TAILS = 3;

  private static final double SOFTMAX = 16;

  /** What the head has of all that occurs, at least. */
  private static final double IN_HEAD = 0.8;

  /** Of the work of a full softmax, what is worth the trouble, at most. */
  private static final double WORTHWHILE = 0.5;

  /** Candidates from one power of two to the next. */
  private static final double STEPS = 4;

  private final int width;

  /** Ascending; the last is the number of classes. */
  private final int[] boundaries;

  /** How much of all occurs before each boundary. */
  private final double[] before;

  /** The least work of the tails from a boundary on, by number of the tail. */
  private final double[][] work;

  /** The boundary where the next tail begins then. */
  private final int[][] next;

  private AdaptiveCutoffs(long[] counts, int width) {
    this.width = width;
    this.boundaries =
        IntStream.concat(
                IntStream.range(0, (int) (31 * STEPS))
                    .map(i -> (int) Math.round(Math.pow(2, i / STEPS)))
                    .filter(boundary -> boundary < counts.length)
                    .distinct(),
                IntStream.of(counts.length))
            .toArray();
    double all = Math.max(1, Arrays.stream(counts).sum());
    this.before = new double[boundaries.length];
    long sum = 0;
    int rank = 0;
    for (int i = 0; i < boundaries.length; i++) {
      while (rank < boundaries[i]) {
        sum += counts[rank++];
      }
      before[i] = sum / all;
    }
    this.work = new double[MOST_TAILS][boundaries.length - 1];
    this.next = new int[MOST_TAILS][boundaries.length - 1];
  }

  /**
   * The best cutoffs for the standard widths of the tails.
   *
   * @param counts how often a class occurs, by its rank
   * @param width of the state
   * @return {@link AdaptiveSoftmax.Builder#cutoffs}; empty if none saves half of a full softmax's
   *     work
   */
  public static int[] of(long[] counts, int width) {
    return counts.length < 2 ? new int[0] : new AdaptiveCutoffs(counts, width).best();
  }

  private int[] best() {
    int end = boundaries.length - 1;
    for (int tail = MOST_TAILS - 1; tail >= 0; tail--) {
      for (int from = 0; from < end; from++) {
        decide(tail, from, end);
      }
    }
    double least = (width + SOFTMAX) * boundaries[end] * WORTHWHILE;
    int head = end;
    for (int i = 0; i < end; i++) {
      double sum = (width + SOFTMAX) * boundaries[i] + work[0][i];
      if (before[i] >= IN_HEAD && sum < least) {
        least = sum;
        head = i;
      }
    }
    int[] cutoffs = new int[MOST_TAILS];
    int tails = 0;
    for (int i = head; i < end; i = next[tails++][i]) {
      cutoffs[tails] = boundaries[i];
    }
    return Arrays.copyOf(cutoffs, tails);
  }

  private void decide(int tail, int from, int end) {
    int projected =
        AdaptiveShape.width(width, AdaptiveSoftmax.FACTOR, AdaptiveSoftmax.MINIMUM_WIDTH, tail);
    work[tail][from] = Double.POSITIVE_INFINITY;
    for (int to = tail + 1 < MOST_TAILS ? from + 1 : end; to <= end; to++) {
      double share = before[to] - before[from];
      int classes = boundaries[to] - boundaries[from];
      double sum =
          (width + SOFTMAX)
              + share * ((double) width * projected + (projected + SOFTMAX) * classes)
              + (to < end ? work[tail + 1][to] : 0);
      if (sum < work[tail][from]) {
        work[tail][from] = sum;
        next[tail][from] = to;
      }
    }
  }
}
