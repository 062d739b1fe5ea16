package dev.unroll.music;

import dev.unroll.music.score.Melody;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The melodies of the training part, so that a piece that was composed can be held against them.
 *
 * @param lowest the lowest pitch that it has
 * @param highest the highest
 * @param melodies in the order of the pieces
 */
public record Repertoire(int lowest, int highest, List<Line> melodies) {
  /**
   * A melody.
   *
   * @param name of its piece
   * @param moves see {@link Melody#moves}
   */
  record Line(String name, int[] moves) {}

  /**
   * The longest stretch that a piece shares with the training part, in whichever key.
   *
   * @param piece of the training part
   * @param notes of the stretch
   * @param of notes of the whole melody
   * @param start where the stretch begins in the piece that was asked about, in ticks
   * @param end where its last note ends
   */
  public record Likeness(String piece, int notes, int of, int start, int end) {}

  /** Keeps the list as it is. */
  public Repertoire {
    melodies = List.copyOf(melodies);
  }

  /** The melodies of pieces. */
  static Repertoire of(List<Piece> pieces) {
    return new Repertoire(
        pitches(pieces).min().orElse(0),
        pitches(pieces).max().orElse(Note.PITCHES - 1),
        pieces.stream()
            .map(piece -> new Line(piece.score().name(), Melody.moves(piece.score())))
            .toList());
  }

  private static IntStream pitches(List<Piece> pieces) {
    return pieces.stream()
        .flatMapToInt(piece -> piece.score().notes().stream().mapToInt(Note::pitch));
  }

  /** The piece that shares the longest stretch of melody; empty if none shares two notes. */
  public Optional<Likeness> nearest(Score score) {
    List<Note> notes = Melody.notes(score);
    int[] moves = Melody.moves(score);
    Likeness best = null;
    for (Line line : melodies) {
      int[] run = longest(moves, line.moves());
      if (run[0] > 0 && (best == null || run[0] + 1 > best.notes())) {
        int last = run[1] + run[0];
        best =
            new Likeness(
                line.name(),
                run[0] + 1,
                notes.size(),
                notes.get(run[1]).start(),
                notes.get(last).end());
      }
    }
    return Optional.ofNullable(best);
  }

  /** The length of the longest common run, and where it begins in {@code a}. */
  static int[] longest(int[] a, int[] b) {
    int[] ending = new int[b.length + 1]; // of runs that end at this place of b and the one of a
    int best = 0;
    int from = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = b.length; j > 0; j--) {
        ending[j] = a[i] == b[j - 1] ? ending[j - 1] + 1 : 0;
        if (ending[j] > best) {
          best = ending[j];
          from = i - best + 1;
        }
      }
    }
    return new int[] {best, from};
  }
}
