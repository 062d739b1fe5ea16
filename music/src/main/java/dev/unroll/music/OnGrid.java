package dev.unroll.music;

import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import java.util.ArrayList;
import java.util.List;

/** The notes of a score with their times rounded to the steps of a grid. */
final class OnGrid {
  private OnGrid() {}

  /**
   * The notes by start, voice and pitch; none shorter than a step, none of voices that events
   * cannot tell apart.
   *
   * @param step ticks of a step
   */
  static List<Note> of(Score score, int step) {
    List<Note> notes = new ArrayList<>();
    for (Note note : score.notes()) {
      if (note.voice() < NoteAlphabet.VOICES) {
        int start = round(note.start(), step);
        int end = Math.max(start + step, round(note.end(), step));
        notes.add(new Note(note.voice(), note.pitch(), start, end - start));
      }
    }
    return Score.untangled(notes).stream().sorted().toList();
  }

  private static int round(int time, int step) {
    return (time + step / 2) / step * step;
  }
}
