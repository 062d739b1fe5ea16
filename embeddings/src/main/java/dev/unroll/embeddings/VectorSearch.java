package dev.unroll.embeddings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

  /** Queries whose rounded vectors stay in the second cache, beside the block that they read. */
  private static final int TOGETHER = 8;

  /** Blocks of rounded rows that stay there while one query after the other reads them. */
  private static final int BLOCKS = 4;

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

  /**
   * What is looked for.
   *
   * @param unit a vector {@code [stride]} of length 1
   * @param excluded rows that are left out
   */
  record Query(float[] unit, int... excluded) {}

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

  /**
   * The {@code n} best rows for each of several queries: what is read of the table is read once for
   * some of them together, and a query alone finds the same.
   */
  List<List<Hit>> nearest(List<Query> queries, int n) {
    if (n < 1) {
      return Collections.nCopies(queries.size(), List.of());
    }
    int groups = (queries.size() + TOGETHER - 1) / TOGETHER;
    return Parallel.map(
            groups, // one alone shares out the rows
            i -> {
              int end = Math.min((i + 1) * TOGETHER, queries.size());
              return together(queries.subList(i * TOGETHER, end), n);
            })
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private List<List<Hit>> together(List<Query> queries, int n) {
    RoundedRows all = rounded(queries.size());
    List<short[]> roundedQueries =
        all == null ? List.of() : queries.stream().map(query -> all.query(query.unit)).toList();
    units.scales(); // made before the parts ask for them
    int parts = units.parts();
    List<List<List<Hit>>> found =
        Parallel.map(
            parts,
            part -> {
              int whole = all == null ? rows : all.blocks();
              int begin = UnitRows.begin(whole, part, parts);
              int end = UnitRows.begin(whole, part + 1, parts);
              return all == null
                  ? nearest(queries, n, begin, end)
                  : nearest(all, queries, roundedQueries, n, begin, end);
            });
    return IntStream.range(0, queries.size())
        .mapToObj(
            i ->
                found.stream()
                    .flatMap(part -> part.get(i).stream())
                    .sorted(Hit.BEST_FIRST)
                    .limit(n)
                    .toList())
        .toList();
  }

  /** The rounded rows, or null where they do not pay or do not fit. */
  private RoundedRows rounded(int queries) {
    if (units.large()) {
      int before = searches.getAndAdd(queries);
      if (before <= SEARCHES_BEFORE_ROUNDING
          && before + queries > SEARCHES_BEFORE_ROUNDING
          && RoundedRows.bytes(table) <= Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP) {
        rounded = new RoundedRows(table, units.scales());
      }
    }
    return rounded;
  }

  private List<List<Hit>> nearest(List<Query> queries, int n, int begin, int end) {
    List<Best> all = queries.stream().map(query -> new Best(query, n)).toList();
    float[] scales = units.scales();
    int[] offsets = new int[BLOCK];
    float[] scores = new float[BLOCK];
    float[] scratch = new float[BLOCK * stride];
    for (int from = begin; from < end; from += BLOCK) {
      int count = Math.min(BLOCK, end - from);
      float[] matrix = table.rows(from, count, scratch);
      for (int i = 0; i < count; i++) {
        offsets[i] = table.offset(from) + i * stride;
      }
      for (Best best : all) {
        kernel.dots(best.query.unit, 0, stride, matrix, offsets, count, scores);
        for (int i = 0; i < count; i++) {
          best.take(from + i, scores[i] * scales[from + i]);
        }
      }
    }
    return all.stream().map(Best::hits).toList();
  }

  /** The same from rounded rows. */
  private List<List<Hit>> nearest(
      RoundedRows all,
      List<Query> queries,
      List<short[]> roundedQueries,
      int n,
      int beginBlock,
      int endBlock) {
    List<Candidates> each =
        queries.stream().map(query -> new Candidates(query, n, all.error())).toList();
    for (int block = beginBlock; block < endBlock; block += BLOCKS) {
      for (int i = 0; i < each.size(); i++) {
        each.get(i).take(all, roundedQueries.get(i), block, Math.min(endBlock, block + BLOCKS));
      }
    }
    return each.stream().map(Candidates::hits).toList();
  }

  /** The best rows seen for a query. */
  private static final class Best {
    final Query query;
    private final int n;
    private final PriorityQueue<Hit> hits = new PriorityQueue<>(Hit.BEST_FIRST.reversed());

    Best(Query query, int n) {
      this.query = query;
      this.n = n;
    }

    void take(int row, float score) {
      if ((hits.size() < n || score > hits.peek().score) && !contains(query.excluded, row)) {
        hits.add(new Hit(row, score));
        if (hits.size() > n) {
          hits.poll();
        }
      }
    }

    boolean isFull() {
      return hits.size() == n;
    }

    /** Only where there is one. */
    float worst() {
      return hits.peek().score;
    }

    List<Hit> hits() {
      return new ArrayList<>(hits);
    }
  }

  /**
   * The rows seen that may be among the best. The n-th best true cosine is at most one error below
   * the n-th best rounded one, and a row's true cosine at most one error above its rounded one; so
   * what is more than two errors below is not among the best, and all others are scored again.
   */
  private final class Candidates {
    private final Best best; // rounded
    private final double error;
    private final List<Hit> hits = new ArrayList<>();
    private final int[] scores = new int[RoundedRows.BLOCK];
    private int least = Integer.MIN_VALUE;

    Candidates(Query query, int n, double error) {
      this.best = new Best(query, n);
      this.error = error;
    }

    void take(RoundedRows all, short[] query, int beginBlock, int endBlock) {
      for (int block = beginBlock; block < endBlock; block++) {
        all.scores(block, query, scores);
        int first = block * RoundedRows.BLOCK;
        for (int i = 0; i < Math.min(RoundedRows.BLOCK, rows - first); i++) {
          if (scores[i] >= least && !contains(best.query.excluded, first + i)) {
            Hit hit = new Hit(first + i, (float) RoundedRows.cosine(scores[i]));
            hits.add(hit);
            best.take(hit.row, hit.score);
            least = best.isFull() ? RoundedRows.score(limit()) : least;
          }
        }
      }
    }

    private double limit() {
      return best.worst() - 2 * error;
    }

    List<Hit> hits() {
      double limit = best.isFull() ? limit() : Double.NEGATIVE_INFINITY;
      return hits.stream()
          .filter(hit -> hit.score >= limit)
          .map(hit -> new Hit(hit.row, units.score(best.query.unit, hit.row)))
          .sorted(Hit.BEST_FIRST)
          .limit(best.n)
          .toList();
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
