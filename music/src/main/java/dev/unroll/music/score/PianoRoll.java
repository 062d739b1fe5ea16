package dev.unroll.music.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Which pitches sound at each step, from low to high. Whether one goes on or is struck again cannot
 * be told.
 */
public final class PianoRoll {
  private PianoRoll() {}

  /**
   * The roll of a score. A note sounds in the steps whose beginning it covers; one that covers none
   * sounds in the step that it begins in.
   *
   * @param step ticks of a step
   * @return {@code [steps][notes]}
   */
  public static int[][] of(Score score, int step) {
    int steps = (score.length() + step - 1) / step;
    List<TreeSet<Integer>> roll = new ArrayList<>(steps);
    for (int i = 0; i < steps; i++) {
      roll.add(new TreeSet<>());
    }
    for (Note note : score.notes()) {
      int from = (note.start() + step - 1) / step;
      int to = (note.end() + step - 1) / step;
      if (from >= to) {
        from = note.start() / step;
        to = from + 1;
      }
      for (int i = from; i < to; i++) {
        roll.get(i).add(note.pitch());
      }
    }
    return roll.stream()
        .map(pitches -> pitches.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /**
   * The score of a roll: a pitch that sounds in steps that follow one another is one note.
   *
   * @param roll {@code [steps][notes]}, from low to high
   * @param step ticks of a step
   */
  public static Score toScore(int[][] roll, int step) {
    List<Note> notes = new ArrayList<>();
    int[] began = new int[Note.PITCHES];
    Arrays.fill(began, -1);
    for (int i = 0; i <= roll.length; i++) {
      boolean[] sounds = new boolean[Note.PITCHES];
      if (i < roll.length) {
        for (int pitch : roll[i]) {
          sounds[pitch] = true;
        }
      }
      for (int pitch = 0; pitch < Note.PITCHES; pitch++) {
        if (!sounds[pitch] && began[pitch] >= 0) {
          notes.add(new Note(0, pitch, began[pitch] * step, (i - began[pitch]) * step));
          began[pitch] = -1;
        } else if (sounds[pitch] && began[pitch] < 0) {
          began[pitch] = i;
        }
      }
    }
    return Score.of(List.of(Voice.PIANO), notes, roll.length * step);
  }
}
