package dev.unroll.dna;

import java.util.Arrays;

/**
 * A stretch of nucleotides, from the 5' to the 3' end.
 *
 * @param codes a byte a base, see {@link Nucleotides}. Not copied: whoever made it leaves it alone
 */
public record Bases(byte[] codes) {
  /**
   * Reads letters: A, C, G, T, U, and IUPAC's for what may be several; lower case is kept.
   *
   * @throws IllegalArgumentException if there is another letter
   */
  public static Bases of(String letters) {
    byte[] codes = new byte[letters.length()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = Nucleotides.code(letters.charAt(i));
      if (codes[i] == Nucleotides.INVALID) {
        throw new IllegalArgumentException(
            "'" + letters.charAt(i) + "' at " + i + " is no nucleotide");
      }
    }
    return new Bases(codes);
  }

  /** The number of bases. */
  public int length() {
    return codes.length;
  }

  /** The bases from {@code from}, inclusive, to {@code to}, exclusive. */
  public Bases part(int from, int to) {
    return new Bases(Arrays.copyOfRange(codes, from, to));
  }

  /** The other strand, from its own 5' end. */
  public Bases reverseComplement() {
    byte[] reversed = new byte[codes.length];
    for (int i = 0; i < codes.length; i++) {
      reversed[i] = Nucleotides.complement(codes[codes.length - 1 - i]);
    }
    return new Bases(reversed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bases that && Arrays.equals(codes, that.codes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(codes);
  }

  /** The letters. */
  @Override
  public String toString() {
    StringBuilder letters = new StringBuilder(codes.length);
    for (byte code : codes) {
      letters.append(Nucleotides.letter(code));
    }
    return letters.toString();
  }
}
