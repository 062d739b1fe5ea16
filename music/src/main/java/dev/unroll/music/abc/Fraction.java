package dev.unroll.music.abc;

/**
 * A length in whole notes.
 *
 * @param over numerator, 0 or more
 * @param under denominator, 1 or more; the two have no common divisor
 */
record Fraction(long over, long under) {
  static final Fraction ZERO = new Fraction(0, 1);

  /** Beyond this no note is written, and nothing overflows. */
  private static final long MOST = 1 << 20;

  Fraction {
    long divisor = divisor(over, under);
    over /= divisor;
    under /= divisor;
    if (over > MOST || under > MOST) {
      throw new ArithmeticException(over + "/" + under + " as a length");
    }
  }

  private static long divisor(long a, long b) {
    return b == 0 ? Math.max(1, a) : divisor(b, a % b);
  }

  Fraction times(Fraction other) {
    return new Fraction(over * other.over, under * other.under);
  }

  Fraction plus(Fraction other) {
    return new Fraction(over * other.under + other.over * under, under * other.under);
  }

  int compareTo(Fraction other) {
    return Long.compare(over * other.under, other.over * under);
  }

  @Override
  public String toString() {
    return under == 1 ? String.valueOf(over) : over + "/" + under;
  }
}
