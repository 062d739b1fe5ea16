package dev.unroll.music.abc;

import dev.unroll.music.score.Score;
import java.util.ArrayList;
import java.util.List;

/**
 * How lengths are written, in eighths: as a multiple whose denominator is a power of two, within a
 * tuplet where that takes one, or else as any fraction.
 */
final class Lengths {
  private static final int EIGHTH = Score.QUARTER / 2;

  /** What a length of so many ticks must be a multiple of to need no tuplet. */
  private static final int PLAIN = 15;

  private Lengths() {}

  /**
   * A tuplet over sounds that follow one another.
   *
   * @param notes how many are played in the time of {@code inTimeOf}; 1 for no tuplet
   * @param count how many sounds there are
   */
  record Tuplet(int notes, int inTimeOf, int count) {
    String sign() {
      if (notes == 1) {
        return "";
      }
      return count == notes ? "(" + notes : "(%d:%d:%d".formatted(notes, inTimeOf, count);
    }

    int written(int ticks) {
      return ticks * notes / inTimeOf;
    }
  }

  /** The tuplets of the sounds of a bar, in their order; their counts add up to all. */
  static List<Tuplet> tuplets(List<Integer> lengths) {
    List<Tuplet> tuplets = new ArrayList<>();
    for (int i = 0; i < lengths.size(); ) {
      Tuplet tuplet = tuplet(lengths, i);
      tuplets.add(tuplet);
      i += tuplet.count();
    }
    return tuplets;
  }

  private static Tuplet tuplet(List<Integer> lengths, int from) {
    if (lengths.get(from) % PLAIN != 0) {
      for (int[] kind : new int[][] {{3, 2}, {5, 4}}) {
        int sum = 0;
        for (int i = from; i < lengths.size() && i < from + 9; i++) {
          int ticks = lengths.get(i);
          if (ticks * kind[0] % (kind[1] * PLAIN) != 0) {
            break;
          }
          sum += ticks;
          if (sum % PLAIN == 0) {
            return new Tuplet(kind[0], kind[1], i - from + 1);
          }
        }
      }
    }
    return new Tuplet(1, 1, 1);
  }

  /** A length behind a note. */
  static String write(int ticks) {
    int divisor = divisor(ticks, EIGHTH);
    int over = ticks / divisor;
    int under = EIGHTH / divisor;
    if (under == 1) {
      return over == 1 ? "" : String.valueOf(over);
    }
    return (over == 1 ? "" : String.valueOf(over)) + (under == 2 ? "/" : "/" + under);
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }
}
