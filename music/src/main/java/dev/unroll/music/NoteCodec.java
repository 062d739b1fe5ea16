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
 * length beyond {@link NoteAlphabet#most} goes on in another symbol of its kind. Before the first
 * moment is the {@link Header}.
 */
final class NoteCodec implements Codec {
  private final NoteAlphabet alphabet;

  /** A codec in the symbols of an alphabet. */
  NoteCodec(NoteAlphabet alphabet) {
    this.alphabet = alphabet;
  }

  /** The numbers of its symbols. */
  NoteAlphabet alphabet() {
    return alphabet;
  }

  @Override
  public int symbols() {
    return alphabet.size();
  }

  @Override
  public int[] encode(Piece piece) {
    IntStream.Builder symbols = IntStream.builder().add(END);
    alphabet.header().symbols(piece.score()).forEach(symbols::add);
    if (alphabet.events()) {
      encodeEvents(piece.score(), symbols);
    } else {
      for (int[] pitches : PianoRoll.of(piece.score(), alphabet.step())) {
        for (int pitch : pitches) {
          symbols.add(alphabet.note(pitch));
        }
        symbols.add(alphabet.wait(1));
      }
    }
    return symbols.add(END).build().toArray();
  }

  private void encodeEvents(Score score, IntStream.Builder symbols) {
    int time = 0;
    int current = 0;
    List<Note> notes = OnGrid.of(score, alphabet.step());
    for (Note note : notes) {
      if (note.start() > time) {
        add(symbols, (note.start() - time) / alphabet.step(), alphabet.wait(0));
        time = note.start();
        current = 0;
      }
      if (note.voice() != current) {
        current = note.voice();
        symbols.add(alphabet.voice(current));
      }
      symbols.add(alphabet.note(note.pitch()));
      add(symbols, note.length() / alphabet.step(), alphabet.length(0));
    }
    int end =
        Math.max(
            (int) steps(score),
            notes.stream().mapToInt(Note::end).max().orElse(0) / alphabet.step());
    add(symbols, end - time / alphabet.step(), alphabet.wait(0));
  }

  private void add(IntStream.Builder symbols, int steps, int base) {
    int left = steps;
    for (; left > alphabet.most(); left -= alphabet.most()) {
      symbols.add(base + alphabet.most());
    }
    if (left > 0) {
      symbols.add(base + left);
    }
  }

  @Override
  public Score decode(int[] symbols) {
    int[] body = Arrays.stream(symbols).filter(symbol -> symbol != END).toArray();
    int[] said = Arrays.copyOf(body, Math.min(alphabet.header().length(), body.length));
    int[] moments = Arrays.copyOfRange(body, said.length, body.length);
    Score score =
        alphabet.events()
            ? decodeEvents(moments)
            : PianoRoll.toScore(roll(moments), alphabet.step());
    return new Score(
        score.name(),
        alphabet.header().style(said),
        score.voices(),
        score.notes(),
        score.length(),
        List.of(),
        alphabet.header().metre(said).stream().toList(),
        alphabet.header().key(said).stream().toList(),
        List.of());
  }

  private int[][] roll(int[] moments) {
    List<int[]> roll = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < moments.length; i++) {
      if (alphabet.isWait(moments[i])) {
        roll.add(Arrays.stream(moments, from, i).map(alphabet::pitch).toArray());
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
      if (alphabet.isWait(symbol)) {
        time += alphabet.waited(symbol) * alphabet.step();
        voice = 0;
      } else if (alphabet.isVoice(symbol)) {
        voice = alphabet.voiceOf(symbol);
        voices = Math.max(voices, voice + 1);
      } else {
        int steps = 0;
        while (i + 1 < moments.length && alphabet.isLength(moments[i + 1])) {
          steps += alphabet.lasted(moments[++i]);
        }
        notes.add(new Note(voice, alphabet.pitch(symbol), time, steps * alphabet.step()));
      }
    }
    List<Note> untangled = Score.untangled(notes);
    int length = Math.max(time, untangled.stream().mapToInt(Note::end).max().orElse(0));
    return Score.of(Collections.nCopies(voices, Voice.PIANO), untangled, length);
  }

  @Override
  public Grammar grammar() {
    return new NoteGrammar(alphabet);
  }

  /**
   * All but the header and, of a roll, the first step and the end: published figures are of the
   * steps from the second on, given their number.
   */
  @Override
  public BitSet counted(int[] symbols) {
    BitSet counted = new BitSet();
    int from = 1 + alphabet.header().length();
    int to = symbols.length;
    if (!alphabet.events()) {
      while (from < symbols.length && !alphabet.isWait(symbols[from])) {
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
    return alphabet.events() ? steps : Math.max(0, steps - 1);
  }

  private long steps(Score score) {
    return (score.length() + alphabet.step() - 1) / alphabet.step();
  }

  @Override
  public long notes(Piece piece, int[] symbols) {
    return counted(symbols).stream().filter(at -> alphabet.isNote(symbols[at])).count();
  }

  @Override
  public long characters(int[] symbols) {
    return 0;
  }

  @Override
  public List<String> lost(Piece piece) {
    Score score = piece.score();
    List<String> lost = new ArrayList<>();
    if (!score.chords().isEmpty()) {
      lost.add("chord symbols");
    }
    if (score.notes().stream()
        .anyMatch(
            note -> note.start() % alphabet.step() != 0 || note.length() % alphabet.step() != 0)) {
      lost.add("times between steps of 1/%d quarter".formatted(alphabet.grid()));
    }
    if (!alphabet.events() && score.voices().size() > 1) {
      lost.add("which voice plays a note");
    }
    if (alphabet.events() && score.voices().size() > NoteAlphabet.VOICES) {
      lost.add("voices beyond " + NoteAlphabet.VOICES);
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
}
