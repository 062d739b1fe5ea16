package dev.unroll.music;

import dev.unroll.data.UserError;
import dev.unroll.generation.NextSymbol;
import dev.unroll.music.score.Melody;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.PianoRoll;
import dev.unroll.music.score.Score;
import dev.unroll.music.score.Voice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Finds what may sound below a melody: a search for the most probable piece of which the melody is
 * the highest voice, step by step and within a step note after note.
 *
 * <pre>
 *   melody   67 67 72        a step without a melody stays silent
 *   step 1   48 W̶  …         a step ends only behind its melody note,
 *            48 55 64 67 W   and no note is higher
 * </pre>
 */
final class Harmoniser {
  private final NoteAlphabet alphabet;
  private final NextSymbol model;
  private final int beam;
  private final int voices;

  /** A beginning of a piece. */
  private record Hypothesis(List<Integer> symbols, double log, float[] next, int row) {
    int last() {
      return symbols.get(symbols.size() - 1);
    }
  }

  /** A hypothesis and a symbol more. */
  private record Step(Hypothesis before, int symbol, double log) {}

  /**
   * @param beam how many beginnings are kept
   * @param voices most notes of a step, the melody's included; 0 for as many as the model takes
   */
  Harmoniser(Codec codec, NextSymbol model, int beam, int voices) {
    if (!(codec instanceof NoteCodec notes) || notes.alphabet().events()) {
      throw UserError.usage(
          "harmonising takes a model of piano rolls; train one with notation = roll");
    }
    ComposeRequest.within("voices", voices, 0, Note.PITCHES);
    this.alphabet = notes.alphabet();
    this.model = model;
    this.beam = beam;
    this.voices = voices;
  }

  /**
   * The melody and, in a voice of its own, what was found to sound below it.
   *
   * @param listener is told the number of each step, from 1
   */
  Score harmonise(Score given, IntConsumer listener) {
    List<Note> melody =
        Melody.notes(given).stream()
            .map(note -> new Note(0, note.pitch(), note.start(), note.length()))
            .toList();
    Score alone =
        new Score(
            given.name(),
            given.style(),
            List.of(new Voice("melody", 0)),
            cut(melody),
            given.length(),
            given.tempos(),
            given.metres(),
            given.keys(),
            given.chords());
    int[] top = top(alone);
    int[][] roll = search(alone, top, listener);
    List<Note> notes = new ArrayList<>(alone.notes());
    for (int i = 0; i < roll.length; i++) {
      int highest = top[i];
      roll[i] = Arrays.stream(roll[i]).filter(pitch -> pitch != highest).toArray();
    }
    for (Note note : PianoRoll.toScore(roll, alphabet.step()).notes()) {
      int length = Math.min(note.length(), given.length() - note.start());
      notes.add(new Note(1, note.pitch(), note.start(), length));
    }
    return new Score(
        given.name(),
        given.style(),
        List.of(new Voice("melody", 0), new Voice("harmony", 0)),
        notes,
        given.length(),
        given.tempos(),
        given.metres(),
        given.keys(),
        given.chords());
  }

  /** A melody is one note at a time. */
  private static List<Note> cut(List<Note> melody) {
    List<Note> cut = new ArrayList<>();
    for (int i = 0; i < melody.size(); i++) {
      Note note = melody.get(i);
      int next = i + 1 < melody.size() ? melody.get(i + 1).start() : Integer.MAX_VALUE;
      cut.add(
          new Note(
              note.voice(), note.pitch(), note.start(), Math.min(note.end(), next) - note.start()));
    }
    return cut;
  }

  /** The melody's pitch at each step; -1 where it is silent. */
  private int[] top(Score melody) {
    return Arrays.stream(PianoRoll.of(melody, alphabet.step()))
        .mapToInt(step -> step.length == 0 ? -1 : step[step.length - 1])
        .toArray();
  }

