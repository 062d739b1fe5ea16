package dev.unroll.layers;

import java.util.Arrays;

/**
 * Where each row of a table occurs in a batch: the rows ascending, and of each row its positions
 * ascending, so that sums over them do not depend on anything but the batch.
 */
public final class Occurrences {
  private final int[] rows;
  private final int[] starts;
  private final long[] sorted;

  private Occurrences(int[] rows, int[] starts, long[] sorted) {
    this.rows = rows;
    this.starts = starts;
    this.sorted = sorted;
  }

  /** Groups the positions of {@code ids} by id; negative ids are left out. */
  public static Occurrences of(int[] ids) {
    long[] sorted = new long[ids.length];
    int n = 0;
    for (int position = 0; position < ids.length; position++) {
      if (ids[position] >= 0) {
        sorted[n++] = ((long) ids[position] << Integer.SIZE) | position;
      }
    }
    Arrays.sort(sorted, 0, n);
    int[] rows = new int[n];
    int[] starts = new int[n + 1];
    int count = 0;
    for (int k = 0; k < n; k++) {
      int row = (int) (sorted[k] >>> Integer.SIZE);
      if (count == 0 || rows[count - 1] != row) {
        rows[count] = row;
        starts[count++] = k;
      }
    }
    starts[count] = n;
    return new Occurrences(Arrays.copyOf(rows, count), starts, sorted);
  }

  /** The rows that occur, distinct and ascending; not a copy. */
  public int[] rows() {
    return rows;
  }

  /** Where the positions of the {@code index}-th row begin; those of the next end them. */
  int start(int index) {
    return starts[index];
  }

  /** The position at index {@code k}, between two starts. */
  int position(int k) {
    return (int) sorted[k];
  }

  /** Where the positions of each row begin in {@link #positions}, and at last where they end. */
  public int[] starts() {
    return Arrays.copyOf(starts, rows.length + 1);
  }

  /** The positions, those of a row after those of the row before. */
  public int[] positions() {
    return Arrays.stream(sorted, 0, starts[rows.length]).mapToInt(pair -> (int) pair).toArray();
  }
}
