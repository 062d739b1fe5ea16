package dev.unroll.embeddings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Exact search by cosine: every row is scored. Large tables are split over the threads of {@link
 * Parallel}.
 */
final class VectorSearch {
  /** Rows scored at once: with their scores, they stay in the nearer caches. */
  private static final int BLOCK = 64;

  /** Rounding all rows takes as long as some searches without. */
  private static final int SEARCHES_BEFORE_ROUNDING = 2;

  /** Rounded rows may take this part of the memory that Java may use. */
  private static final int SHARE_OF_HEAP = 4;

  private final VectorTable table;
  private final UnitRows units;
  private final int rows;
  private final int stride;
  private final Kernel kernel;
  private final AtomicInteger searches = new AtomicInteger();
  private volatile RoundedRows rounded;

  /** A row and its cosine. */
  record Hit(int row, float score) {
    /** Best first; equal ones in the order of their rows. */
    static final Comparator<Hit> BEST_FIRST =
        Comparator.<Hit>comparingDouble(hit -> -hit.score).thenComparingInt(Hit::row);
  }

  VectorSearch(VectorTable table, UnitRows units, Kernel kernel) {
    this.table = table;
    this.units = units;
    this.rows = table.size();
    this.stride = table.stride;
    this.kernel = kernel;
  }

  /** The {@code n} best rows for a vector of length 1, those {@code excluded} left out. */
  List<Hit> nearest(float[] query, int n, int... excluded) {
    if (n < 1) {
      return List.of();
    }
    RoundedRows all = rounded();
    short[] roundedQuery = all == null ? null : all.query(query);
    units.scales(); // made before the parts ask for them
    int parts = units.parts();
    List<List<Hit>> found =
        Parallel.map(
            parts,
            part -> {
              int whole = all == null ? rows : all.blocks();
              int begin = UnitRows.begin(whole, part, parts);
              int end = UnitRows.begin(whole, part + 1, parts);
              return all == null
                  ? nearest(query, n, begin, end, excluded)
                  : nearest(all, roundedQuery, query, n, begin, end, excluded);
            });
    return found.stream().flatMap(List::stream).sorted(Hit.BEST_FIRST).limit(n).toList();
  }

  /** The rounded rows, or null where they do not pay or do not fit. */
  private RoundedRows rounded() {
    if (units.large() && searches.getAndIncrement() == SEARCHES_BEFORE_ROUNDING) {
      if (RoundedRows.bytes(table) <= Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP) {
        rounded = new RoundedRows(table, units.scales());
      }
    }
    return rounded;
  }

  private List<Hit> nearest(float[] query, int n, int begin, int end, int[] excluded) {
    float[] scales = units.scales();
    PriorityQueue<Hit> best = new PriorityQueue<>(Hit.BEST_FIRST.reversed());
    int[] offsets = new int[BLOCK];
    float[] scores = new float[BLOCK];
    float[] scratch = new float[BLOCK * stride];
    for (int from = begin; from < end; from += BLOCK) {
      int count = Math.min(BLOCK, end - from);
      float[] matrix = table.rows(from, count, scratch);
      for (int i = 0; i < count; i++) {
        offsets[i] = table.offset(from) + i * stride;
      }
      kernel.dots(query, 0, stride, matrix, offsets, count, scores);
      for (int i = 0; i < count; i++) {
        float score = scores[i] * scales[from + i];
        if (best.size() < n || score > best.peek().score) {
          offer(best, n, new Hit(from + i, score), excluded);
        }
      }
    }
    return new ArrayList<>(best);
  }

  /**
   * The same from rounded rows. The n-th best true cosine is at most one error below the n-th best
   * rounded one, and a row's true cosine at most one error above its rounded one; so what is more
   * than two errors below is not among the best, and all others are scored again.
   */
  private List<Hit> nearest(
      RoundedRows all,
      short[] rounded,
      float[] query,
      int n,
      int beginBlock,
      int endBlock,
      int[] excluded) {
    PriorityQueue<Hit> best = new PriorityQueue<>(Hit.BEST_FIRST.reversed()); // rounded
    List<Hit> candidates = new ArrayList<>();
    int[] scores = new int[RoundedRows.BLOCK];
    int least = Integer.MIN_VALUE;
    for (int block = beginBlock; block < endBlock; block++) {
      all.scores(block, rounded, scores);
      int first = block * RoundedRows.BLOCK;
      for (int i = 0; i < Math.min(RoundedRows.BLOCK, rows - first); i++) {
        if (scores[i] >= least && !contains(excluded, first + i)) {
          Hit hit = new Hit(first + i, (float) RoundedRows.cosine(scores[i]));
          candidates.add(hit);
          offer(best, n, hit, excluded);
          if (best.size() == n) {
            least = RoundedRows.score(best.peek().score - 2 * all.error());
          }
        }
      }
    }
    double limit = best.isEmpty() ? 0 : best.peek().score - 2 * all.error();
    return candidates.stream()
        .filter(hit -> best.size() < n || hit.score >= limit)
        .map(hit -> new Hit(hit.row, units.score(query, hit.row)))
        .sorted(Hit.BEST_FIRST)
        .limit(n)
        .toList();
  }

  private static void offer(PriorityQueue<Hit> best, int n, Hit hit, int[] excluded) {
    for (int row : excluded) {
      if (row == hit.row) {
        return;
      }
    }
    best.add(hit);
    if (best.size() > n) {
      best.poll();
    }
  }

  /**
   * For many vectors at once the best of the first {@code limit} rows: each row is read once for
   * all of them.
   *
   * @param queries {@code [count, stride]}, flat
   * @param excluded for each query the rows left out
   * @return for each query the row, or -1 if none is left
   */
  int[] best(float[] queries, int count, int[][] excluded, int limit) {
    int[] offsets = IntStream.range(0, count).map(i -> i * stride).toArray();
    float[] scales = units.scales();
    int[] bestRows = new int[count];
    float[] bestScores = new float[count];
    Arrays.fill(bestRows, -1);
    Arrays.fill(bestScores, Float.NEGATIVE_INFINITY);
    float[] scores = new float[count];
    float[] scratch = new float[stride];
    for (int row = 0; row < Math.min(limit, rows); row++) {
      float[] matrix = table.rows(row, 1, scratch);
      kernel.dots(matrix, table.offset(row), stride, queries, offsets, count, scores);
      for (int i = 0; i < count; i++) {
        float score = scores[i] * scales[row];
        if (score > bestScores[i] && !contains(excluded[i], row)) {
          bestScores[i] = score;
          bestRows[i] = row;
        }
      }
    }
    return bestRows;
  }

  private static boolean contains(int[] rows, int row) {
    for (int other : rows) {
      if (other == row) {
        return true;
      }
    }
    return false;
  }
}
