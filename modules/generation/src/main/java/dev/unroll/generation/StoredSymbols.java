package dev.unroll.generation;

import dev.unroll.data.TemporaryFile;
import java.nio.ByteBuffer;

/** Symbols in a temporary file, big-endian; the system's cache has what is read again and again. */
final class StoredSymbols implements Symbols {
  private final TemporaryFile file;
  private final int bytes;
  private final long size;

  /**
   * @param bytes 2 or 4 a symbol
   */
  StoredSymbols(TemporaryFile file, int bytes, long size) {
    this.file = file;
    this.bytes = bytes;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long from, int[] target, int offset, int length) {
    ByteBuffer stored = ByteBuffer.allocate(length * bytes);
    file.read(stored, from * bytes);
    stored.flip();
    for (int i = offset; i < offset + length; i++) {
      target[i] = bytes == Character.BYTES ? stored.getChar() : stored.getInt();
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
