package dev.unroll.music;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.music.midi.MidiScores;
import dev.unroll.music.score.Change;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.PianoRoll;
import dev.unroll.music.score.Score;
import dev.unroll.music.score.Voice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NoteCodecTest {
  private static final int STEP = 20;
  private static final int ROUNDS = 300;

  private static NoteCodec events(Header.Condition... conditions) {
    SymbolTable table =
        new SymbolTable(
            Stream.of("2/4", "3/4", "4/4", "6/8", "9/8").map(Metre::parse).toList(),
            List.of("jig"),
            List.of());
    return new NoteCodec(new NoteAlphabet(true, Score.QUARTER / STEP, conditions, table));
  }

  private static NoteCodec roll() {
    SymbolTable table = new SymbolTable(List.of(), List.of(), List.of());
    return new NoteCodec(new NoteAlphabet(false, 2, new Header.Condition[0], table));
  }

  private static boolean allowed(Codec codec, int[] symbols) {
    Grammar grammar = codec.grammar();
    for (int i = 1; i < symbols.length; i++) {
      if (!grammar.allows(symbols[i])) {
        return false;
      }
      grammar.read(symbols[i]);
    }
    return true;
  }

  @Test
  void aPieceOnTheGridComesBackExactly() {
    NoteCodec codec = events(Header.Condition.KEY, Header.Condition.METRE);
    Random random = new Random(1);
    for (int i = 0; i < ROUNDS; i++) {
      Score score = RandomScores.next(random, STEP, 4);
      Piece piece = new Piece(score);
      int[] symbols = codec.encode(piece);
      assertThat(allowed(codec, symbols)).isTrue();
      Score back = codec.decode(symbols);
      assertThat(back.notes()).isEqualTo(score.notes());
      assertThat(back.length()).isEqualTo(score.length());
      assertThat(back.keys()).isEqualTo(score.keys());
      assertThat(back.metres()).isEqualTo(score.metres());
      assertThat(codec.lost(piece)).isEmpty();
      assertThat(codec.encode(new Piece(back))).isEqualTo(symbols);
    }
  }

  /** MIDI to events and back: the same score to the tick, the same bytes. */
  @Test
  void midiThroughEventsIsTheSameMidi() throws IOException {
    NoteCodec codec = events(Header.Condition.KEY, Header.Condition.METRE);
    Random random = new Random(2);
    for (int i = 0; i < ROUNDS; i++) {
      Score drawn = RandomScores.next(random, STEP, 4);
      Key key = drawn.keyAt(0).orElseThrow();
      Score score =
          codec
              .decode(codec.encode(new Piece(drawn.withKey(new Key(key.sharps(), Key.C.mode())))))
              .named("");
      byte[] file = midi(score);
      Score read = MidiScores.read("a test", file).score();
      Score back = codec.decode(codec.encode(new Piece(read)));
      assertThat(back.notes()).isEqualTo(read.notes());
      assertThat(midi(codec.decode(codec.encode(new Piece(back))))).isEqualTo(midi(back));
      assertThat(read.length()).isEqualTo(score.length());
      assertThat(back.keys()).isEqualTo(score.keys());
      assertThat(back.metres()).isEqualTo(score.metres());
    }
  }

  private static byte[] midi(Score score) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MidiScores.write(score, out);
    return out.toByteArray();
  }

  /** Whatever may be drawn is a piece, and is written as it was drawn. */
  @Test
  void whatTheGrammarAllowsIsAPiece() {
    Random random = new Random(3);
    for (int round = 0; round < ROUNDS; round++) {
      NoteCodec codec = round % 2 == 0 ? events(Header.Condition.values()) : roll();
      Grammar grammar = codec.grammar();
      IntStream.Builder drawn = IntStream.builder().add(Codec.END);
      int symbol = -1;
      for (int i = 0; i < 200 || !codec.alphabet().isWait(symbol); i++) {
        int[] allowed = IntStream.range(0, codec.symbols()).filter(grammar::allows).toArray();
        assertThat(allowed).isNotEmpty();
        symbol = allowed[random.nextInt(allowed.length)];
        drawn.add(symbol);
        grammar.read(symbol);
        if (symbol == Codec.END) {
          break;
        }
      }
      Score score = codec.decode(drawn.build().toArray());
      assertThat(score.voices().size()).isLessThanOrEqualTo(15); // what a MIDI file has room for
      int[] again = codec.encode(new Piece(score));
      assertThat(allowed(codec, again)).isTrue();
      assertThat(codec.decode(again).notes()).isEqualTo(score.notes());
    }
  }

  @Test
  void aRollComesBackExactly() {
    NoteCodec codec = roll();
    Random random = new Random(4);
    for (int i = 0; i < ROUNDS; i++) {
      int[][] roll = new int[random.nextInt(30)][];
      for (int t = 0; t < roll.length; t++) {
        roll[t] = random.ints(random.nextInt(5), 21, 109).distinct().sorted().toArray();
      }
      Score score = PianoRoll.toScore(roll, codec.alphabet().step());
      assertThat(PianoRoll.of(score, codec.alphabet().step())).isDeepEqualTo(roll);
      int[] symbols = codec.encode(new Piece(score));
      assertThat(allowed(codec, symbols)).isTrue();
      assertThat(PianoRoll.of(codec.decode(symbols), codec.alphabet().step())).isDeepEqualTo(roll);
    }
  }

  @Test
  void symbolsAreThoseOfTheCase() {
    NoteCodec codec = roll();
    Score score = PianoRoll.toScore(new int[][] {{60, 64}, {}, {64}}, codec.alphabet().step());
    assertThat(codec.encode(new Piece(score))).containsExactly(0, 61, 65, 129, 129, 65, 129, 0);
    NoteCodec events = events();
    Score two =
        Score.of(
            List.of(Voice.PIANO, Voice.PIANO),
            List.of(new Note(0, 60, 40, 2000), new Note(1, 50, 40, 20)),
            2100);
    int wait = 128;
    int length = wait + 96;
    int voice = length + 96;
    assertThat(events.encode(new Piece(two)))
        .containsExactly(
            0,
            wait + 2,
            61,
            length + 96,
            length + 4,
            voice + 1,
            51,
            length + 1,
            wait + 96,
            wait + 7,
            0);
  }

  @Test
  void saysWhatIsLost() {
    Score score =
        new Score(
            "",
            "",
            List.of(new Voice("flute", 73)),
            List.of(new Note(0, 60, 7, 100)),
            480,
            List.of(new Change<>(0, 500_000), new Change<>(100, 400_000)),
            List.of(),
            List.of(),
            List.of(new Change<>(0, "C")));
    assertThat(events().lost(new Piece(score)))
        .containsExactly(
            "chord symbols",
            "times between steps of 1/24 quarter",
            "names and instruments of voices",
            "the tempo");
  }

  @Test
  void transposingMovesNotesAndKeyWhereThereIsRoom() {
    Score score = Tunes.pieces().get(1).score();
    Score moved = new Piece(score).transposed(3).score();
    assertThat(moved.keyAt(0).orElseThrow()).hasToString("Bb");
    assertThat(moved.notes().get(0).pitch()).isEqualTo(score.notes().get(0).pitch() + 3);
    Score high = Score.of(List.of(Voice.PIANO), List.of(new Note(0, 126, 0, 20)), 20);
    assertThat(new Piece(high).transposed(2).score()).isEqualTo(high);
  }
}
