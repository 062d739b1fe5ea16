package dev.unroll.dna;

/** Where the bases of one sequence come from, in their order. */
@FunctionalInterface
interface BaseSource {
  /**
   * Reads on.
   *
   * @return how many were read, below {@code most} only at the end
   */
  int read(byte[] codes, int offset, int most);

  /** Bases that are there already. */
  static BaseSource of(Bases bases) {
    int[] done = {0};
    return (codes, offset, most) -> {
      int read = Math.min(most, bases.length() - done[0]);
      System.arraycopy(bases.codes(), done[0], codes, offset, read);
      done[0] += read;
      return read;
    };
  }
}
