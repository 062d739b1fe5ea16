package dev.unroll.data;

import java.io.Closeable;
import java.nio.charset.Charset;

/**
 * The lines of a {@link TextSource}, one at a time, and the number of the current one for messages.
 * A line ends with LF, CR LF or CR; the last one may end with the file. Other characters that some
 * call line breaks (U+0085, U+2028) are text.
 */
public final class LineReader implements Closeable {
  /**
   * The longest line, in UTF-16 characters: 16 Mi, some 2.5 million words. It is there so that a
   * binary file, or one gigabyte on one line, ends with a message rather than with the memory.
   */
  public static final int MAX_LINE_LENGTH = 1 << 24;

  private final TextReader in;
  private final int maxLength;
  private final char[] buffer = new char[1 << 15];
  private int position;
  private int limit;
  private boolean skipLineFeed;
  private String peeked;
  private boolean hasPeeked;
  private long line;

  /** The lines of {@code bytes}, each at most {@link #MAX_LINE_LENGTH} characters. */
  public static LineReader of(ByteSource bytes, Charset charset) {
    return new LineReader(new TextReader(bytes, charset), MAX_LINE_LENGTH);
  }

  LineReader(TextReader in, int maxLength) {
    this.in = in;
    this.maxLength = maxLength;
  }

  /** What messages call the source. */
  public String name() {
    return in.name();
  }

  /** The number of the line that {@link #next} returned last, from 1; 0 before the first. */
  public long line() {
    return line;
  }

  /** The next line without its end, or null after the last. */
  public String next() {
    String text = peek();
    hasPeeked = false;
    if (text != null) {
      line++;
    }
    return text;
  }

  /** What {@link #next} will return, which stays the next. */
  public String peek() {
    if (!hasPeeked) {
      peeked = read();
      hasPeeked = true;
    }
    return peeked;
  }

  /** An error at the line that {@link #next} returned last. */
  public UserError error(String message) {
    return UserError.data(name(), line, message);
  }

  /**
   * The SHA-256 of the stored bytes; see {@link ByteSource#digest}.
   *
   * @throws IllegalStateException before {@link #next} returned null
   */
  public String digest() {
    return in.digest();
  }

  private String read() {
    StringBuilder text = null;
    while (position < limit || fill()) {
      if (skipLineFeed) {
        skipLineFeed = false;
        if (buffer[position] == '\n') {
          position++;
          continue;
        }
      }
      int start = position;
      while (position < limit && buffer[position] != '\n' && buffer[position] != '\r') {
        position++;
      }
      int length = position - start;
      checkLength(text == null ? length : text.length() + length);
      if (position < limit) {
        skipLineFeed = buffer[position++] == '\r';
        return text == null
            ? new String(buffer, start, length)
            : text.append(buffer, start, length).toString();
      }
      text = (text == null ? new StringBuilder(2 * length) : text).append(buffer, start, length);
    }
    return text == null ? null : text.toString();
  }

  private boolean fill() {
    position = 0;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  private void checkLength(int length) {
    if (length > maxLength) {
      throw UserError.data(
          name(),
          line + 1,
          String.format(
              "line longer than %,d characters; is this a text file? Break the line", maxLength));
    }
  }

  @Override
  public void close() {
    in.close();
  }
}