  private int[][] search(Score melody, int[] top, IntConsumer listener) {
    model.begin(1);
    float[] next = model.read(new int[] {Codec.END})[0];
    for (int symbol : alphabet.header().symbols(melody)) {
      next = model.read(new int[] {symbol})[0];
    }
    List<Hypothesis> kept = List.of(new Hypothesis(List.of(Codec.END), 0, next, 0));
    for (int i = 0; i < top.length; i++) {
      kept = step(kept, top[i]);
      listener.accept(i + 1);
    }
    List<int[]> roll = new ArrayList<>();
    List<Integer> pitches = new ArrayList<>();
    for (int symbol : kept.get(0).symbols()) {
      if (alphabet.isWait(symbol)) {
        roll.add(pitches.stream().mapToInt(Integer::intValue).toArray());
        pitches.clear();
      } else if (alphabet.isNote(symbol)) {
        pitches.add(alphabet.pitch(symbol));
      }
    }
    return roll.toArray(int[][]::new);
  }

  /** All hypotheses go on to the end of a step. */
  private List<Hypothesis> step(List<Hypothesis> begun, int pitch) {
    List<Hypothesis> open = begun;
    List<Hypothesis> closed = new ArrayList<>();
    int notes = 0;
    while (!open.isEmpty()) {
      List<Step> steps = new ArrayList<>();
      for (Hypothesis hypothesis : open) {
        expand(hypothesis, pitch, notes, steps);
      }
      steps.sort(Comparator.comparingDouble((Step step) -> -step.log()));
      List<Hypothesis> gone = read(steps.subList(0, Math.min(beam, steps.size())), closed);
      open = new ArrayList<>();
      closed = new ArrayList<>();
      for (Hypothesis hypothesis : gone) {
        (alphabet.isWait(hypothesis.last()) ? closed : open).add(hypothesis);
      }
      notes++;
    }
    closed.sort(Comparator.comparingDouble((Hypothesis hypothesis) -> -hypothesis.log()));
    return closed.size() <= beam ? closed : new ArrayList<>(closed.subList(0, beam));
  }

  private void expand(Hypothesis hypothesis, int pitch, int notes, List<Step> steps) {
    boolean begins = notes == 0;
    int lowest =
        begins || !alphabet.isNote(hypothesis.last()) ? -1 : alphabet.pitch(hypothesis.last());
    if (pitch < 0 || lowest == pitch) {
      int wait = alphabet.wait(1);
      steps.add(new Step(hypothesis, wait, hypothesis.log() + hypothesis.next()[wait]));
      return;
    }
    boolean more = voices == 0 || notes + 1 < voices;
    for (int other = more ? lowest + 1 : pitch; other <= pitch; other++) {
      int symbol = alphabet.note(other);
      steps.add(new Step(hypothesis, symbol, hypothesis.log() + hypothesis.next()[symbol]));
    }
  }

  /** Reads a symbol more of some; those that closed before stay where they are, behind them. */
  private List<Hypothesis> read(List<Step> steps, List<Hypothesis> waiting) {
    int[] parents = new int[steps.size() + waiting.size()];
    int[] symbols = new int[steps.size()];
    for (int i = 0; i < parents.length; i++) {
      parents[i] =
          i < symbols.length ? steps.get(i).before().row() : waiting.get(i - symbols.length).row();
    }
    model.branch(parents);
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = steps.get(i).symbol();
    }
    float[][] next = model.read(symbols);
    List<Hypothesis> all = new ArrayList<>();
    for (int i = 0; i < symbols.length; i++) {
      List<Integer> longer = new ArrayList<>(steps.get(i).before().symbols());
      longer.add(symbols[i]);
      all.add(new Hypothesis(longer, steps.get(i).log(), next[i], i));
    }
    for (int i = symbols.length; i < parents.length; i++) {
      Hypothesis old = waiting.get(i - symbols.length);
      all.add(new Hypothesis(old.symbols(), old.log(), old.next(), i));
    }
    return all;
  }
}
