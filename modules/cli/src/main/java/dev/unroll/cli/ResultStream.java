package dev.unroll.cli;

import dev.unroll.data.UserError;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Standard output, where a failed write must end the run. {@code PrintWriter} swallows an {@code
 * IOException}, so this stream throws what passes through it: {@link Closed} when the reader has
 * gone ({@code | head}), and a {@link UserError} for anything else, such as a full disk.
 */
final class ResultStream extends FilterOutputStream {
  /** The reader of standard output has gone; there is nobody left to tell. */
  static final class Closed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Closed(IOException cause) {
      super(cause);
    }
  }

  ResultStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static RuntimeException failure(IOException cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("pipe")
        ? new Closed(cause)
        : UserError.failed("standard output: cannot write: " + cause.getMessage(), cause);
  }
}
