package dev.unroll.music.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The melody of a score, by how it moves, so that it is the same in every key: of each of its notes
 * but the last, how long it is until the next begins, and how far that is up or down.
 *
 * <p>A note belongs to the melody if nothing higher begins with it or sounds on.
 */
public final class Melody {
  private static final int PITCH_BITS = 8;

  private Melody() {}

  /** The notes of the melody, in their order. */
  public static List<Note> notes(Score score) {
    List<Note> melody = new ArrayList<>();
    List<Note> notes = score.notes();
    Note highest = null; // of those that may sound on
    for (int i = 0; i < notes.size(); ) {
      int time = notes.get(i).start();
      Note top = notes.get(i);
      for (; i < notes.size() && notes.get(i).start() == time; i++) {
        top = notes.get(i).pitch() > top.pitch() ? notes.get(i) : top;
      }
      if (highest == null || highest.end() <= time || highest.pitch() <= top.pitch()) {
        melody.add(top);
        highest = top;
      }
    }
    return melody;
  }

  /** How a melody moves; one shorter than it has notes, and empty for none. */
  public static int[] moves(Score score) {
    List<Note> notes = notes(score);
    int[] moves = new int[Math.max(0, notes.size() - 1)];
    Arrays.setAll(
        moves,
        i -> {
          Note note = notes.get(i);
          Note next = notes.get(i + 1);
          int interval = next.pitch() - note.pitch() + Note.PITCHES;
          return (next.start() - note.start()) << PITCH_BITS | interval;
        });
    return moves;
  }
}
