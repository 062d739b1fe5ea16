package dev.unroll.layers.crf;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which label may follow which, which may begin a sequence and which may end it.
 *
 * <pre>
 *   to      O B I end        a row for each label and one for the start; a column for each label
 *   O       1 1 0  1         and one for the end. Here an I follows a B or an I only.
 *   B       1 1 1  1
 *   I       1 1 1  1
 *   start   1 1 0  1
 * </pre>
 *
 * <p>Immutable; a new one allows everything, and {@link #forbid} and its like return others.
 */
public final class CrfConstraints {
  private static final char ALLOWED = '1';
  private static final char FORBIDDEN = '0';

  private final int labels;

  /** Bit {@code from * (labels + 1) + to}; index {@code labels} is the start or the end. */
  private final BitSet forbidden;

  private CrfConstraints(int labels, BitSet forbidden) {
    this.labels = labels;
    this.forbidden = forbidden;
  }

  /** Every sequence of labels is allowed. */
  public static CrfConstraints none(int labels) {
    if (labels < 1) {
      throw new IllegalArgumentException("there must be at least one label, got " + labels);
    }
    return new CrfConstraints(labels, new BitSet());
  }

  /** The number of labels. */
  public int labels() {
    return labels;
  }

  /** The same, but {@code to} must not follow {@code from}. */
  public CrfConstraints forbid(int from, int to) {
    return with(check(from), check(to));
  }

  /** The same, but {@code label} must not come first. */
  public CrfConstraints forbidStart(int label) {
    return with(labels, check(label));
  }

  /** The same, but {@code label} must not come last. */
  public CrfConstraints forbidEnd(int label) {
    return with(check(label), labels);
  }

  /** Whether {@code to} may follow {@code from}. */
  public boolean allows(int from, int to) {
    return !forbidden.get(index(check(from), check(to)));
  }

  /** Whether {@code label} may come first. */
  public boolean allowsStart(int label) {
    return !forbidden.get(index(labels, check(label)));
  }

  /** Whether {@code label} may come last. */
  public boolean allowsEnd(int label) {
    return !forbidden.get(index(check(label), labels));
  }

  private CrfConstraints with(int from, int to) {
    BitSet more = (BitSet) forbidden.clone();
    more.set(index(from, to));
    return new CrfConstraints(labels, more);
  }

  private int index(int from, int to) {
    return from * (labels + 1) + to;
  }

  private int check(int label) {
    if (label < 0 || label >= labels) {
      throw new IllegalArgumentException("labels are 0 to " + (labels - 1) + ", got " + label);
    }
    return label;
  }

  /** The table as rows of 0 and 1, joined by {@code /}: the labels' in order, then the start's. */
  @Override
  public String toString() {
    StringBuilder rows = new StringBuilder();
    for (int from = 0; from <= labels; from++) {
      for (int to = 0; to <= labels; to++) {
        rows.append(forbidden.get(index(from, to)) ? FORBIDDEN : ALLOWED);
      }
      rows.append(from < labels ? "/" : "");
    }
    return rows.toString();
  }

  /** Reads what {@link #toString} wrote. */
  public static CrfConstraints parse(String text) {
    String[] rows = text.split("/", -1);
    BitSet forbidden = new BitSet();
    for (int from = 0; from < rows.length; from++) {
      if (rows[from].length() != rows.length || !rows[from].matches("[01]+")) {
        throw new IllegalArgumentException("no square table of 0 and 1: " + Arrays.toString(rows));
      }
      for (int to = 0; to < rows.length; to++) {
        forbidden.set(from * rows.length + to, rows[from].charAt(to) == FORBIDDEN);
      }
    }
    return new CrfConstraints(none(rows.length - 1).labels, forbidden);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CrfConstraints that
        && labels == that.labels
        && forbidden.equals(that.forbidden);
  }

  @Override
  public int hashCode() {
    return 31 * labels + forbidden.hashCode();
  }
}
