package dev.unroll.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip files of one or more members (RFC 1952).
 *
 * <p>{@link java.util.zip.GZIPInputStream} will not do: it asks {@code available()} whether another
 * member follows, which a pipe may deny, and takes a damaged second member for the end of the file.
 * Both lose data without a word.
 */
final class GzipMembers extends InputStream {
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final BufferedInputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] packed = new byte[1 << 14];
  private int filled;
  private boolean ended;

  GzipMembers(BufferedInputStream in) throws IOException {
    this.in = in;
    readHeader();
  }

  /** Whether the next two bytes are those of gzip; they are not consumed. */
  static boolean startsAt(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      int n = inflate(bytes, offset, length);
      if (n > 0) {
        crc.update(bytes, offset, n);
        return n;
      }
      if (inflater.finished()) {
        finishMember();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("preset dictionary");
      } else {
        fill();
      }
    }
    return -1;
  }

  private int inflate(byte[] bytes, int offset, int length) throws ZipException {
    try {
      return inflater.inflate(bytes, offset, length);
    } catch (DataFormatException e) {
      throw new ZipException(e.getMessage() == null ? "invalid data" : e.getMessage());
    }
  }

  /** Marks before it reads, so that what the inflater leaves can be given back to the stream. */
  private void fill() throws IOException {
    in.mark(packed.length);
    int n = in.read(packed, 0, packed.length);
    if (n < 0) {
      throw new EOFException("it ends early");
    }
    inflater.setInput(packed, 0, n);
    filled = n;
  }

  private void finishMember() throws IOException {
    in.reset();
    in.skipNBytes(filled - inflater.getRemaining());
    if (littleEndian(4) != crc.getValue()) {
      throw new ZipException("checksum differs");
    }
    if (littleEndian(4) != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("length differs");
    }
    nextMember();
  }

  private void nextMember() throws IOException {
    in.mark(1);
    int first = in.read();
    while (first == 0) { // Padding to a block, as tape drives left it.
      in.mark(1);
      first = in.read();
    }
    if (first < 0) {
      ended = true;
      inflater.end();
      return;
    }
    in.reset();
    if (!startsAt(in)) {
      throw new ZipException("something else follows the packed data");
    }
    inflater.reset();
    crc.reset();
    readHeader();
  }

  private void readHeader() throws IOException {
    littleEndian(2);
    if (unsignedByte() != 8) {
      throw new ZipException("unknown compression method");
    }
    int flags = unsignedByte();
    in.skipNBytes(6);
    if ((flags & EXTRA) != 0) {
      in.skipNBytes(littleEndian(2));
    }
    skipText((flags & NAME) != 0);
    skipText((flags & COMMENT) != 0);
    in.skipNBytes((flags & HEADER_CRC) != 0 ? 2 : 0);
  }

  private void skipText(boolean present) throws IOException {
    while (present && unsignedByte() != 0) {
      // Up to and with the zero that ends it.
    }
  }

  private long littleEndian(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) unsignedByte() << (8 * i);
    }
    return value;
  }

  private int unsignedByte() throws IOException {
    int value = in.read();
    if (value < 0) {
      throw new EOFException("it ends early");
    }
    return value;
  }
}
