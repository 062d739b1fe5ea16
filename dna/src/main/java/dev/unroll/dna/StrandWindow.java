package dev.unroll.dna;

import java.util.Arrays;

/**
 * A stretch of a strand as the network reads it.
 *
 * @param bases of the whole strand, shared
 * @param labels of the whole strand, a byte a base as they are written, shared; null if they are
 *     not known
 * @param label of the strand, or {@link #UNLABELLED}
 * @param from the first base of the stretch
 * @param to behind its last base
 * @param reverse whether the other strand is read
 */
record StrandWindow(Bases bases, byte[] labels, int label, int from, int to, boolean reverse) {
  /** The label of a strand of which none is known. */
  static final int UNLABELLED = -1;

  /** The number of bases. */
  int length() {
    return to - from;
  }

  /** Where a base that is read lies in the strand. */
  private int place(int step) {
    return reverse ? to - 1 - step : from + step;
  }

  /** The code of a base, counted as they are read; any one beyond the ends of the stretch. */
  byte code(int step) {
    if (step < 0 || step >= length()) {
      return Nucleotides.ANY;
    }
    byte code = bases.codes()[place(step)];
    return reverse ? Nucleotides.complement(code) : code;
  }

  /** The label of a base, counted as they are read. */
  int label(int step) {
    return labels[place(step)];
  }

  /** The same of the other strand. */
  StrandWindow reversed() {
    return new StrandWindow(bases, labels, label, from, to, !reverse);
  }

  /** As many bases from another one on, as far as there are any. */
  StrandWindow movedTo(int first) {
    int start = Math.max(0, Math.min(first, bases.length() - length()));
    return new StrandWindow(bases, labels, label, start, start + length(), reverse);
  }

  /** The same stretch of other bases. */
  StrandWindow of(Bases others) {
    byte[] own = labels == null ? null : Arrays.copyOfRange(labels, from, to);
    return new StrandWindow(others, own, label, 0, length(), reverse);
  }
}
