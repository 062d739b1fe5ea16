package dev.unroll.music;

/**
 * What may follow in the symbols of a {@link NoteAlphabet}.
 *
 * <pre>
 *   piece    header moment… END
 *   moment   (voice? note length…)… wait…       events: a length or a wait goes on only if it was the longest
 *   moment   note… wait                         rolls
 * </pre>
 *
 * <p>The notes of a voice rise, and so do the voices of a moment. Only a piece may begin with a
 * wait before any note, and a step of a roll may be silent.
 */
final class NoteGrammar implements Grammar {
  private final NoteAlphabet alphabet;
  private int place; // in the header
  private int last = Codec.END; // the symbol before
  private int voice;
  private int pitch = -1; // of the last note of this voice and moment
  private boolean begun; // whether anything but the header was read

  NoteGrammar(NoteAlphabet alphabet) {
    this.alphabet = alphabet;
  }

  @Override
  public boolean allows(int symbol) {
    if (place < alphabet.header().length()) {
      return alphabet.header().allows(place, symbol);
    }
    if (alphabet.isNote(symbol)) {
      return alphabet.pitch(symbol) > pitch && !awaitsLength();
    }
    if (alphabet.isLength(symbol)) {
      return alphabet.isNote(last) || isLongest(last) && alphabet.isLength(last);
    }
    if (alphabet.isVoice(symbol)) {
      return alphabet.voiceOf(symbol) > voice && !alphabet.isVoice(last) && !awaitsLength();
    }
    boolean atEnd = !begun || alphabet.isWait(last);
    if (alphabet.isWait(symbol)) {
      return !awaitsLength()
          && !alphabet.isVoice(last)
          && (!alphabet.events() || !begun || !alphabet.isWait(last) || isLongest(last));
    }
    return symbol == Codec.END && atEnd;
  }

  private boolean awaitsLength() {
    return alphabet.events() && alphabet.isNote(last);
  }

  private boolean isLongest(int symbol) {
    return alphabet.isWait(symbol)
        ? alphabet.waited(symbol) == alphabet.most()
        : alphabet.lasted(symbol) == alphabet.most();
  }

  @Override
  public void read(int symbol) {
    if (symbol == Codec.END) {
      reset();
      return;
    }
    if (place < alphabet.header().length()) {
      place++;
      return;
    }
    begun = true;
    last = symbol;
    if (alphabet.isNote(symbol)) {
      pitch = alphabet.pitch(symbol);
    } else if (alphabet.isVoice(symbol)) {
      voice = alphabet.voiceOf(symbol);
      pitch = -1;
    } else if (alphabet.isWait(symbol)) {
      voice = 0;
      pitch = -1;
    }
  }

  private void reset() {
    place = 0;
    last = Codec.END;
    voice = 0;
    pitch = -1;
    begun = false;
  }
}
