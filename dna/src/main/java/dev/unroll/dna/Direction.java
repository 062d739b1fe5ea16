package dev.unroll.dna;

import java.util.Optional;

/** On which of the two strands something lies. */
public enum Direction {
  /** The strand that is written down. */
  PLUS("+"),
  /** The other one, which is read in the other direction. */
  MINUS("-"),
  /** On both, or it is not known. */
  EITHER(".");

  private final String sign;

  Direction(String sign) {
    this.sign = sign;
  }

  /** As GFF and BED write it. */
  public String sign() {
    return sign;
  }

  /** The direction of a sign; {@code ?} is one that is not known. */
  static Optional<Direction> of(String sign) {
    return switch (sign) {
      case "+" -> Optional.of(PLUS);
      case "-" -> Optional.of(MINUS);
      case ".", "?" -> Optional.of(EITHER);
      default -> Optional.empty();
    };
  }

  /** The same seen from the other strand. */
  Direction opposite() {
    return this == PLUS ? MINUS : this == MINUS ? PLUS : EITHER;
  }
}
