package dev.unroll.music;

import static dev.unroll.data.UserError.setting;
import static dev.unroll.music.score.PitchClass.OCTAVE;

import dev.unroll.data.Settings;
import dev.unroll.data.UserError;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.KeyFinder;
import dev.unroll.music.score.Melody;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a composed piece may be asked to keep to. */
public enum Rule {
  /**
   * Every bar adds up to the metre. In events and rolls that is so by itself; a model of ABC draws
   * a bar again that does not, and a field or an end with which a tune could not be read.
   */
  METRE("has a bar that does not add up") {
    @Override
    boolean holds(Score score, Repertoire repertoire) {
      return true; // or it could not have been read
    }
  },
  /** No note is lower or higher than all of the training part. */
  RANGE("has a note outside the range of the training part") {
    @Override
    boolean holds(Score score, Repertoire repertoire) {
      return score.notes().stream()
          .allMatch(
              note -> note.pitch() >= repertoire.lowest() && note.pitch() <= repertoire.highest());
    }
  },
  /** In every bar something sounds. */
  FULL("has an empty bar") {
    @Override
    boolean holds(Score score, Repertoire repertoire) {
      List<Integer> bars = score.bars();
      for (int i = 0; i + 1 < bars.size(); i++) {
        int from = bars.get(i);
        int to = bars.get(i + 1);
        if (score.notes().stream().noneMatch(n -> n.start() < to && n.end() > from)) {
          return false;
        }
      }
      return !score.notes().isEmpty();
    }
  },
  /** The melody, or what is lowest, ends on the tonic of the key. */
  TONIC("does not end on the tonic") {
    @Override
    boolean holds(Score score, Repertoire repertoire) {
      List<Note> melody = Melody.notes(score);
      if (melody.isEmpty()) {
        return false;
      }
      int tonic = score.keyAt(score.length()).map(Key::tonic).orElse(KeyFinder.key(score).tonic());
      Note last = melody.get(melody.size() - 1);
      int end = last.end();
      int lowest =
          score.notes().stream()
              .filter(note -> note.end() == end)
              .mapToInt(Note::pitch)
              .min()
              .orElse(last.pitch());
      return last.pitch() % OCTAVE == tonic || lowest % OCTAVE == tonic;
    }
  };

  private final String broken;

  Rule(String broken) {
    this.broken = broken;
  }

  /**
   * The rules of these names.
   *
   * @throws UserError if a name is none's
   */
  static Set<Rule> named(List<String> names) {
    return names.stream()
        .map(name -> Settings.constant(setting("rules"), name.strip(), values()))
        .collect(Collectors.toSet());
  }

  abstract boolean holds(Score score, Repertoire repertoire);

  /** What is wrong with a piece that breaks it, as in {@code the piece has an empty bar}. */
  public String broken() {
    return broken;
  }
}
