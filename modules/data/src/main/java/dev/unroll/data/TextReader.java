package dev.unroll.data;

import static dev.unroll.data.UserError.setting;

import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * The characters of a {@link TextSource}, strictly decoded: bytes that the charset does not know
 * are a {@link UserError} at their line, never a replacement character. A byte order mark at the
 * beginning is dropped. All characters before bad bytes are handed out first, and those that have
 * arrived before any more are waited for. Lines are counted by their line feeds.
 */
public final class TextReader extends Reader {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final ByteSource in;
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
  private final CharBuffer chars = CharBuffer.allocate(1 << 16).flip();
  private long line = 1;
  private boolean started;
  private boolean inputEnded;
  private boolean ended;
  private CoderResult bad;

  TextReader(ByteSource in, Charset charset) {
    super(in);
    this.in = in;
    this.charset = charset;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** What messages call it. */
  public String name() {
    return in.name();
  }

  /**
   * The SHA-256 of the stored bytes; see {@link ByteSource#digest}.
   *
   * @throws IllegalStateException before the end was read
   */
  public String digest() {
    return in.digest();
  }

  @Override
  public int read(char[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    while (!chars.hasRemaining()) {
      if (ended) {
        return -1;
      }
      decode();
    }
    int n = Math.min(length, chars.remaining());
    chars.get(target, offset, n);
    return n;
  }

  /** Fills the characters, or finds the end or bad bytes. */
  private void decode() {
    if (bad != null) {
      throw undecodable();
    }
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, inputEnded);
    if (result.isUnderflow() && inputEnded) {
      result = decoder.flush(chars);
      ended = result.isUnderflow();
    } else if (result.isUnderflow() && chars.position() == 0) {
      fill(); // not with characters in hand: whoever wrote them may wait for an answer
    }
    bad = result.isError() ? result : null;
    chars.flip();
    dropMark();
    countLines();
  }

  private void fill() {
    bytes.compact();
    int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
    inputEnded = n < 0;
    bytes.position(bytes.position() + Math.max(n, 0)).flip();
  }

  private void dropMark() {
    if (!started && chars.hasRemaining()) {
      started = true;
      if (chars.get(chars.position()) == BYTE_ORDER_MARK) {
        chars.get();
      }
    }
  }

  private void countLines() {
    char[] array = chars.array();
    for (int i = chars.position(); i < chars.limit(); i++) {
      line += array[i] == '\n' ? 1 : 0;
    }
  }

  private UserError undecodable() {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < Math.min(bad.length(), bytes.remaining()); i++) {
      hex.append(String.format(" %02X", bytes.get(bytes.position() + i)));
    }
    return UserError.data(
        in.name(),
        line,
        "not valid "
            + charset.name()
            + " (byte"
            + hex
            + "); give the file's "
            + setting("charset")
            + ", such as windows-1252");
  }

  @Override
  public void close() {
    in.close();
  }
}
