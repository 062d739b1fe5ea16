package dev.unroll.music.abc;

import dev.unroll.music.score.Key;
import dev.unroll.music.score.Metre;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A voice of a tune that is being read: its bars, and what holds for the note to come. */
final class AbcVoice {
  String name = "";
  final List<Bar> bars = new ArrayList<>();
  Key key = Key.C;
  Metre metre;
  Fraction unit;

  private final Map<Character, Integer> accidentals = new HashMap<>();
  private Bar bar;
  private Set<Integer> endings = Set.of();
  private boolean opens = true;
  private boolean begins;
  private Fraction pending; // of a broken rhythm, for the sound to come
  private Fraction tuplet;
  private int tupletLeft;

  /** Adds notes or a rest. */
  void add(Sound sound, int line) {
    if (tupletLeft > 0) {
      sound.stretch(tuplet);
      tupletLeft--;
    }
    if (pending != null) {
      sound.stretch(pending);
      pending = null;
    }
    bar(line).sounds.add(sound);
  }

  private Bar bar(int line) {
    if (bar == null) {
      bar = new Bar(line);
      bar.metre = metre;
      bar.key = key;
      bar.opens = opens;
      bar.beginsRepeat = begins;
      bar.endings = endings;
      bars.add(bar);
      opens = false;
      begins = false;
    }
    return bar;
  }

  /** The sound before; null if the bar has none. */
  Sound last() {
    return bar == null || bar.sounds.isEmpty() ? null : bar.sounds.get(bar.sounds.size() - 1);
  }

  /** The next {@code count} sounds last so much of their lengths. */
  void tuplet(Fraction factor, int count) {
    tuplet = factor;
    tupletLeft = count;
  }

  /** Lengthens the sound before and shortens the next, or the other way round. */
  boolean broken(boolean longer, int times) {
    if (last() == null || times > 3) {
      return false;
    }
    int whole = 1 << times;
    Fraction more = new Fraction(2L * whole - 1, whole);
    Fraction less = new Fraction(1, whole);
    last().stretch(longer ? more : less);
    pending = longer ? less : more;
    return true;
  }

  /** A key that holds from here on. */
  void change(Key other) {
    key = other;
    if (bar != null && !bar.sounds.isEmpty()) {
      bar.newKey = other;
      bar.soundsBeforeKey = bar.sounds.size();
    } else if (bar != null) {
      bar.key = other;
    }
  }

  /** A metre that holds from the next bar on, or from this one if it has no notes yet. */
  void change(Metre other) {
    metre = other;
    if (bar != null && bar.sounds.isEmpty()) {
      bar.metre = other;
    }
  }

  /** How much a note is raised or lowered by what stands before it in the bar, or by the key. */
  int alteration(char letter) {
    return accidentals.getOrDefault(letter, key.alteration(letter));
  }

  void accidental(char letter, int alteration) {
    accidentals.put(letter, alteration);
  }

  /**
   * A bar line.
   *
   * @param ends how often what it ends is played; 1 for no repeat
   * @param starts whether a repeat starts behind it
   * @param section whether a section ends with it
   */
  void barLine(int ends, boolean starts, boolean section) {
    accidentals.clear();
    boolean boundary = section || ends > 1 || starts;
    if (bar != null) {
      bar.times = Math.max(bar.times, ends);
      bar.closes |= boundary;
    } else if (!bars.isEmpty() && boundary) {
      Bar before = bars.get(bars.size() - 1);
      before.times = Math.max(before.times, ends);
      before.closes = true;
    }
    bar = null;
    if (boundary) {
      endings = Set.of();
      opens = true;
    }
    begins |= starts;
  }

  /** Passes in which what follows is played. */
  void ending(Set<Integer> passes) {
    bar = null;
    end();
    endings = passes;
    opens = true;
  }

  /** The end of the tune, or of a part of it. */
  void end() {
    if (!bars.isEmpty()) {
      bars.get(bars.size() - 1).closes = true;
    }
  }

  /** Whether a tuplet or a broken rhythm waits for sounds. */
  boolean isUnfinished() {
    return tupletLeft > 0 || pending != null;
  }
}
