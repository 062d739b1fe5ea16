package dev.unroll.music.abc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The bars of a voice in the order in which they are played. */
final class Repeats {
  /** Longer than any tune, for one that repeats what repeats. */
  private static final int MOST = 20_000;

  private Repeats() {}

  /** Plays repeats, and first and second endings where they belong. */
  static List<Bar> played(List<Bar> bars) {
    List<Bar> played = new ArrayList<>();
    int start = 0; // where the section began
    int pass = 1;
    boolean inEnding = false;
    for (int i = 0; i < bars.size() && played.size() < MOST; ) {
      Bar bar = bars.get(i);
      boolean leaves = inEnding && bar.endings.isEmpty();
      if (bar.beginsRepeat && i != start || leaves) {
        start = i;
        pass = 1;
      }
      inEnding = !bar.endings.isEmpty();
      if (inEnding && !bar.endings.contains(pass)) {
        i++;
        continue;
      }
      played.add(bar);
      i++;
      if (bar.times > 1) {
        int times = Math.max(bar.times, last(bars, bar.endings.isEmpty() ? i : i - 1));
        if (pass < times) {
          pass++;
          i = start;
          inEnding = false;
        } else {
          start = i;
          pass = 1;
        }
      }
    }
    return played;
  }

  /** The highest pass that an ending here, or one of those beside it, names; 1 if there is none. */
  private static int last(List<Bar> bars, int at) {
    int last = 1;
    for (int i = at; i < bars.size() && !bars.get(i).endings.isEmpty(); i++) {
      last = Math.max(last, Collections.max(bars.get(i).endings));
    }
    for (int i = at - 1; i >= 0 && !bars.get(i).endings.isEmpty(); i--) {
      last = Math.max(last, Collections.max(bars.get(i).endings));
    }
    return last;
  }
}
