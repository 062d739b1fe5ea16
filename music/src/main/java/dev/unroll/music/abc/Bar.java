package dev.unroll.music.abc;

import dev.unroll.music.score.Key;
import dev.unroll.music.score.Metre;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A bar as it is written, with what the lines around it say. */
final class Bar {
  final int line;
  final List<Sound> sounds = new ArrayList<>();

  /** The metre that holds in it; null for free metre. */
  Metre metre;

  /** The key that holds when it begins. */
  Key key;

  /** A key that it changes to; null for none. */
  Key newKey;

  /** Sounds before that change. */
  int soundsBeforeKey;

  /** Whether a repeat begins with it. */
  boolean beginsRepeat;

  /** How often what it ends is played: 1 where it ends no repeat. */
  int times = 1;

  /** In which passes it is played; empty for all. */
  Set<Integer> endings = Set.of();

  /** Whether a section begins with it, or ends: it may be shorter than its metre. */
  boolean opens;

  boolean closes;

  Bar(int line) {
    this.line = line;
  }

  /** The sum of its sounds. */
  Fraction length() {
    Fraction sum = Fraction.ZERO;
    for (Sound sound : sounds) {
      sum = sum.plus(sound.length());
    }
    return sum;
  }

  /** Its length as a share of what its metre says; 1 in free metre, if it has anything. */
  double share() {
    if (metre == null) {
      return sounds.isEmpty() ? 0 : 1;
    }
    Fraction length = length();
    return (double) length.over() * metre.unit() / ((double) length.under() * metre.beats());
  }

  /** What is wrong with its length; null if nothing is. */
  String complaint() {
    if (metre == null) {
      return null;
    }
    int compared = length().compareTo(wanted());
    if (compared == 0 || compared < 0 && (opens || closes)) {
      return null;
    }
    return "this bar lasts %s whole notes, and one of %s lasts %s"
        .formatted(length(), metre, wanted());
  }

  private Fraction wanted() {
    return new Fraction(metre.beats(), metre.unit());
  }
}
