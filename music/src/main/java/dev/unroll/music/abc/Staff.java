package dev.unroll.music.abc;

import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * One line of a score as ABC can write it: at each time one note, a chord of notes that begin and
 * end together, or a rest.
 *
 * @param voice the voice of the score
 * @param chords of notes, none overlapping another
 */
record Staff(int voice, List<Chord> chords) {
  /** Notes that begin and end together. */
  record Chord(int start, int end, List<Integer> pitches) {}

  /**
   * The staves of a score: each voice on its own, and on further staves what sounds across it. High
   * notes come first.
   */
  static List<Staff> of(Score score) {
    List<Staff> staves = new ArrayList<>();
    for (int voice = 0; voice < score.voices().size(); voice++) {
      int number = voice;
      TreeMap<Integer, List<Note>> starts = new TreeMap<>();
      score.notes().stream()
          .filter(note -> note.voice() == number)
          .forEach(note -> starts.computeIfAbsent(note.start(), s -> new ArrayList<>()).add(note));
      List<Staff> own = new ArrayList<>();
      own.add(new Staff(voice, new ArrayList<>()));
      starts.values().forEach(notes -> place(notes, own, number));
      staves.addAll(own);
    }
    return staves;
  }

  private static void place(List<Note> notes, List<Staff> staves, int voice) {
    TreeMap<Integer, List<Integer>> ends = new TreeMap<>(Comparator.reverseOrder());
    notes.forEach(
        note -> ends.computeIfAbsent(note.end(), e -> new ArrayList<>()).add(note.pitch()));
    List<Chord> chords = new ArrayList<>();
    ends.forEach((end, pitches) -> chords.add(new Chord(notes.get(0).start(), end, pitches)));
    chords.sort(
        Comparator.comparingInt((Chord chord) -> -chord.pitches().get(chord.pitches().size() - 1)));
    for (Chord chord : chords) {
      Staff free =
          staves.stream().filter(staff -> staff.isFree(chord.start())).findFirst().orElse(null);
      if (free == null) {
        free = new Staff(voice, new ArrayList<>());
        staves.add(free);
      }
      free.chords().add(chord);
    }
  }

  private boolean isFree(int time) {
    return chords.isEmpty() || chords.get(chords.size() - 1).end() <= time;
  }
}
