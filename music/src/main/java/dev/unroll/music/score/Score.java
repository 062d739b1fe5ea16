package dev.unroll.music.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A piece of music. Bars are counted from time 0 by the metre; a pickup is a first bar that begins
 * with a rest.
 *
 * @param name of the piece; may be empty
 * @param style such as {@code jig}; empty if nothing says
 * @param voices who plays; the first is the melody where there is one
 * @param notes by start, voice and pitch; no two of one voice and pitch overlap
 * @param length in ticks; no note ends later
 * @param tempos microseconds a quarter note
 * @param metres where the metre changes
 * @param keys where the key changes
 * @param chords chord symbols, such as {@code Am} or {@code D7}, that stand above the melody
 */
public record Score(
    String name,
    String style,
    List<Voice> voices,
    List<Note> notes,
    int length,
    List<Change<Integer>> tempos,
    List<Change<Metre>> metres,
    List<Change<Key>> keys,
    List<Change<String>> chords) {
  /** Ticks of a quarter note: 32nd notes, triplets and quintuplets are whole numbers of them. */
  public static final int QUARTER = 480;

  /** Longest piece in ticks: hours. */
  public static final int LONGEST = 1 << 24;

  private static final double MICROSECONDS = 60e6;

  /** Sorts, and refuses notes that no player could tell apart. */
  public Score {
    voices = List.copyOf(voices);
    notes = notes.stream().sorted().toList();
    tempos = sorted(tempos);
    metres = sorted(metres);
    keys = sorted(keys);
    chords = sorted(chords);
    Map<Integer, Integer> ends = new HashMap<>();
    for (Note note : notes) {
      if (note.voice() >= voices.size() || note.end() > length) {
        throw new IllegalArgumentException(
            "%s in a score of %d voices and %d ticks".formatted(note, voices.size(), length));
      }
      Integer before = ends.put(note.voice() * Note.PITCHES + note.pitch(), note.end());
      if (before != null && before > note.start()) {
        throw new IllegalArgumentException(note + " begins before the same note has ended");
      }
    }
  }

  /** Notes alone. */
  public static Score of(List<Voice> voices, List<Note> notes, int length) {
    return new Score("", "", voices, notes, length, List.of(), List.of(), List.of(), List.of());
  }

  private static <T> List<Change<T>> sorted(List<Change<T>> changes) {
    return changes.stream().sorted(Comparator.comparingInt(Change::time)).toList();
  }

  /**
   * The same notes, but that each ends where the same voice plays the same pitch again. Of two that
   * begin together, the longer stays.
   */
  public static List<Note> untangled(List<Note> notes) {
    Map<Integer, Note> last = new HashMap<>();
    List<Note> untangled = new ArrayList<>();
    for (Note note : notes.stream().sorted().toList()) {
      Note before = last.get(note.voice() * Note.PITCHES + note.pitch());
      Note kept = note;
      if (before != null && before.end() > note.start()) {
        untangled.remove(before);
        if (before.start() < note.start()) {
          untangled.add(
              new Note(
                  before.voice(), before.pitch(), before.start(), note.start() - before.start()));
        } else if (before.length() > note.length()) {
          kept = before;
        }
      }
      untangled.add(kept);
      last.put(note.voice() * Note.PITCHES + note.pitch(), kept);
    }
    return untangled;
  }

  /** The metre at a time; four quarters where nothing says. */
  public Metre metreAt(int time) {
    Metre metre = Change.at(metres, time);
    return metre == null ? Metre.COMMON : metre;
  }

  /** The key at a time, if anything says. */
  public Optional<Key> keyAt(int time) {
    return Optional.ofNullable(Change.at(keys, time));
  }

  /** Where bars begin, and where the last one ends, which may be behind the end of the piece. */
  public List<Integer> bars() {
    List<Integer> bars = new ArrayList<>();
    int next = 0;
    int change = 0;
    bars.add(0);
    while (next < length) {
      int end = next + metreAt(next).bar();
      while (change < metres.size() && metres.get(change).time() <= next) {
        change++;
      }
      if (change < metres.size()) {
        end = Math.min(end, metres.get(change).time()); // a change begins a bar
      }
      bars.add(end);
      next = end;
    }
    return bars;
  }

  /** Quarter notes a minute at a time; 120 where nothing says. */
  public double tempoAt(int time) {
    Integer tempo = Change.at(tempos, time);
    return tempo == null ? 120 : MICROSECONDS / tempo;
  }

  /** Microseconds a quarter note for so many quarter notes a minute. */
  public static int microseconds(double tempo) {
    return (int) Math.round(MICROSECONDS / tempo);
  }

  /** The same at one tempo, in quarter notes a minute. */
  public Score withTempo(double tempo) {
    List<Change<Integer>> one = List.of(new Change<>(0, microseconds(tempo)));
    return new Score(name, style, voices, notes, length, one, metres, keys, chords);
  }

  /** The same in one metre. */
  public Score withMetre(Metre metre) {
    List<Change<Metre>> one = List.of(new Change<>(0, metre));
    return new Score(name, style, voices, notes, length, tempos, one, keys, chords);
  }

  /** The same notes, said to be in a key. */
  public Score withKey(Key key) {
    List<Change<Key>> one = List.of(new Change<>(0, key));
    return new Score(name, style, voices, notes, length, tempos, metres, one, chords);
  }

  /** Other notes of the same voices. */
  public Score withNotes(List<Note> others) {
    return new Score(name, style, voices, others, length, tempos, metres, keys, chords);
  }

  /** The same under another name. */
  public Score named(String other) {
    return new Score(other, style, voices, notes, length, tempos, metres, keys, chords);
  }

  /** The same in a style. */
  public Score styled(String other) {
    return new Score(name, other, voices, notes, length, tempos, metres, keys, chords);
  }

  /** How far notes may be moved: from at most 0 to at least 0 semitones. */
  public int[] room() {
    int low = notes.stream().mapToInt(Note::pitch).min().orElse(0);
    int high = notes.stream().mapToInt(Note::pitch).max().orElse(Note.PITCHES - 1);
    return new int[] {-low, Note.PITCHES - 1 - high};
  }

  /**
   * The same so many semitones higher; chord symbols, which are words, are left out.
   *
   * @throws IllegalArgumentException if there is no {@link #room} for it
   */
  public Score transposed(int semitones) {
    if (semitones == 0) {
      return this;
    }
    return new Score(
        name,
        style,
        voices,
        notes.stream()
            .map(n -> new Note(n.voice(), n.pitch() + semitones, n.start(), n.length()))
            .toList(),
        length,
        tempos,
        metres,
        keys.stream().map(k -> new Change<>(k.time(), k.value().transposed(semitones))).toList(),
        List.of());
  }
}
