package dev.unroll.layers.kernel;

import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Copier;
import dev.unroll.layers.memory.Slab;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/**
 * Rows that a kernel computes together, and the way between their place in the batch and their
 * place in the kernel.
 *
 * <p>Kernel step {@code k} of a run is its {@code k}-th step read forwards, or its {@code k}-th
 * step from the end if the part reads backwards; the padding is always behind the end.
 */
final class Part {
  /** About as many rows as keep the vector units busy while the weights stay in the cache. */
  private static final int ROWS = 16;

  /** Rows of different lengths waste less padding in smaller parts. */
  private static final int UNEVEN_ROWS = 8;

  private static final int MOST = 16;

  /** Instead of a number of parts: one. */
  static final int WHOLE_BATCH = 0;

  private final List<Run> runs;
  private final boolean backwards;

  private Part(List<Run> runs, boolean backwards) {
    this.runs = runs;
    this.backwards = backwards;
  }

  /**
   * Splits runs into parts. The number of parts depends on the runs alone, never on the number of
   * threads, because the order in which gradients are added up decides their last bits.
   *
   * @param fewest how many parts to make at least, if there are rows enough, or {@link
   *     #WHOLE_BATCH}
   */
  static List<Part> split(List<Run> runs, boolean backwards, int fewest) {
    List<Run> sorted = Run.longestFirst(runs);
    List<Part> parts = new ArrayList<>();
    int rows = sorted.size();
    if (rows == 0) {
      return parts;
    }
    boolean even = sorted.get(0).length() == sorted.get(rows - 1).length();
    int wanted = (rows + (even ? ROWS : UNEVEN_ROWS) - 1) / (even ? ROWS : UNEVEN_ROWS);
    int count =
        fewest == WHOLE_BATCH ? 1 : Math.min(rows, Math.min(MOST, Math.max(wanted, fewest)));
    for (int p = 0; p < count; p++) {
      parts.add(new Part(sorted.subList(rows * p / count, rows * (p + 1) / count), backwards));
    }
    return parts;
  }

  List<Run> runs() {
    return runs;
  }

  int rows() {
    return runs.size();
  }

  /** The length of each run. */
  int[] lengths() {
    return runs.stream().mapToInt(Run::length).toArray();
  }

  /** The length of the longest run. */
  int steps() {
    return runs.get(0).length();
  }

  /** A measure of the work, to begin with the largest part. */
  long work() {
    return (long) rows() * steps();
  }

  /** Copies the part's steps from the batch into a slab {@code [steps, rows, width]}. */
  void gather(Sequences from, Slab to, int paddedSteps) {
    move(from, to, from.width(), true);
    int width = from.width() * to.type().width();
    long stepBytes = (long) rows() * width;
    Address address = new Address();
    for (int k = 0; k < paddedSteps; k++) {
      int active = active(k);
      if (active < rows()) {
        address.at(to.address() + k * stepBytes + (long) active * width);
        Pointer.memset(address, 0, (long) (rows() - active) * width);
      }
    }
  }

  /** Copies a slab {@code [steps, rows, width]} to the part's steps in the batch. */
  void scatter(Slab from, Sequences to) {
    move(to, from, to.width(), false);
  }

  private void move(Sequences sequences, Slab slab, int width, boolean gather) {
    int bytes = width * slab.type().width();
    Copier copier = new Copier();
    long inSlab = slab.address();
    for (int k = 0; k < steps(); k++) {
      int active = active(k);
      for (int row = 0, n; row < active; row += n) {
        n = neighbours(row, active, k, sequences.isDense());
        long inBatch = sequences.address(runs.get(row).example(), time(row, k));
        long slabAddress = inSlab + ((long) k * rows() + row) * bytes;
        copier.copy(
            gather ? inBatch : slabAddress,
            gather ? slabAddress : inBatch,
            Math.multiplyExact(n, bytes));
      }
    }
  }

  /** How many rows from this one on lie side by side in the batch at kernel step {@code k}. */
  private int neighbours(int row, int active, int k, boolean dense) {
    int n = 1;
    if (dense) {
      int example = runs.get(row).example();
      int time = time(row, k);
      while (row + n < active
          && runs.get(row + n).example() == example + n
          && time(row + n, k) == time) {
        n++;
      }
    }
    return n;
  }

  private int time(int row, int k) {
    Run run = runs.get(row);
    return backwards ? run.end() - 1 - k : run.start() + k;
  }

  /** How many rows are still running at kernel step {@code k}: the first ones. */
  private int active(int k) {
    int active = rows();
    while (active > 0 && runs.get(active - 1).length() <= k) {
      active--;
    }
    return active;
  }
}
