package dev.unroll.charlm;

import java.util.function.Consumer;

/**
 * Text of any length. It is read from its beginning to its end as often as asked for, so that it
 * need not be in memory.
 */
public interface Text {
  /** Its length in Unicode code points. */
  long characters();

  /**
   * Hands over all of it, piece by piece. No piece ends within a code point, nor within a line
   * where the text was read by {@linkplain Ending#LINE lines}.
   *
   * @throws dev.unroll.data.UserError if it cannot be read, or is another one than before
   */
  void read(Consumer<String> pieces);

  /** The code points from {@code from}, inclusive, to {@code to}, exclusive. */
  Text part(long from, long to);

  /** Text in memory. */
  static Text of(String text) {
    return new StringText(text);
  }

  /**
   * Text in memory, in one piece.
   *
   * @param text all of it
   */
  record StringText(String text) implements Text {
    @Override
    public long characters() {
      return text.codePointCount(0, text.length());
    }

    @Override
    public void read(Consumer<String> pieces) {
      pieces.accept(text);
    }

    @Override
    public Text part(long from, long to) {
      int begin = text.offsetByCodePoints(0, (int) from);
      return of(text.substring(begin, text.offsetByCodePoints(begin, (int) (to - from))));
    }
  }
}
