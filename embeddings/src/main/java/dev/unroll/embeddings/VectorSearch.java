package dev.unroll.embeddings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Exact search by cosine: every row is scored. Large tables are split over the processors. Vectors
 * stay as they were trained; beside each lies the reciprocal of its length. A zero vector has
 * cosine 0 with everything.
 */
final class VectorSearch {
  /** Rows scored at once; their scores stay in the nearest cache. */
  private static final int BLOCK = 1024;

  /** Below this many numbers a second thread costs more than it saves. */
  private static final long WORTH_SPLITTING = 1 << 20;

  private final float[] vectors;
  private final int rows;
  private final int stride;
  private final Kernel kernel;
  private final float[] scales;

  /** A row and its cosine. */
  record Hit(int row, float score) {
    /** Best first; equal ones in the order of their rows. */
    static final Comparator<Hit> BEST_FIRST =
        Comparator.<Hit>comparingDouble(hit -> -hit.score).thenComparingInt(Hit::row);
  }

  VectorSearch(float[] vectors, int rows, int stride, Kernel kernel) {
    this.vectors = vectors;
    this.rows = rows;
    this.stride = stride;
    this.kernel = kernel;
    this.scales = new float[rows];
    for (int row = 0; row < rows; row++) {
      scales[row] = scale(vectors, row * stride, stride);
    }
  }

  private static float scale(float[] vectors, int offset, int length) {
    double squares = 0;
    for (int d = 0; d < length; d++) {
      squares += (double) vectors[offset + d] * vectors[offset + d];
    }
    return squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
  }

  /** Scales a vector to length 1, unless it is zero. */
  static void normalise(float[] vector) {
    float scale = scale(vector, 0, vector.length);
    for (int d = 0; d < vector.length; d++) {
      vector[d] *= scale;
    }
  }

  int rows() {
    return rows;
  }

  int stride() {
    return stride;
  }

  /** A row scaled to length 1, {@code [stride]}. */
  float[] unit(int row) {
    float[] unit = Arrays.copyOfRange(vectors, row * stride, (row + 1) * stride);
    for (int d = 0; d < stride; d++) {
      unit[d] *= scales[row];
    }
    return unit;
  }

  /** The direction of b − a + c, each of length 1: {@code [stride]}, of length 1. */
  float[] analogy(int a, int b, int c) {
    float[] query = unit(b);
    float[] minus = unit(a);
    float[] plus = unit(c);
    for (int d = 0; d < stride; d++) {
      query[d] += plus[d] - minus[d];
    }
    normalise(query);
    return query;
  }

  /** The cosine of a row with a vector of length 1. */
  float score(float[] unit, int row) {
    float[] score = new float[1];
    kernel.dots(unit, 0, stride, vectors, new int[] {row * stride}, 1, score);
    return score[0] * scales[row];
  }

  double cosine(int row, int other) {
    return score(unit(row), other);
  }

  /** The {@code n} best rows for a vector of length 1, those {@code excluded} left out. */
  List<Hit> nearest(float[] query, int n, int... excluded) {
    int parts =
        (long) rows * stride < WORTH_SPLITTING ? 1 : Runtime.getRuntime().availableProcessors();
    return IntStream.range(0, parts)
        .parallel()
        .mapToObj(
            part -> {
              int begin = (int) ((long) rows * part / parts);
              int end = (int) ((long) rows * (part + 1) / parts);
              return nearest(query, n, begin, end, excluded);
            })
        .flatMap(List::stream)
        .sorted(Hit.BEST_FIRST)
        .limit(n)
        .toList();
  }

  private List<Hit> nearest(float[] query, int n, int begin, int end, int[] excluded) {
    PriorityQueue<Hit> best = new PriorityQueue<>(Hit.BEST_FIRST.reversed());
    int[] offsets = new int[BLOCK];
    float[] scores = new float[BLOCK];
    for (int from = begin; from < end; from += BLOCK) {
      int count = Math.min(BLOCK, end - from);
      for (int i = 0; i < count; i++) {
        offsets[i] = (from + i) * stride;
      }
      kernel.dots(query, 0, stride, vectors, offsets, count, scores);
      for (int i = 0; i < count; i++) {
        float score = scores[i] * scales[from + i];
        if (best.size() < n || score > best.peek().score) {
          offer(best, n, new Hit(from + i, score), excluded);
        }
      }
    }
    return new ArrayList<>(best);
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
    int[] bestRows = new int[count];
    float[] bestScores = new float[count];
    Arrays.fill(bestRows, -1);
    Arrays.fill(bestScores, Float.NEGATIVE_INFINITY);
    float[] scores = new float[count];
    for (int row = 0; row < Math.min(limit, rows); row++) {
      kernel.dots(vectors, row * stride, stride, queries, offsets, count, scores);
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
