package dev.unroll.translation;

import dev.unroll.generation.NetworkSymbols;
import java.util.BitSet;

/** The most probable extensions of some rows, the best one first; of equal ones the earlier. */
final class BestSymbols {
  private final int symbols;
  private final BitSet excluded;
  private final int[] rows;
  private final int[] ids;
  private final double[] logs;
  private int size;

  BestSymbols(int most, int symbols, BitSet excluded) {
    this.symbols = symbols;
    this.excluded = excluded;
    this.rows = new int[most];
    this.ids = new int[most];
    this.logs = new double[most];
  }

  /** Adds the extensions of a row. */
  void add(float[] probabilities, int row, double logProbability) {
    int from = row * symbols;
    // Logarithms cost much, and a probability tells as well who is out of the question.
    float least = least(logProbability);
    for (int symbol = 0; symbol < symbols; symbol++) {
      float probability = probabilities[from + symbol];
      if (probability >= least && !excluded.get(symbol)) {
        insert(row, symbol, logProbability + NetworkSymbols.log(probability));
        least = least(logProbability);
      }
    }
    if (size == 0) {
      throw new IllegalStateException("the network's probabilities are not finite");
    }
  }

  /** A probability that an extension needs at least to be among the best; not a bit too much. */
  private float least(double logProbability) {
    return size < ids.length ? 0 : (float) Math.exp(logs[size - 1] - logProbability) * (1 - 1e-6f);
  }

  private void insert(int row, int symbol, double log) {
    int at = size;
    while (at > 0 && logs[at - 1] < log) {
      at--;
    }
    if (at == ids.length) {
      return;
    }
    size = Math.min(size + 1, ids.length);
    int moved = size - at - 1;
    System.arraycopy(rows, at, rows, at + 1, moved);
    System.arraycopy(ids, at, ids, at + 1, moved);
    System.arraycopy(logs, at, logs, at + 1, moved);
    rows[at] = row;
    ids[at] = symbol;
    logs[at] = log;
  }

  int size() {
    return size;
  }

  int row(int index) {
    return rows[index];
  }

  int symbol(int index) {
    return ids[index];
  }

  double logProbability(int index) {
    return logs[index];
  }
}
