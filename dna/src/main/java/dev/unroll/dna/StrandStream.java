package dev.unroll.dna;

import dev.unroll.data.ByteSource;
import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.Closeable;
import java.util.Optional;

/** Strands, one after the other. */
interface StrandStream extends Closeable {
  /** The next strand, or null behind the last. */
  Strand next();

  /** How they are written. */
  StrandFormat format();

  /** The next strand, whose bases may be read on while they come; null behind the last. */
  default BaseStream nextStream() {
    Strand strand = next();
    return strand == null ? null : new BaseStream(strand.id(), BaseSource.of(strand.bases()));
  }

  /**
   * The bases of one strand.
   *
   * @param id of the strand
   * @param bases valid until the next strand is asked for
   */
  record BaseStream(String id, BaseSource bases) {}

  /** The SHA-256 of the bytes that were read, once {@link #next} gave null. */
  String digest();

  @Override
  void close();

  /**
   * Opens a file or standard input, which is read once.
   *
   * @param format empty to recognise it by the first letter
   */
  static StrandStream open(TextSource source, Optional<StrandFormat> format) {
    ByteSource bytes = source.openBytes();
    StrandFormat known = format.orElseGet(() -> recognised(bytes));
    return switch (known) {
      case FASTA -> new FastaReader(bytes, source.charset());
      case FASTQ -> new FastqReader(LineReader.of(bytes, source.charset()));
      case TSV -> new StrandLines(LineReader.of(bytes, source.charset()));
    };
  }

  private static StrandFormat recognised(ByteSource bytes) {
    int length = 1;
    byte[] head = bytes.peek(length);
    while (head.length == length && isBlank(head) && length < 1 << 15) {
      length *= 2;
      head = bytes.peek(length);
    }
    if (isBlank(head)) {
      throw UserError.data(bytes.name(), "no sequences in it; the file is empty");
    }
    return switch (first(head)) {
      case '>', (char) 0xEF -> StrandFormat.FASTA;
      case '@' -> StrandFormat.FASTQ;
      default -> StrandFormat.TSV;
    };
  }

  private static boolean isBlank(byte[] head) {
    for (byte b : head) {
      if ((b & 0xFF) > ' ') {
        return false;
      }
    }
    return true;
  }

  private static char first(byte[] head) {
    for (byte b : head) {
      if ((b & 0xFF) > ' ') {
        return (char) (b & 0xFF);
      }
    }
    return ' ';
  }
}
