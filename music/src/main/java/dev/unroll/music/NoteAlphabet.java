package dev.unroll.music;

import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import java.util.List;

/**
 * The numbers of the symbols that a {@link NoteCodec} writes music in:
 *
 * <pre>
 *   END   notes   waits   lengths   voices   header        lengths and voices of events only
 *    0    1–128   129…
 * </pre>
 */
final class NoteAlphabet {
  /** Voices that events tell apart: those of a MIDI file, whose sixteenth channel is percussion. */
  static final int VOICES = 15;

  private static final int QUARTERS = 4;

  private final boolean events;
  private final int grid;
  private final int most;
  private final Header header;

  /**
   * An alphabet.
   *
   * @param events whether notes have lengths and voices, or are pitches that sound
   * @param grid steps of a quarter note
   */
  NoteAlphabet(boolean events, int grid, Header.Condition[] conditions, SymbolTable table) {
    this.events = events;
    this.grid = grid;
    this.most = events ? QUARTERS * grid : 1;
    this.header = new Header(firstOfHeader(), List.of(conditions), table.metres(), table.styles());
  }

  /** The symbol of a pitch. */
  int note(int pitch) {
    return 1 + pitch;
  }

  boolean isNote(int symbol) {
    return symbol >= 1 && symbol <= Note.PITCHES;
  }

  /** The pitch of a note's symbol. */
  int pitch(int symbol) {
    return symbol - 1;
  }

  /** The symbol of a wait, from 1 to {@link #most()} steps. */
  int wait(int steps) {
    return Note.PITCHES + steps;
  }

  boolean isWait(int symbol) {
    return symbol > Note.PITCHES && symbol <= Note.PITCHES + most;
  }

  /** The steps of a wait's symbol. */
  int waited(int symbol) {
    return symbol - Note.PITCHES;
  }

  /** The symbol of a length, from 1 to {@link #most()} steps. */
  int length(int steps) {
    return Note.PITCHES + most + steps;
  }

  boolean isLength(int symbol) {
    return events && symbol > Note.PITCHES + most && symbol <= Note.PITCHES + 2 * most;
  }

  /** The steps of a length's symbol. */
  int lasted(int symbol) {
    return symbol - Note.PITCHES - most;
  }

  /** The symbol of a voice, from 1; the first, 0, needs none. */
  int voice(int voice) {
    return Note.PITCHES + 2 * most + voice;
  }

  boolean isVoice(int symbol) {
    return events && symbol > voice(0) && symbol < voice(VOICES);
  }

  /** The voice of a voice's symbol. */
  int voiceOf(int symbol) {
    return symbol - voice(0);
  }

  private int firstOfHeader() {
    return events ? voice(VOICES) : wait(most) + 1;
  }

  /** The longest wait, and the longest length, that one symbol says, in steps. */
  int most() {
    return most;
  }

  /** Whether notes have lengths and voices. */
  boolean events() {
    return events;
  }

  /** Steps of a quarter note. */
  int grid() {
    return grid;
  }

  /** Ticks of a step. */
  int step() {
    return Score.QUARTER / grid;
  }

  /** The symbols that a piece begins with. */
  Header header() {
    return header;
  }

  /** The number of symbols. */
  int size() {
    return firstOfHeader() + header.symbols();
  }
}
