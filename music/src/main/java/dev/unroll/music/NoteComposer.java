package dev.unroll.music;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import dev.unroll.music.score.Change;
import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Composes in the symbols of a {@link NoteAlphabet}. */
final class NoteComposer {
  /** Steps of a piece that nobody gave a length: a bar of four quarters so many times. */
  private static final int MOST_BARS = 128;

  private final NoteCodec codec;
  private final NoteAlphabet alphabet;
  private final ComposeRequest request;
  private final Drawing drawing;
  private final Grammar grammar;
  private final Listener listener;
  private final List<Integer> symbols = new ArrayList<>();
  private int time; // in steps
  private int total; // in steps
  private int lasts; // of the note that was begun last, in steps
  private int begun; // notes of this moment

  /** Is told each symbol. */
  @FunctionalInterface
  interface Listener {
    /**
     * A symbol was taken.
     *
     * @param quarters quarter notes before it
     * @param pitch of a note; -1 if it is none
     */
    void took(double quarters, int pitch);
  }

  NoteComposer(NoteCodec codec, Drawing drawing, ComposeRequest request, Listener listener) {
    this.codec = codec;
    this.alphabet = codec.alphabet();
    this.request = request;
    this.drawing = drawing;
    this.listener = listener;
    this.grammar = codec.grammar();
  }

  Score draw() {
    header();
    Metre metre = metre();
    int bars = request.bars() == 0 ? MOST_BARS : request.bars();
    total = Math.max(1, bars * metre.bar() / alphabet.step());
    request.motif().ifPresent(this::motif);
    request.start().ifPresent(pitch -> take(alphabet.note(pitch)));
    while (time < total) {
      int symbol = drawing.draw(this::allows);
      if (symbol == Codec.END) {
        break;
      }
      take(symbol);
    }
    Score score = limited(codec.decode(read()));
    return score.metres().isEmpty() ? score.withMetre(metre) : score;
  }

  private void header() {
    Header header = alphabet.header();
    for (int place = 0; place < header.length(); place++) {
      Optional<Integer> wanted = wanted(header, place);
      take(wanted.orElseGet(() -> drawing.draw(grammar::allows)));
    }
  }

  /** The symbol that says what was asked for, if it was. */
  private Optional<Integer> wanted(Header header, int place) {
    Header.Condition condition = header.conditions().get(place);
    boolean asked =
        switch (condition) {
          case KEY -> request.key().isPresent();
          case METRE -> request.metre().isPresent();
          case STYLE -> !request.style().isEmpty();
        };
    if (!asked) {
      return Optional.empty();
    }
    if (condition == Header.Condition.METRE) {
      known("metre", header.metres(), request.metre().get());
    } else if (condition == Header.Condition.STYLE) {
      known("style", header.styles(), request.style());
    }
    return Optional.of(header.symbols(asked()).get(place));
  }

  private static void known(String setting, List<?> all, Object value) {
    if (!all.contains(value)) {
      throw UserError.usage(
          "%s must be one that the training part has, of %s; got %s"
              .formatted(setting(setting), all, value));
    }
  }

  /** A score without notes that says what was asked for. */
  private Score asked() {
    return new Score(
        "",
        request.style(),
        List.of(),
        List.of(),
        0,
        List.of(),
        request.metre().map(metre -> new Change<>(0, metre)).stream().toList(),
        request.key().map(key -> new Change<>(0, key)).stream().toList(),
        List.of());
  }

  /** As the header says, or as was asked for; four quarters otherwise. */
  private Metre metre() {
    return alphabet
        .header()
        .metre(read())
        .map(Change::value)
        .or(request::metre)
        .orElse(Metre.COMMON);
  }

  private int[] read() {
    return symbols.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Reads a motif as if it had been drawn. */
  private void motif(Score motif) {
    int[] encoded = codec.encode(new Piece(motif));
    for (int i = 1 + alphabet.header().length(); i < encoded.length - 1; i++) {
      if (time >= total) {
        throw UserError.usage(
            "the motif is as long as the piece; give more %s".formatted(setting("bars")));
      }
      take(encoded[i]);
    }
  }

  private boolean allows(int symbol) {
    if (!grammar.allows(symbol)) {
      return false;
    }
    int left = total - time;
    if (alphabet.isWait(symbol)) {
      return alphabet.waited(symbol) <= left;
    }
    if (alphabet.isLength(symbol)) {
      return lasts + alphabet.lasted(symbol) <= left;
    }
    if (alphabet.isNote(symbol)) {
      return request.voices() == 0 || begun < request.voices();
    }
    if (alphabet.isVoice(symbol)) {
      return request.voices() == 0
          || alphabet.voiceOf(symbol) < request.voices() && begun < request.voices();
    }
    return request.bars() == 0 && time > 0;
  }

  private void take(int symbol) {
    drawing.read(symbol);
    grammar.read(symbol);
    symbols.add(symbol);
    listener.took(
        (double) time / alphabet.grid(), alphabet.isNote(symbol) ? alphabet.pitch(symbol) : -1);
    if (alphabet.isWait(symbol)) {
      time += alphabet.waited(symbol);
      begun = 0;
    } else if (alphabet.isLength(symbol)) {
      lasts += alphabet.lasted(symbol);
    } else if (alphabet.isNote(symbol)) {
      lasts = 0;
      begun++;
    }
  }

  /** Where more notes sound than were asked for, those that began first end. */
  private Score limited(Score score) {
    int most = request.voices();
    if (most == 0) {
      return score;
    }
    List<Note> kept = new ArrayList<>();
    List<Note> sounding = new ArrayList<>();
    for (Note note : score.notes()) {
      sounding.removeIf(other -> other.end() <= note.start());
      if (sounding.size() >= most) {
        Note first = sounding.stream().min(Comparator.comparingInt(Note::start)).orElseThrow();
        sounding.remove(first);
        kept.remove(first);
        if (first.start() < note.start()) {
          kept.add(
              new Note(first.voice(), first.pitch(), first.start(), note.start() - first.start()));
        }
      }
      sounding.add(note);
      kept.add(note);
    }
    return score.withNotes(kept);
  }
}
