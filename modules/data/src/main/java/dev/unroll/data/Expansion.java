package dev.unroll.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;

/**
 * How far an entry of a model may expand. Numbers and words become some ten times smaller at best;
 * beyond {@link #LARGEST} an entry was made to keep its reader busy. A checkpoint is not held to
 * it: it may hold moments of an optimizer, mostly zero.
 */
final class Expansion {
  /** The most bytes for each packed one. */
  static final int LARGEST = 100;

  /** What {@link #size} gives for an entry that grows beyond all bounds. */
  static final long UNBOUNDED = -1;

  private static final long FREE = 1 << 26;
  private static final int BUFFER = 1 << 16;

  private Expansion() {}

  /** Reads an entry to its end; its size in bytes, or {@link #UNBOUNDED}. */
  static long size(InputStream in, ZipEntry entry) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long packed = Math.max(1, entry.getCompressedSize());
    long size = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      size += read;
      if (size > FREE && size / LARGEST > packed) {
        return UNBOUNDED;
      }
    }
    return size;
  }
}
