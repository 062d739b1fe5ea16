package dev.unroll.dna;

import dev.unroll.data.ByteSource;
import dev.unroll.data.UserError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * Reads FASTA as a stream, so that neither a chromosome nor a line of it has to fit into memory:
 *
 * <pre>{@code
 * try (FastaReader reader = new FastaReader(source.openBytes(), source.charset())) {
 *   for (BaseStream strand = reader.nextStream(); strand != null; strand = reader.nextStream()) {
 *     for (int n = strand.bases().read(codes, 0, codes.length); n > 0; …) …
 *   }
 * }
 * }</pre>
 *
 * <p>Lines may be of any length, and end with LF or CR LF; blanks within a sequence are skipped. A
 * letter that is no nucleotide is a {@link UserError} at its line.
 */
final class FastaReader implements StrandStream {
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int FIRST = 1 << 12;
  private static final int END = -1;

  private final ByteSource in;
  private final Charset charset;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private long line = 1;
  private boolean atLineStart = true;
  private String id;

  /** The second word of the header, or null. */
  private String label;

  /** At the first record of {@code in}, whose names are in {@code charset}. */
  FastaReader(ByteSource in, Charset charset) {
    this.in = in;
    this.charset = charset;
  }

  /** The next byte, which stays the next; {@link #END} behind the last. */
  private int peek() {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return position < limit ? buffer[position] & 0xFF : END;
  }

  private void skip() {
    atLineStart = buffer[position] == '\n';
    line += atLineStart ? 1 : 0;
    position++;
  }

  /**
   * Goes on to the next record, over what is left of this one; false behind the last.
   *
   * @throws UserError if something stands before the first record, or a header names nothing
   */
  private boolean nextRecord() {
    if (id == null) {
      skipMark();
    }
    for (int c = peek(); c != END && !(c == '>' && atLineStart); c = peek()) {
      if (c > ' ') {
        check(c);
      }
      skip();
    }
    if (peek() == END) {
      return false;
    }
    skip();
    readHeader();
    return true;
  }

  /** A byte order mark. */
  private void skipMark() {
    if (peek() == 0xEF && limit > 2 && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
      position = 3;
    }
  }

  private void check(int c) {
    if (id == null) {
      throw error(
          "a FASTA file begins with a header, > and a name; got '%s'; add one".formatted(shown(c)));
    }
    if (Nucleotides.code(c) == Nucleotides.INVALID) {
      throw error(Nucleotides.refusal(shown(c)));
    }
  }

  private static String shown(int c) {
    return c < 0x7F ? String.valueOf((char) c) : "byte 0x%02X".formatted(c);
  }

  private void readHeader() {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    for (int c = peek(); c != END && c != '\n'; c = peek()) {
      header.write(c);
      if (header.size() > LONGEST_HEADER) {
        throw error("a header of more than " + LONGEST_HEADER + " bytes; is this a FASTA file?");
      }
      skip();
    }
    String[] words = header.toString(charset).strip().split("\\s+", 3);
    if (words[0].isEmpty()) {
      throw error("a header is > and a name, and this one has no name; add it");
    }
    id = words[0];
    label = words.length > 1 && !words[1].isBlank() ? words[1] : null;
  }

  /**
   * Reads on in this record.
   *
   * @param codes receives a byte a base, see {@link Nucleotides}
   * @return how many were read; 0 behind the last
   */
  private int read(byte[] codes, int offset, int most) {
    int read = 0;
    while (read < most) {
      int c = peek();
      if (c == END || c == '>' && atLineStart) {
        break;
      }
      if (c > ' ') {
        check(c);
        codes[offset + read++] = Nucleotides.code(c);
      }
      skip();
    }
    return read;
  }

  /** The next record, whole. */
  @Override
  public Strand next() {
    if (!nextRecord()) {
      return null;
    }
    byte[] codes = new byte[FIRST];
    int length = 0;
    for (int n = 1; n > 0; length += n) {
      codes = length == codes.length ? longer(codes) : codes;
      n = read(codes, length, codes.length - length);
    }
    return new Strand(id, new Bases(Arrays.copyOf(codes, length)), label, null);
  }

  @Override
  public BaseStream nextStream() {
    return nextRecord() ? new BaseStream(id, this::read) : null;
  }

  private byte[] longer(byte[] codes) {
    if (codes.length > Integer.MAX_VALUE / 2) {
      throw error(
          "sequence %s has more than %,d bases, and is held in memory here; cut it into parts"
              .formatted(id, codes.length));
    }
    return Arrays.copyOf(codes, 2 * codes.length);
  }

  private UserError error(String message) {
    return UserError.data(in.name(), line, message);
  }

  @Override
  public StrandFormat format() {
    return StrandFormat.FASTA;
  }

  @Override
  public String digest() {
    return in.digest();
  }

  @Override
  public void close() {
    in.close();
  }
}
