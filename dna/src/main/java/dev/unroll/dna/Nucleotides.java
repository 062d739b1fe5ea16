package dev.unroll.dna;

import java.util.Arrays;

/**
 * The codes of nucleotides in a byte: which of A, C, G and T it may be, a bit each, and whether it
 * was written in lower case, which marks repeats ("soft masking").
 *
 * <pre>
 *   bit   4       3  2  1  0       A = 1, G = 4, R (A or G) = 5, N (any) = 15, a = 17
 *         masked  T  G  C  A       complement: bits 3 to 0 in the other order
 * </pre>
 *
 * The letters are those of the International Union of Pure and Applied Chemistry (A.
 * Cornish-Bowden, <i>Nucleic Acids Research</i> 13, 1985); U is read as T.
 */
final class Nucleotides {
  /** How many nucleotides there are. */
  static final int COUNT = 4;

  /** The letters of the four, in the order of their bits. */
  static final String LETTERS = "ACGT";

  /** Set where a letter was in lower case. */
  static final byte MASKED = 16;

  /** Any nucleotide: N. */
  static final byte ANY = 15;

  static final byte INVALID = -1;

  /** Letter by set of bits; nothing is written as a hyphen, and never occurs. */
  private static final String BY_SET = "-ACMGRSVTWYHKDBN";

  private static final byte[] CODES = codes();

  /** {@code [set][nucleotide]}. */
  private static final float[][] PROBABILITIES = probabilities();

  private Nucleotides() {}

  private static byte[] codes() {
    byte[] codes = new byte[256];
    Arrays.fill(codes, INVALID);
    for (int set = 1; set < BY_SET.length(); set++) {
      char letter = BY_SET.charAt(set);
      codes[letter] = (byte) set;
      codes[Character.toLowerCase(letter)] = (byte) (set | MASKED);
    }
    codes['U'] = codes['T'];
    codes['u'] = codes['t'];
    return codes;
  }

  private static float[][] probabilities() {
    float[][] probabilities = new float[BY_SET.length()][COUNT];
    for (int set = 1; set < probabilities.length; set++) {
      for (int n = 0; n < COUNT; n++) {
        probabilities[set][n] = (set >> n & 1) / (float) Integer.bitCount(set);
      }
    }
    return probabilities;
  }

  /** The code of a letter, or {@link #INVALID}. */
  static byte code(int letter) {
    return letter >= 0 && letter < CODES.length ? CODES[letter] : INVALID;
  }

  /** What is to be said of a letter that has no code. */
  static String refusal(String letter) {
    return "'%s' is no nucleotide; the letters are A C G T U, and R Y S W K M B D H V N for what may be several"
        .formatted(letter);
  }

  /** The letter of a code, in lower case if it is masked. */
  static char letter(byte code) {
    char letter = BY_SET.charAt(code & ANY);
    return isMasked(code) ? Character.toLowerCase(letter) : letter;
  }

  static boolean isMasked(byte code) {
    return (code & MASKED) != 0;
  }

  /** How probable each of A, C, G and T is, if all that the code allows are equally so; shared. */
  static float[] probabilities(byte code) {
    return PROBABILITIES[code & ANY];
  }

  /** The number of the nucleotide, or -1 where it may be several. */
  static int number(byte code) {
    int set = code & ANY;
    return Integer.bitCount(set) == 1 ? Integer.numberOfTrailingZeros(set) : -1;
  }

  /** What stands opposite on the other strand. */
  static byte complement(byte code) {
    int set = code & ANY;
    int swapped = set >> 3 & 1 | set >> 1 & 2 | set << 1 & 4 | set << 3 & 8;
    return (byte) (swapped | code & MASKED);
  }
}
