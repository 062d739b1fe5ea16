package dev.unroll.data;

import java.io.Closeable;
import java.nio.charset.Charset;

/**
 * The lines of a {@link TextSource}, one at a time, and the number of the current one for messages.
 * They are the lines that {@code wc -l} and {@code grep} count: a line ends with LF, and CRs
 * directly before it belong to its end; the last one may end with the file. A CR anywhere else is
 * read as a blank within its line. Other characters that some call line breaks (U+0085, U+2028) are
 * text.
 *
 * <p>Files of old Macs, which end their lines with CR alone, are refused rather than taken for one
 * line: which of the two is meant can be told only at the end, when a stream has long been answered
 * line by line. A source is of that kind if it has no LF at all, but a CR with text behind it.
 *
 * <p>A line is handed out as soon as its end has arrived, without waiting for what follows.
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
  private boolean metLineFeed;
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
      int start = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      int length = position - start;
      checkLength(text == null ? length : text.length() + length);
      if (position < limit) {
        position++;
        metLineFeed = true;
        return withoutReturns(
            text == null
                ? new String(buffer, start, length)
                : text.append(buffer, start, length).toString());
      }
      text = (text == null ? new StringBuilder(2 * length) : text).append(buffer, start, length);
    }
    return text == null ? null : last(text.toString());
  }

  private String last(String text) {
    String line = withoutReturns(text);
    if (!metLineFeed && line.length() > text.indexOf('\r') && text.indexOf('\r') >= 0) {
      throw UserError.data(
          name(),
          "its lines end with CR alone, as on old Macs; make them line feeds: tr '\\r' '\\n'");
    }
    return line;
  }

  private static String withoutReturns(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\r') {
      end--;
    }
    return text.substring(0, end).replace('\r', ' ');
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
