package dev.unroll.music;

/**
 * What may follow in a {@link NoteCodec}'s symbols.
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
  private final NoteCodec codec;
  private int place; // in the header
  private int last = Codec.END; // the symbol before
  private int voice;
  private int pitch = -1; // of the last note of this voice and moment
  private boolean begun; // whether anything but the header was read

  NoteGrammar(NoteCodec codec) {
    this.codec = codec;
  }

  @Override
  public boolean allows(int symbol) {
    if (place < codec.header().length()) {
      return codec.header().allows(place, symbol);
    }
    if (codec.isNote(symbol)) {
      return codec.pitch(symbol) > pitch && !awaitsLength();
    }
    if (codec.isLength(symbol)) {
      return codec.isNote(last) || isLongest(last) && codec.isLength(last);
    }
    if (codec.isVoice(symbol)) {
      return codec.voiceOf(symbol) > voice && !codec.isVoice(last) && !awaitsLength();
    }
    boolean atEnd = !begun || codec.isWait(last);
    if (codec.isWait(symbol)) {
      return !awaitsLength()
          && !codec.isVoice(last)
          && (!codec.events() || !begun || !codec.isWait(last) || isLongest(last));
    }
    return symbol == Codec.END && atEnd;
  }

  private boolean awaitsLength() {
    return codec.events() && codec.isNote(last);
  }

  private boolean isLongest(int symbol) {
    return codec.isWait(symbol)
        ? codec.waited(symbol) == codec.most()
        : codec.lasted(symbol) == codec.most();
  }

  @Override
  public void read(int symbol) {
    if (symbol == Codec.END) {
      reset();
      return;
    }
    if (place < codec.header().length()) {
      place++;
      return;
    }
    begun = true;
    last = symbol;
    if (codec.isNote(symbol)) {
      pitch = codec.pitch(symbol);
    } else if (codec.isVoice(symbol)) {
      voice = codec.voiceOf(symbol);
      pitch = -1;
    } else if (codec.isWait(symbol)) {
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
