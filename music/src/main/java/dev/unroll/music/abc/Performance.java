package dev.unroll.music.abc;

import dev.unroll.music.score.Change;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import dev.unroll.music.score.Voice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Plays the voices of a tune: repeats, ties and all. */
final class Performance {
  private static final int WHOLE = 4 * Score.QUARTER;

  private final String title;
  private final String style;
  private final List<AbcVoice> voices;
  private final Integer tempo;
  private final Function<String, RuntimeException> error;
  private final List<Note> notes = new ArrayList<>();
  private final List<Change<Metre>> metres = new ArrayList<>();
  private final List<Change<Key>> keys = new ArrayList<>();
  private final List<Change<String>> chords = new ArrayList<>();
  private int length;

  /**
   * @param error makes an exception of what cannot be played
   */
  Performance(
      String title,
      String style,
      List<AbcVoice> voices,
      Integer tempo,
      Function<String, RuntimeException> error) {
    this.title = title;
    this.style = style;
    this.voices = voices;
    this.tempo = tempo;
    this.error = error;
  }

  Score score() {
    for (int i = 0; i < voices.size(); i++) {
      List<Bar> bars = Repeats.played(voices.get(i).bars);
      if (bars.isEmpty()) {
        throw error.apply("no bar is ever played: all are later endings, and nothing repeats");
      }
      play(i, bars);
    }
    return new Score(
        title,
        style,
        voices.stream().map(voice -> new Voice(voice.name, 0)).toList(),
        Score.untangled(notes),
        length,
        tempo == null ? List.of() : List.of(new Change<>(0, tempo)),
        metres,
        keys,
        chords);
  }

  private void play(int voice, List<Bar> bars) {
    Fraction time = pickup(bars);
    Map<Integer, Note> tied = new HashMap<>(); // by pitch
    for (Bar bar : bars) {
      if (voice == 0) {
        change(metres, bar.metre, keys.isEmpty() ? Fraction.ZERO : time);
        change(keys, bar.key, keys.isEmpty() ? Fraction.ZERO : time);
      }
      for (int i = 0; i < bar.sounds.size(); i++) {
        if (voice == 0 && bar.newKey != null && i == bar.soundsBeforeKey) {
          change(keys, bar.newKey, time);
        }
        Sound sound = bar.sounds.get(i);
        if (!sound.chord().isEmpty()) {
          chords.add(new Change<>(ticks(time), sound.chord()));
        }
        Fraction end = time.plus(sound.length());
        sound(voice, sound, ticks(time), ticks(end), tied);
        time = end;
      }
    }
    length = Math.max(length, ticks(time));
  }

  /** How long a first bar that is too short waits, so that the second begins where a bar does. */
  private static Fraction pickup(List<Bar> bars) {
    Bar first = bars.get(0);
    if (first.metre == null || bars.size() < 2) {
      return Fraction.ZERO;
    }
    Metre metre = first.metre;
    Fraction has = first.length();
    long missing = metre.beats() * has.under() - has.over() * metre.unit();
    return missing <= 0 ? Fraction.ZERO : new Fraction(missing, metre.unit() * has.under());
  }

  private <T> void change(List<Change<T>> changes, T value, Fraction time) {
    if (value != null
        && (changes.isEmpty() || !changes.get(changes.size() - 1).value().equals(value))) {
      changes.add(new Change<>(ticks(time), value));
    }
  }

  private void sound(int voice, Sound sound, int start, int end, Map<Integer, Note> tied) {
    Map<Integer, Note> before = new HashMap<>(tied);
    tied.clear();
    int[] pitches = sound.pitches();
    for (int i = 0; i < pitches.length; i++) {
      Note earlier = before.get(pitches[i]);
      Note note;
      if (earlier != null && earlier.end() == start) {
        notes.remove(notes.lastIndexOf(earlier));
        note = new Note(voice, pitches[i], earlier.start(), end - earlier.start());
      } else {
        note = new Note(voice, pitches[i], start, end - start);
      }
      notes.add(note);
      if (sound.tied(i)) {
        tied.put(pitches[i], note);
      }
    }
  }

  private int ticks(Fraction time) {
    long over = time.over() * WHOLE;
    if (over % time.under() != 0) {
      throw error.apply(
          "a time of %s whole notes is no multiple of 1/%d; use other tuplets"
              .formatted(time, WHOLE));
    }
    long ticks = over / time.under();
    if (ticks > Score.LONGEST) {
      throw error.apply("the tune is longer than any music");
    }
    return Math.toIntExact(ticks);
  }
}
