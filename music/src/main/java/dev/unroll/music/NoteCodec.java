package dev.unroll.music;

import dev.unroll.music.score.Note;
import dev.unroll.music.score.PianoRoll;
import dev.unroll.music.score.Score;
import dev.unroll.music.score.Voice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Music as its notes, moment by moment, from low to high. With {@code W} a wait of one or more grid
 * steps, two steps of a piano roll and the same as events are
 *
 * <pre>
 *   roll      60 64 W  60 67 W          pitches that sound; every W is one step
 *   events    60 2  64 1 W1  67 1 W1    pitches that begin, and behind each how long it sounds
 * </pre>
 *
 * <p>so that the notes of a moment are predicted one by one, each from those below it: their joint
 * distribution. Events of voices other than the first stand behind the voice's symbol. A wait or a
 * length beyond {@link #most} goes on in another symbol of its kind. Before the first moment is the
 * {@link Header}.
 */
final class NoteCodec implements Codec {
  /** Voices that events tell apart: those of a MIDI file, whose sixteenth channel is percussion. */
  static final int VOICES = 15;

  private static final int QUARTERS = 4;

  private final boolean events;
  private final int grid;
  private final int most;
  private final Header header;

  /**
   * A codec.
   *
   * @param grid steps of a quarter note
   */
  NoteCodec(boolean events, int grid, Header.Condition[] conditions, SymbolTable table) {
    this.events = events;
    this.grid = grid;
    this.most = events ? QUARTERS * grid : 1;
    this.header = new Header(firstOfHeader(), List.of(conditions), table.metres(), table.styles());
  }

  // The symbols: END, notes, waits, and of events lengths and voices; then the header.

  int note(int pitch) {
    return 1 + pitch;
  }

  boolean isNote(int symbol) {
    return symbol >= 1 && symbol <= Note.PITCHES;
  }

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

  int waited(int symbol) {
    return symbol - Note.PITCHES;
  }

  private int length(int steps) {
    return Note.PITCHES + most + steps;
  }

  boolean isLength(int symbol) {
    return events && symbol > Note.PITCHES + most && symbol <= Note.PITCHES + 2 * most;
  }

  int lasted(int symbol) {
    return symbol - Note.PITCHES - most;
  }

  private int voice(int voice) {
    return Note.PITCHES + 2 * most + voice;
  }

  boolean isVoice(int symbol) {
    return events && symbol > voice(0) && symbol < voice(VOICES);
  }

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

  Header header() {
    return header;
  }

  @Override
  public int symbols() {
    return firstOfHeader() + header.symbols();
  }

  @Override
  public int[] encode(Piece piece) {
    IntStream.Builder symbols = IntStream.builder().add(END);
    header.symbols(piece.score()).forEach(symbols::add);
    if (events) {
      encodeEvents(piece.score(), symbols);
    } else {
      for (int[] pitches : PianoRoll.of(piece.score(), step())) {
        for (int pitch : pitches) {
          symbols.add(note(pitch));
        }
        symbols.add(wait(1));
      }
    }
    return symbols.add(END).build().toArray();
  }

  private void encodeEvents(Score score, IntStream.Builder symbols) {
    int time = 0;
    int current = 0;
    List<Note> notes = OnGrid.of(score, step());
    for (Note note : notes) {
      if (note.start() > time) {
        add(symbols, (note.start() - time) / step(), wait(0));
        time = note.start();
        current = 0;
      }
      if (note.voice() != current) {
        current = note.voice();
        symbols.add(voice(current));
      }
      symbols.add(note(note.pitch()));
      add(symbols, note.length() / step(), length(0));
    }
    int end =
        Math.max((int) steps(score), notes.stream().mapToInt(Note::end).max().orElse(0) / step());
    add(symbols, end - time / step(), wait(0));
  }

  private void add(IntStream.Builder symbols, int steps, int base) {
    int left = steps;
    for (; left > most; left -= most) {
      symbols.add(base + most);
    }
    if (left > 0) {
      symbols.add(base + left);
    }
  }

  @Override
  public Score decode(int[] symbols) {
    int[] body = Arrays.stream(symbols).filter(symbol -> symbol != END).toArray();
    int[] said = Arrays.copyOf(body, Math.min(header.length(), body.length));
    int[] moments = Arrays.copyOfRange(body, said.length, body.length);
    Score score = events ? decodeEvents(moments) : PianoRoll.toScore(roll(moments), step());
    return new Score(
        score.name(),
        header.style(said),
        score.voices(),
        score.notes(),
        score.length(),
        List.of(),
        header.metre(said).stream().toList(),
        header.key(said).stream().toList(),
        List.of());
  }

  private int[][] roll(int[] moments) {
    List<int[]> roll = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < moments.length; i++) {
      if (isWait(moments[i])) {
        roll.add(Arrays.stream(moments, from, i).map(this::pitch).toArray());
        from = i + 1;
      }
    }
    return roll.toArray(int[][]::new);
  }

  private Score decodeEvents(int[] moments) {
    List<Note> notes = new ArrayList<>();
    int time = 0;
    int voice = 0;
    int voices = 1;
    for (int i = 0; i < moments.length; i++) {
      int symbol = moments[i];
      if (isWait(symbol)) {
        time += waited(symbol) * step();
        voice = 0;
      } else if (isVoice(symbol)) {
        voice = voiceOf(symbol);
        voices = Math.max(voices, voice + 1);
      } else {
        int steps = 0;
        while (i + 1 < moments.length && isLength(moments[i + 1])) {
          steps += lasted(moments[++i]);
        }
        notes.add(new Note(voice, pitch(symbol), time, steps * step()));
      }
    }
    List<Note> untangled = Score.untangled(notes);
    int length = Math.max(time, untangled.stream().mapToInt(Note::end).max().orElse(0));
    return Score.of(Collections.nCopies(voices, Voice.PIANO), untangled, length);
  }

  @Override
  public Grammar grammar() {
    return new NoteGrammar(this);
  }

  /**
   * All but the header and, of a roll, the first step and the end: published figures are of the
   * steps from the second on, given their number.
   */
  @Override
  public BitSet counted(int[] symbols) {
    BitSet counted = new BitSet();
    int from = 1 + header.length();
    int to = symbols.length;
    if (!events) {
      while (from < symbols.length && !isWait(symbols[from])) {
        from++;
      }
      from = Math.min(from + 1, symbols.length - 1);
      to--;
    }
    counted.set(from, Math.max(from, to));
    return counted;
  }

  @Override
  public long steps(Piece piece) {
    long steps = steps(piece.score());
    return events ? steps : Math.max(0, steps - 1);
  }

  private long steps(Score score) {
    return (score.length() + step() - 1) / step();
  }

  @Override
  public List<String> lost(Piece piece) {
    Score score = piece.score();
    List<String> lost = new ArrayList<>();
    if (!score.chords().isEmpty()) {
      lost.add("chord symbols");
    }
    if (score.notes().stream()
        .anyMatch(note -> note.start() % step() != 0 || note.length() % step() != 0)) {
      lost.add("times between steps of 1/%d quarter".formatted(grid));
    }
    if (!events && score.voices().size() > 1) {
      lost.add("which voice plays a note");
    }
    if (events && score.voices().size() > VOICES) {
      lost.add("voices beyond " + VOICES);
    }
    if (score.voices().stream().anyMatch(voice -> !voice.equals(Voice.PIANO))) {
      lost.add("names and instruments of voices");
    }
    if (!score.tempos().isEmpty()) {
      lost.add("the tempo");
    }
    if (score.metres().size() > 1 || score.keys().size() > 1) {
      lost.add("changes of metre and key");
    }
    return lost;
  }

  @Override
  public Piece transposed(Piece piece, int semitones) {
    int[] room = piece.score().room();
    return semitones < room[0] || semitones > room[1]
        ? piece
        : new Piece(piece.score().transposed(semitones), "", piece.part());
  }
}
