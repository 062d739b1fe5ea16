package dev.unroll.layers;

import java.util.Arrays;

/**
 * Where each row of a table occurs in a batch: the rows ascending, and of each row its positions
 * ascending, so that sums over them do not depend on anything but the batch.
 */
public final class Occurrences {
  /** Ids up to so many times their number are counted rather than sorted. */
  private static final int SPARSE = 8;

  private final int[] rows;
  private final int[] starts;
  private final int[] positions;

  private Occurrences(int[] rows, int[] starts, int[] positions) {
    this.rows = rows;
    this.starts = starts;
    this.positions = positions;
  }

  /** Groups the positions of {@code ids} by id; negative ids are left out. */
  public static Occurrences of(int[] ids) {
    int largest = -1;
    for (int id : ids) {
      largest = Math.max(largest, id);
    }
    return largest <= (long) SPARSE * ids.length ? counted(ids, largest) : sorted(ids);
  }

  private static Occurrences counted(int[] ids, int largest) {
    int[] ends = new int[largest + 1];
    int n = 0;
    for (int id : ids) {
      if (id >= 0) {
        ends[id]++;
        n++;
      }
    }
    int[] rows = new int[Math.min(n, largest + 1)];
    int[] starts = new int[rows.length + 1];
    int count = 0;
    int before = 0;
    for (int id = 0; id <= largest; id++) {
      if (ends[id] > 0) {
        rows[count] = id;
        starts[count++] = before;
      }
      before += ends[id];
      ends[id] = before;
    }
    starts[count] = n;
    int[] positions = new int[n];
    for (int position = ids.length - 1; position >= 0; position--) {
      if (ids[position] >= 0) {
        positions[--ends[ids[position]]] = position;
      }
    }
    return new Occurrences(Arrays.copyOf(rows, count), Arrays.copyOf(starts, count + 1), positions);
  }

  private static Occurrences sorted(int[] ids) {
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
    int[] positions = new int[n];
    int count = 0;
    for (int k = 0; k < n; k++) {
      int row = (int) (sorted[k] >>> Integer.SIZE);
      if (count == 0 || rows[count - 1] != row) {
        rows[count] = row;
        starts[count++] = k;
      }
      positions[k] = (int) sorted[k];
    }
    starts[count] = n;
    return new Occurrences(Arrays.copyOf(rows, count), Arrays.copyOf(starts, count + 1), positions);
  }

  /** The rows that occur, distinct and ascending; not a copy. */
  public int[] rows() {
    return rows;
  }

  /** Where the positions of each row begin, and at last where they end; not a copy. */
  public int[] starts() {
    return starts;
  }

  /** The positions, those of a row after those of the row before; not a copy. */
  public int[] positions() {
    return positions;
  }

  /** Where the positions of the {@code index}-th row begin; those of the next end them. */
  int start(int index) {
    return starts[index];
  }

  /** The position at index {@code k}, between two starts. */
  int position(int k) {
    return positions[k];
  }
}
